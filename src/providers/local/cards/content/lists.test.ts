import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../../language/headlines/statements.ts';
import { languageOf } from '../../../../language/language.ts';
import { enumerationIn } from './enumeration.ts';
import { listsIn } from './statement-list.ts';

function enumerated(text: string, language = 'en'): string[] | null {
  const list = enumerationIn(text, languageOf(language));
  return list === null
    ? null
    : [list.lead, ...list.rows.map((row) => text.slice(row.start, row.start + row.text.length))];
}

function listed(text: string, language = 'en', heading = ''): string[] | null {
  const [list] = listsIn(statementsOf(text, languageOf(language)), heading, languageOf(language));
  if (list === undefined) return null;
  const { lead, rows, isNumbered } = list.content;
  return [`${lead}${isNumbered ? '#' : ''}`, ...rows.map((row) => text.slice(row.start, row.start + row.text.length))];
}

describe('An enumeration after a colon', () => {
  it.each([
    ['en', 'You need three things: flour, water and salt.', ['You need three things', 'flour', 'water', 'salt']],
    ['en', 'Pack these: a torch, a map, and warm socks.', ['Pack these', 'a torch', 'a map', 'warm socks']],
    ['de', 'Du brauchst drei Dinge: Mehl, Wasser und Salz.', ['Du brauchst drei Dinge', 'Mehl', 'Wasser', 'Salz']],
    ['fr', 'Il faut trois choses : farine, eau et sel.', ['Il faut trois choses', 'farine', 'eau', 'sel']],
    ['es', 'Necesitas tres cosas: harina, agua y sal.', ['Necesitas tres cosas', 'harina', 'agua', 'sal']],
    [
      'pt',
      'Você precisa de três coisas: farinha, água e sal.',
      ['Você precisa de três coisas', 'farinha', 'água', 'sal'],
    ],
    ['it', 'Servono tre cose: farina, acqua e sale.', ['Servono tre cose', 'farina', 'acqua', 'sale']],
    ['zh-TW', '你需要三樣東西：麵粉、水和鹽。', ['你需要三樣東西', '麵粉', '水', '鹽']],
  ])('becomes rows in %s: %s', (language, text, rows) => {
    expect(enumerated(text, language)).toEqual(rows);
  });

  it.each([
    'Choose one of these: flour, water, salt or sugar.',
    'Avoid three things: flour, water and salt.',
    'You need three things: flour, water and not too much salt.',
    'She said: “flour, water and salt”.',
    'Lunch is at 12:30, with bread, soup and tea.',
    'Two pairs: salt and pepper, oil and vinegar, bread and butter.',
    'One thing is clear: the reef that grew here for centuries is dying, the fish are leaving, and we know why.',
  ])('stays a sentence where rows would change or tear it: %s', (text) => {
    expect(enumerated(text)).toBeNull();
  });
});

