/** The same paragraph in the languages whose voices have no recogniser here: only their rate is measured. */
export const paragraphs: Readonly<Record<string, string>> = {
  en: 'The old bridge was closed in the spring. Its cables had begun to rust, and nobody wanted to pay for new ones. Most people now take the train, which leaves every fifteen minutes. The walk through the park is longer, but many like it.',
  de: 'Die alte Brücke wurde im Frühling gesperrt. Ihre Seile hatten zu rosten begonnen, und niemand wollte neue bezahlen. Die meisten Leute nehmen jetzt den Zug, der alle fünfzehn Minuten fährt. Der Weg durch den Park ist länger, aber viele mögen ihn.',
  fr: 'Le vieux pont a été fermé au printemps. Ses câbles commençaient à rouiller, et personne ne voulait en payer de nouveaux. La plupart des gens prennent maintenant le train, qui part toutes les quinze minutes. Le chemin par le parc est plus long, mais beaucoup l’aiment.',
  es: 'El viejo puente se cerró en primavera. Sus cables habían empezado a oxidarse, y nadie quería pagar otros nuevos. Ahora la mayoría de la gente toma el tren, que sale cada quince minutos. El camino por el parque es más largo, pero a muchos les gusta.',
  'es-419':
    'El viejo puente se cerró en primavera. Sus cables habían empezado a oxidarse, y nadie quería pagar otros nuevos. Ahora la mayoría de la gente toma el tren, que sale cada quince minutos. El camino por el parque es más largo, pero a muchos les gusta.',
  'pt-BR':
    'A velha ponte foi fechada na primavera. Seus cabos começaram a enferrujar, e ninguém queria pagar por novos. A maioria das pessoas agora toma o trem, que sai a cada quinze minutos. O caminho pelo parque é mais longo, mas muitos gostam dele.',
  'pt-PT':
    'A velha ponte foi fechada na primavera. Os seus cabos começaram a enferrujar, e ninguém queria pagar por novos. A maioria das pessoas apanha agora o comboio, que sai de quinze em quinze minutos. O caminho pelo parque é mais longo, mas muitos gostam dele.',
  it: 'Il vecchio ponte è stato chiuso in primavera. I suoi cavi avevano cominciato ad arrugginire, e nessuno voleva pagarne di nuovi. La maggior parte della gente ora prende il treno, che parte ogni quindici minuti. La strada per il parco è più lunga, ma piace a molti.',
  nl: 'De oude brug werd in het voorjaar gesloten. De kabels begonnen te roesten, en niemand wilde voor nieuwe betalen. De meeste mensen nemen nu de trein, die elk kwartier vertrekt. De weg door het park is langer, maar velen vinden hem mooi.',
  'zh-TW':
    '舊橋在春天關閉了。它的鋼索開始生鏽，沒有人想付錢換新的。現在大多數人坐火車，每十五分鐘一班。穿過公園的路比較長，但是很多人喜歡。',
};
