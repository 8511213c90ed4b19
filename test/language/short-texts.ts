/**
 * Short texts of eleven languages: titles, sentences with names and loan words, and pairs that differ in one letter. None may be
 * taken for another language than the one that is given with it.
 */
export const SHORT_TEXTS: readonly (readonly [language: string, text: string])[] = Object.entries({
  en: `The tapas bar in San Sebastián serves fino and manzanilla to tourists all summer long
Ciao bella: an espresso in Milano costs less than a latte in London
Angela Merkel and Olaf Scholz met in Berlin to talk about Nord Stream
We drank Glühwein at the Christkindlmarkt and ate bratwurst with sauerkraut
How the Tour de France is won on the Alpe d'Huez
A weekend in Rio de Janeiro with samba, caipirinha and feijoada
Karaoke, sushi, ramen and manga: what Japan gave the world
Install npm, run docker compose up, then open localhost | El Niño and La Niña explained
Beef bourguignon with pommes de terre | Le Creuset or Staub
Vincent van Gogh, Paul Gauguin, Claude Monet, Edgar Degas | Ikea, Volvo, Ericsson and Spotify are from Sweden
Smørrebrød recipes from Denmark | Pasta e fagioli like my nonna made it in Napoli
Zeitgeist, schadenfreude, wanderlust and other words that English took
Real Madrid beat Bayern München and Juventus lost to Paris Saint-Germain | Winter birds | The bridge
One pot, four bowls, no waste at all | Do not go gentle into that good night | Ten things about bees
Fado, saudade and bacalhau in Lisboa | My favorite tango: Por una cabeza | Jazz at Montreux
In vino veritas, et cetera, ad hoc and pro bono | Nobody told me that the train would be late
Two eggs, some milk, a little salt`,
  de: `Die Brücke ist alt | Ein Wochenende in Kopenhagen mit Smørrebrød und Softeis
Der Chef der Deutschen Bank spricht mit dem CEO von Apple
Machine Learning im Mittelstand: Chancen und Grenzen von Cloud Computing
Das Meeting mit dem Team ist um zehn im Office | Wie man Tiramisu, Panna cotta und Gnocchi macht
Rezept für Crème brûlée mit Vanille aus Madagaskar
Paris Saint-Germain, Real Madrid und Manchester City im Viertelfinale | Bienen im Winter
Zwei Eier und etwas Milch | Die Tapas in Sevilla, der Fado in Lissabon und die Pizza in Neapel
Niemand hat mir gesagt, dass der Zug Verspätung hat | Ich war in Rio de Janeiro
So backen Sie Zimtschnecken wie in Schweden | Der Hafen von Rotterdam | Alles über Katzen
Guten Morgen, liebe Sorgen | Wer hat an der Uhr gedreht | Software Update für iPhone und iPad ist da
Shoppen, chillen, downloaden: Englisch im Deutschen | Keine Angst vor der Steuer
Schwyzerdütsch ist kein Dialekt wie jeder andere | Der Tatort am Sonntag
Lars von Trier, Mads Mikkelsen und Nikolaj Coster-Waldau | Grüße aus Wien | Kaffee und Kuchen
Er kam, sah und ging wieder | Fahrrad statt Auto`,
  fr: `Le pont est vieux | Une pizza à Naples, des tapas à Séville et un fado à Lisbonne
Le week-end, le parking et le shopping: des mots anglais en français | Comment faire un bon tiramisu
Personne ne m'a dit que le train serait en retard | Les abeilles en hiver | Deux œufs et un peu de lait
Real Madrid contre Manchester City ce soir à Wembley | Apple, Google, Amazon et Facebook devant la justice
Le marathon de New York | Angela Merkel reçoit Emmanuel Macron à Berlin | Un café, s'il vous plaît
Bonjour tout le monde | Que faire à København en deux jours | La bruschetta al pomodoro de ma grand-mère
Le cloud, le machine learning et les data centers | Histoire de la samba | Tout savoir sur les chats
Il est venu, il a vu, il est parti | Le vent se lève | Recette de la paella valenciana
Les Flamands et les Wallons | Un vélo plutôt qu'une voiture | Vive la République | Rien ne sert de courir
La Catalogne, le Pays basque et la Galice | Merci à tous | Au revoir les enfants`,
  es: `El puente es viejo | Una pizza en Nápoles y un fado en Lisboa | Cómo hacer un buen tiramisú
Nadie me dijo que el tren llegaría tarde | Las abejas en invierno | Dos huevos y un poco de leche
El Real Madrid gana al Manchester City en Wembley | Apple, Google y Amazon ante la justicia
El maratón de Nueva York | Un café, por favor | Hola a todos | Qué hacer en Copenhague
La casa de Bernarda Alba | El software libre y el cloud computing | Historia de la samba
Todo sobre los gatos | Vino, vio y se fue | Receta de feijoada brasileña
Galicia y Portugal comparten la lengua del mar | Mejor en bicicleta que en coche | Viva México
Barça, Girona y Espanyol | La sal de la vida | Buenas noches, buena suerte | Cien años de soledad
São Paulo, Curitiba y Porto Alegre | Mate, asado y dulce de leche | Gracias por todo`,
  pt: `A ponte é velha | Uma pizza em Nápoles e tapas em Sevilha | Como fazer um bom tiramisù
Ninguém me disse que o comboio vinha atrasado | As abelhas no inverno | Dois ovos e um pouco de leite
O Real Madrid vence o Manchester City em Wembley | Apple, Google e Amazon na justiça
A maratona de Nova Iorque | Um café, por favor | Olá a todos | O que fazer em Copenhaga
A casa de Bernarda Alba | Software livre e computação em nuvem | História do samba | Tudo sobre gatos
Veio, viu e foi embora | Receita de paella valenciana | Buenos Aires, Montevideo e Santiago
Melhor de bicicleta do que de carro | Viva o Brasil | Benfica, Porto e Sporting | O sal da vida
Boa noite e boa sorte | Cem anos de solidão | Bacalhau com natas | Saudade | Obrigado por tudo`,
  it: `Il ponte è vecchio | Una paella a Valencia e un fado a Lisbona | Come fare un buon tiramisù
Nessuno mi ha detto che il treno era in ritardo | Le api in inverno | Due uova e un po' di latte
Il Real Madrid batte il Manchester City a Wembley | Apple, Google e Amazon davanti ai giudici
La maratona di New York | Un caffè, per favore | Ciao a tutti | Che cosa fare a Copenaghen
La casa di Bernarda Alba | Il software libero e il cloud computing | Storia della samba | Tutto sui gatti
Venne, vide e se ne andò | Ricetta della feijoada | San Marino, Monaco e Andorra
Meglio in bicicletta che in auto | Viva l'Italia | Juventus, Milan e Inter | Il sale della vita
Buona notte e buona fortuna | Cent'anni di solitudine | La vita è bella | Weekend, sport e computer
Grazie di tutto`,
  nl: `De brug is oud | Een pizza in Napels en tapas in Sevilla | Hoe maak je een goede tiramisu
Niemand vertelde me dat de trein te laat was | Bijen in de winter | Twee eieren en een beetje melk
Real Madrid wint van Manchester City op Wembley | Apple, Google en Amazon voor de rechter
De marathon van New York | Een koffie, alstublieft | Hallo allemaal | Wat te doen in Kopenhagen
Het weer in Vlaanderen | Software, hardware en cloud computing | Geschiedenis van de samba | Alles over katten
Hij kwam, zag en ging weg | Recept voor boeuf bourguignon | Berlijn, Hamburg en München
Beter met de fiets dan met de auto | Leve de koning | Ajax, Feyenoord en PSV | Het zout des levens
Goede nacht en veel geluk | Honderd jaar eenzaamheid | Het leven is mooi | Ik hou van jou | Bedankt voor alles`,
  da: `Broen er gammel | En pizza i Napoli og tapas i Sevilla | Sådan laver du en god tiramisu
Ingen fortalte mig, at toget ville være forsinket | Bier om vinteren | To æg og lidt mælk
Real Madrid slår Manchester City på Wembley | Apple, Google og Amazon for retten | Maraton i New York
En kop kaffe, tak | Hej alle sammen | Hvad skal man lave i Oslo | Vejret i Jylland
Software, hardware og cloud computing | Sambaens historie | Alt om katte | Han kom, så og gik igen
Opskrift på bøf bourguignon | Berlin, Hamborg og München | Hellere på cykel end i bil | Længe leve dronningen
Brøndby, Midtjylland og Randers | Livets salt | Godnat og held og lykke | Hundrede års ensomhed
Livet er smukt | Jeg elsker dig | Tak for alt`,
  nb: `Broen er gammel | En pizza i Napoli og tapas i Sevilla | Slik lager du en god tiramisu
Ingen fortalte meg at toget ville bli forsinket | Bier om vinteren | To egg og litt melk
Real Madrid slår Manchester City på Wembley | Apple, Google og Amazon i retten | Maraton i New York
En kopp kaffe, takk | Hei alle sammen | Hva skal man gjøre i København | Været på Vestlandet
Programvare, maskinvare og skytjenester | Sambaens historie | Alt om katter | Han kom, så og gikk igjen
Oppskrift på biff bourguignon | Berlin, Hamburg og München | Heller på sykkel enn i bil | Leve kongen
Brann, Rosenborg og Molde | Livets salt | God natt og lykke til | Hundre års ensomhet | Livet er vakkert
Jeg elsker deg | Takk for alt`,
  sv: `Bron är gammal | En pizza i Neapel och tapas i Sevilla | Så gör du en god tiramisu
Ingen berättade för mig att tåget skulle bli försenat | Bin på vintern | Två ägg och lite mjölk
Real Madrid slår Manchester City på Wembley | Apple, Google och Amazon i rätten | Maraton i New York
En kopp kaffe, tack | Hej allihopa | Vad kan man göra i Köpenhamn | Vädret i Skåne
Mjukvara, hårdvara och molntjänster | Sambans historia | Allt om katter | Han kom, såg och gick igen
Recept på boeuf bourguignon | Berlin, Hamburg och München | Hellre på cykel än i bil | Leve kungen
Hammarby, Malmö och Häcken | Livets salt | God natt och lycka till | Hundra år av ensamhet | Livet är vackert
Jag älskar dig | Tack för allt`,
  pl: `Most jest stary | Pizza w Neapolu i tapas w Sewilli | Jak zrobić dobre tiramisu
Nikt mi nie powiedział, że pociąg się spóźni | Pszczoły zimą | Dwa jajka i trochę mleka
Real Madryt pokonał Manchester City na Wembley | Apple, Google i Amazon przed sądem | Maraton w Nowym Jorku
Poproszę kawę | Cześć wszystkim | Co robić w Kopenhadze | Pogoda nad morzem | Oprogramowanie, sprzęt i chmura
Historia samby | Wszystko o kotach | Przyszedł, zobaczył i poszedł | Przepis na wołowinę po burgundzku
Berlin, Hamburg i Monachium | Lepiej rowerem niż samochodem | Niech żyje król | Legia, Lech i Wisła
Sól życia | Dobranoc i powodzenia | Sto lat samotności | Życie jest piękne | Kocham cię | Dziękuję za wszystko`,
}).flatMap(([language, texts]) => texts.split(/\n| \| /u).map((text) => [language, text] as const));