describe('A list of statements', () => {
  it('is steps that the author numbers with words', () => {
    expect(
      listed('First, boil the water. Then, add the rice. Finally, cover the pot. Enjoy your meal in the garden.'),
    ).toEqual(['#', 'First, boil the water', 'Then, add the rice', 'Finally, cover the pot']);
    expect(listed('Zuerst kocht das Wasser. Dann kommt der Reis dazu. Schließlich ruht der Topf.', 'de')).toHaveLength(
      4,
    );
    expect(listed('首先把水燒開。然後放米。最後蓋上鍋蓋。', 'zh-TW')).toHaveLength(4);
  });

  it.each([
    [
      'en',
      '1. Wash the rice. 2. Boil the water. 3. Wait for ten minutes.',
      '',
      ['#', 'Wash the rice', 'Boil the water'],
    ],
    ['de', 'So geht es: 1. Reis waschen. 2. Wasser kochen.', '', ['So geht es#', 'Reis waschen', 'Wasser kochen']],
    [
      'fr',
      'Étapes : 1. Laver le riz. 2. Faire bouillir l’eau.',
      '',
      ['Étapes#', 'Laver le riz', 'Faire bouillir l’eau'],
    ],
    ['es', '1. Lavar el arroz. 2. Hervir el agua.', 'Pasos', ['Pasos#', 'Lavar el arroz', 'Hervir el agua']],
    [
      'de',
      'Zutaten: 1. 250 g Mehl, gesiebt. 2. 100 g Butter. 3. 3 Eier.',
      '',
      ['Zutaten#', '250 g Mehl, gesiebt', '3 Eier'],
    ],
    ['zh-TW', '泡茶有兩步：1. 燒水。2. 放茶葉。', '', ['泡茶有兩步#', '燒水', '放茶葉']],
  ])('keeps the numbers of its items in %s: %s', (language, text, heading, rows) => {
    const known = languageOf(language);
    const [list] = listsIn(statementsOf(text, known), heading, known);
    const { lead = '', isNumbered = false } = list?.content ?? {};
    expect([`${lead}${isNumbered ? '#' : ''}`, ...(list?.content.rows ?? []).map((row) => row.text)]).toEqual(
      expect.arrayContaining(rows),
    );
  });

  it('counts on in the second part of a long numbered list', () => {
    const text = ['Mix', 'Rest', 'Fold', 'Bake', 'Cool', 'Cut', 'Serve'].map((word, i) => `${i + 1}. ${word} it.`);
    const lists = listsIn(statementsOf(text.join(' '), languageOf('en')), '', languageOf('en'));
    expect(lists.map(({ content }) => [content.firstNumber, content.rows.length])).toEqual([
      [1, 4],
      [5, 3],
    ]);
  });

  it('is none of numbers where an item has more than a short sentence', () => {
    expect(listed('1. Wash the rice. It takes a while. 2. Boil the water.')).toBeNull();
  });

  it('is the items of a scene with the line that leads to them', () => {
    expect(listed('What you need: A tent. A map. Warm socks.')).toEqual([
      'What you need',
      'A tent',
      'A map',
      'Warm socks',
    ]);
  });

  it.each([
    ['de', 'Zutaten: 1 kg Kartoffeln. ½ TL Salz. 2 EL Öl, kein Olivenöl.', '2 EL Öl, kein Olivenöl'],
    ['en', 'You need: 2 cups flour. ½ tsp salt. 1 cup milk, no cream.', '1 cup milk, no cream'],
    ['fr', 'Ingrédients : 1 kg de riz. 2 œufs. 20 g de sel, pas de sucre.', '20 g de sel, pas de sucre'],
    ['it', 'Servono: 1 kg di riso. 2 uova. 20 g di sale, non zucchero.', '20 g di sale, non zucchero'],
  ])('has an item that denies a part of itself in %s: %s', (language, text, row) => {
    expect(listed(text, language)?.at(-1)).toBe(row);
  });

  it.each([
    [
      'fr',
      'Tarifs',
      'Adulte: 4,50 €. Moins de 6 ans: gratuit.',
      ['Tarifs', 'Adulte: 4,50 €', 'Moins de 6 ans: gratuit'],
    ],
    ['en', 'Opening', 'Monday: 9:00–17:00. Sunday: closed.', ['Opening', 'Monday: 9:00–17:00', 'Sunday: closed']],
    ['zh-TW', '票價', '全票：410元。半票：210元。', ['票價', '全票：410元', '半票：210元']],
  ])('is a table of names and values below a heading in %s', (language, heading, text, rows) => {
    expect(listed(text, language, heading)).toEqual(rows);
  });

  it('is a few short statements below a heading, each with the one that takes it back', () => {
    const text = 'Heat the pan. Stir the flour and the eggs. Never turn it twice. Some say that it burns. It does not.';
    expect(listed(text, 'en', 'How to make them')).toEqual([
      'How to make them',
      'Heat the pan',
      'Stir the flour and the eggs',
      'Never turn it twice',
      'Some say that it burns. It does not',
    ]);
    expect(listed(text)).toBeNull();
    const parts = listsIn(statementsOf(`${text} ${text}`, languageOf('en')), 'How to make them', languageOf('en'));
    expect(parts.map(({ first, last }) => [first, last])).toEqual([
      [0, 3],
      [4, 7],
    ]);
    expect(listed(`${text} ${text} ${text}`, 'en', 'How to make them')).toBeNull();
  });

  it.each([
    [
      'en',
      'You make rice like this: First, boil the water. Then, add the rice. Finally, cover the pot.',
      'You make rice like this#',
    ],
    ['de', 'So geht es: Zuerst kocht das Wasser. Dann kommt der Reis dazu. Schließlich ruht der Topf.', 'So geht es#'],
    [
      'fr',
      'Voici comment faire : D’abord, faites bouillir l’eau. Puis, ajoutez le riz. Enfin, couvrez.',
      'Voici comment faire#',
    ],
    ['es', 'Se hace así: Primero, hierve el agua. Luego, añade el arroz. Finalmente, tapa la olla.', 'Se hace así#'],
    ['zh-TW', '做法如下：首先把水燒開。然後放米。最後蓋上鍋蓋。', '做法如下#'],
  ])('has the words that lead to its steps above them in %s: %s', (language, text, lead) => {
    expect(listed(text, language)?.[0]).toBe(lead);
    expect(listed(text, language)).toHaveLength(4);
  });

  it('has the heading above its steps, unless the heading is long', () => {
    const steps = 'First, boil the water. Then, add the rice. Finally, cover the pot.';
    const long = 'How people in the villages beside the long river have always cooked their rice';
    expect(listed(`It is not hard at all, as you will see in this film. ${steps}`, 'en', 'Rice')?.[0]).toBe('Rice#');
    expect(listed(steps, 'en', long)?.[0]).toBe('#');
  });

  it('has the words that lead to it above both parts of a long list', () => {
    const items = ['Flour', 'Milk', 'Two eggs', 'Salt', 'Butter', 'Sugar', 'A hot pan'];
    const lists = listsIn(statementsOf(`You need: ${items.join('. ')}.`, languageOf('en')), '', languageOf('en'));
    expect(lists.map(({ content, first, last }) => [content.lead, content.rows.length, first, last])).toEqual([
      ['You need', 4, 0, 3],
      ['You need', 3, 4, 6],
    ]);
  });

  it('is the short answers to a question, with their denials', () => {
    expect(listed('Bees need help. What can you do? Plant native flowers. Do not use pesticides.')).toEqual([
      'What can you do?',
      'Plant native flowers',
      'Do not use pesticides',
    ]);
  });

  it.each([
    'First, boil the water. The pot is old. Finally, cover it.',
    'What can you do? Plant native flowers. Bees that live alone nest in the ground, and so they need some bare soil.',
    'What can you do? Plant native flowers.',
    'The fox ran. The dog slept. The cat sat.',
    'She told us: It is safe. It is not. We believed her.',
  ])('is none where that is not certain: %s', (text) => {
    expect(listed(text)).toBeNull();
  });
});
