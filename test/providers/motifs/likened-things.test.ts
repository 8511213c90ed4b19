import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';

describe('The motif of a sentence that likens something', () => {
  it.each([
    ['en', 'The old lorry roared like a hungry lion.'],
    ['en', 'Her hands were as cold as ice.'],
    ['en', 'The rumour spread like wildfire.'],
    ['en', 'He stood there as if he had seen a bear.'],
    ['de', 'Die Nachricht traf ihn wie ein schwerer Hammer.'],
    ['de', 'Seine Haare sind weiß wie Schnee.'],
    ['de', 'Sie strahlte wie ein Weihnachtsbaum im Dezember.'],
    ['de', 'Er tat, als ob er ein König wäre.'],
    ['fr', 'Il dormait comme un gros chat au soleil.'],
    ['fr', 'Elle parle comme si elle était reine.'],
    ['es', 'Lloraba como un niño en medio del mar.'],
    ['es', 'Corre como el viento.'],
    ['pt', 'Ele nadava como um peixe na água.'],
    ['pt', 'Ficou parado como uma árvore velha.'],
    ['it', 'Mangia come un lupo affamato.'],
    ['it', 'La spazzano come altri spazzano la neve.'],
    ['zh-TW', '她忙得像一隻小蜜蜂。'],
    ['zh-TW', '他把考試當成一場戰爭。'],
    ['zh-CN', '老人的脸如同干裂的沙漠。'],
    ['zh-CN', '那声音仿佛远处的火车。'],
  ])('is not what it is likened to: %s, %s', (language, text) => {
    expect([null, 'exam', '🚚', 'newspaper']).toContain(motifOf(text, languageOf(language)));
  });

  it.each([
    ['en', 'Animals like foxes and wolves live here.', '🦊'],
    ['en', 'I would like a cup of coffee.', '☕'],
    ['en', 'More than two hundred birds were counted.', '🐦'],
    ['en', 'As soon as the train stops, get off.', '🚆'],
    ['en', 'The dog barked like a seal, and the cat ran away.', '🐶'],
    ['de', 'Tiere wie Füchse und Dachse leben hier.', '🦊'],
    ['de', 'Wie der Vulkan entstand, weiß man nicht.', '🌋'],
    ['de', 'Mehr als zweihundert Bienen wurden gezählt.', '🐝'],
    ['de', 'Als der Zug hielt, stiegen alle aus.', '🚆'],
    ['fr', 'Comme le train avait du retard, nous avons mangé.', '🚆'],
    ['fr', 'Le chien dort comme un loir.', '🐶'],
    ['es', 'Animales como zorros y lobos viven aquí.', '🦊'],
    ['pt', 'Animais como raposas e lobos vivem aqui.', '🦊'],
    ['it', 'Il cane corre come il vento.', '🐶'],
    ['zh-TW', '博物館裡有一座石像和一幅油畫。', '🎨'],
    ['zh-TW', '他像貓一樣爬上大樹。', '🌳'],
    ['zh-CN', '想像一只狐狸走进花园。', '🦊'],
  ])('is what else it names: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });
});

describe('The motif of a sentence with an idiom', () => {
  it.each([
    ['en', 'Put some cash aside for a rainy day.', 'coins'],
    ['en', 'A joke broke the ice.', null],
    ['en', 'A degree opens doors.', null],
    ['en', 'Do not put all your eggs in one basket.', null],
    ['en', 'It was only a drop in the ocean.', null],
    ['en', 'Jazz is not her cup of tea.', null],
    ['en', 'She was born with a silver spoon in her mouth.', null],
    ['de', 'Da hast du aber Schwein gehabt.', null],
    ['de', 'Sein Name öffnete ihm viele Türen.', null],
    ['de', 'Das war ein Tropfen auf den heißen Stein, die Spitze des Eisbergs.', null],
    ['de', 'Sie kaufte die Katze im Sack.', null],
    ['de', 'Jetzt haben wir den Salat.', null],
    ['fr', 'Une blague a suffi à briser la glace.', null],
    ['fr', 'C’est l’arbre qui cache la forêt.', null],
    ['fr', 'Ce don est une goutte d’eau dans l’océan.', null],
    ['es', 'Un chiste rompió el hielo.', null],
    ['es', 'No ponga todos los huevos en la misma cesta.', null],
    ['es', 'Para ella es coser y cantar.', null],
    ['es', 'Tiene la sartén por el mango.', null],
    ['pt', 'Uma piada quebrou o gelo.', null],
    ['pt', 'Ele só quer vender o peixe dele, e a vaca foi pro brejo.', null],
    ['pt', 'É apenas a ponta do iceberg.', null],
    ['pt', 'Tudo acabou em pizza.', null],
    ['it', 'Una battuta ha rotto il ghiaccio.', null],
    ['it', 'È solo una goccia nel mare.', null],
    ['it', 'Vuole salvare capra e cavoli.', null],
    ['it', 'È un pesce fuor d’acqua.', null],
    ['zh-TW', '科技是一把雙面刀。', null],
    ['zh-TW', '這只是冰山一角。', null],
    ['zh-TW', '結果讓人跌破眼鏡。', null],
    ['zh-CN', '不要把鸡蛋放在同一个篮子里。', null],
    ['zh-CN', '他被蒙在鼓里。', null],
  ])('has nothing of it: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'It was a rainy day in April.', '🌧️'],
    ['en', 'She drank a cup of tea.', '🍵'],
    ['en', 'The basket was full of eggs.', '🧺'],
    ['en', 'Two birds sat on the fence.', '🐦'],
    ['de', 'Das Schwein liegt im Stroh.', '🐷'],
    ['de', 'Die Katze schläft im Korb.', '🐱'],
    ['de', 'Wir warten auf den Zug.', '🚆'],
    ['de', 'Zwiebeln in Butter dünsten.', '🧅'],
    ['fr', 'La forêt brûle depuis hier.', '🌳'],
    ['fr', 'La clé de la voiture est perdue.', '🔑'],
    ['es', 'El hielo cubre el lago.', '🧊'],
    ['es', 'Bata los huevos en un bol.', '🥚'],
    ['pt', 'A vaca come capim.', '🐮'],
    ['pt', 'Ela fez um bolo de cenoura.', '🍰'],
    ['it', 'La capra mangia l’erba.', '🐐'],
    ['it', 'Ha mangiato una fetta di torta.', '🍰'],
    ['zh-TW', '他買了一把菜刀。', '🔪'],
    ['zh-CN', '篮子里有三个鸡蛋。', '🧺'],
  ])('is the thing where its words are no idiom: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });
});
