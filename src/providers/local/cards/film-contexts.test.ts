import { describe, expect, it } from 'vitest';
import { filmContexts } from './film-contexts.ts';

/** What each scene shows of the film's subject. */
function subjectsOf(language: string, title: string, narrations: readonly string[]): string[] {
  const scenes = narrations.map((narration) => ({ narration }));
  return filmContexts({ title, language, scenes }).map(({ subject }) => subject?.motif ?? '');
}

function mappedIn(language: string, narrations: readonly string[]): string[] {
  const scenes = narrations.map((narration) => ({ narration }));
  return filmContexts({ title: 'X', language, scenes }).map(({ mapped = [] }) => mapped.join());
}

/** Titles, and scenes with what they show of the subject. */
const TALES: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  [
    'en',
    'The hedgehog who was afraid of nothing',
    [
      ['A hedgehog named Basil lived at the edge of the forest.', ''],
      ['He woke up every evening at eight.', '🦔'],
      ['No one had ever seen him laugh.', ''],
      ['One evening, the owl fell into a hole.', ''],
      ['He called for help.', ''],
      ['Basil did not hesitate for a second.', '🦔'],
      ['And Basil never asked again what he was.', ''],
    ],
  ],
  [
    'de',
    'Der Igel, der nicht stach',
    [
      ['Es war einmal ein Igel namens Basil.', ''],
      ['Er hatte vor niemandem Angst.', '🦔'],
      ['Sie können das kaum glauben.', ''],
      ['Eines Abends fiel die Eule in ein Loch.', ''],
      ['Basil half sofort.', '🦔'],
    ],
  ],
  [
    'fr',
    'La tortue Lola',
    [
      ['La tortue Lola n’était jamais pressée.', ''],
      ['Elle marchait toute la journée.', '🐢'],
      ['Il faut du temps pour comprendre cela.', ''],
      ['Tu n’es pas une vraie tortue, disait-on.', ''],
      ['Lola sourit.', '🐢'],
    ],
  ],
  [
    'es',
    'El faro del fin del mundo',
    [
      ['El Sr. Pardo cuidó el faro durante treinta años.', ''],
      ['Él no quiere volver.', 'lighthouse'],
      ['Los turistas llegan en verano.', ''],
      ['Ellos no saben nada.', ''],
      ['Pardo vive ahora solo.', 'lighthouse'],
    ],
  ],
  [
    'pt',
    '“Não tenho saudade do mar”, diz o último faroleiro',
    [
      ['O Sr. Amadeu Lopes cuidou do farol por 41 anos.', ''],
      ['Ele não pretende voltar.', 'lighthouse'],
      ['O médico achou que ele não ouviria mais.', ''],
      ['Amadeu tem saudade do silêncio.', 'lighthouse'],
    ],
  ],
  [
    'it',
    'Il riccio che non pungeva',
    [
      ['C’era una volta un riccio di nome Basilio.', ''],
      ['Lui non aveva paura di niente.', '🦔'],
      ['Fu una bella sera.', ''],
      ['Basilio non esitò.', '🦔'],
    ],
  ],
  [
    'zh-TW',
    '山上住著一隻不會飛的小貓頭鷹，名字叫咕咕',
    [
      ['山上住著一隻不會飛的小貓頭鷹，名字叫咕咕。', ''],
      ['牠很怕掉下去。', '🦉'],
      ['媽媽沒有笑牠，只是輕輕點頭。', ''],
      ['咕咕閉上眼睛，往下一跳。', '🦉'],
    ],
  ],
  [
    'zh-CN',
    '老灯塔的故事',
    [
      ['老灯塔在海边站了一百年。', ''],
      ['它每天晚上都亮着。', 'lighthouse'],
      ['村里的人都很忙。', ''],
      ['他们不知道该怎么办。', ''],
    ],
  ],
];

describe('The subject of a film', () => {
  it('is shown again after another thing of the same scene', () => {
    const scenes = ['A hedgehog named Basil lived in the forest.', 'The owl laughed all night. Basil went on.'];
    expect(subjectsOf('en', 'The hedgehog who was afraid of nothing', scenes)).toEqual(['', '🦔']);
    const ended = ['A hedgehog named Basil lived in the forest.', 'Basil went on. The owl laughed all night.'];
    expect(subjectsOf('en', 'The hedgehog who was afraid of nothing', ended)).toEqual(['', '']);
  });

  it.each(TALES)('is shown again where a scene goes on about it, and nowhere else: %s', (language, title, scenes) => {
    const narrations = scenes.map(([narration]) => narration);
    expect(subjectsOf(language, title, narrations)).toEqual(scenes.map(([, subject]) => subject));
  });

  it('is shown from the statement on that speaks of it', () => {
    const scenes = ['La tortue Lola dort.', 'Il faut du temps. Lola sourit.'].map((narration) => ({ narration }));
    const [, second] = filmContexts({ title: 'La tortue', language: 'fr', scenes });
    expect(second).toEqual({ subject: { motif: '🐢', start: 18 } });
  });

  it('is shown where it is called by its name, although the sentence denies another thing', () => {
    const scenes = ['La tortuga Lola dormía.', 'Lola nunca llevaba paraguas.', 'Lola no es una tortuga.'];
    expect(subjectsOf('es', 'La tortuga', scenes)).toEqual(['', '🐢', '']);
    expect(subjectsOf('es', 'La tortuga', ['La tortuga Lola dormía.', 'Lola no es una tortuga.'])).toEqual(['', '']);
  });

  it('is shown where it is meant, although the sentence before denies another thing', () => {
    const scenes = ['山上住著一隻小貓頭鷹，名字叫咕咕。', '如果咕咕不飛，誰也看不見小松鼠。牠閉上眼睛，往下一跳。'];
    expect(subjectsOf('zh-TW', '小貓頭鷹', scenes)).toEqual(['', '🦉']);
  });

  it.each([
    ['de', 'Der Hund Max', ['Der Hund Max schläft.', 'Max Müller ist sein Chef.']],
    ['en', 'The dog Max', ['The dog Max sleeps.', 'Max Miller is his owner.']],
    ['fr', 'Le chien Max', ['Le chien Max dort.', 'Max Dupont le nourrit.']],
  ])('is not another of the same name: %s', (language, title, narrations) => {
    expect(subjectsOf(language, title, narrations)).toEqual(['', '']);
  });

  it.each([
    ['en', 'Frida Kahlo', ['She had a monkey.', 'She died at forty-seven.']],
    ['de', 'Unser Verein', ['Wir haben einen Hund.', 'Er hat zwölf Mitglieder.']],
    ['fr', 'Notre école', ['Il y a un chat dans la cour.', 'Elle est ouverte à tous.']],
    ['zh-TW', '我們的公司', ['門口有狗。', '它成立於一百年前。']],
  ])('is not what a text mentions in passing: %s', (language, title, narrations) => {
    expect(subjectsOf(language, title, narrations)).toEqual(['', '']);
  });
});

describe('The map of a place', () => {
  it.each([
    ['en', ['In Japan, many volcanoes are active.', 'The trains in Japan are on time.'], ['', 'Japan']],
    ['de', ['In Japan sind viele Vulkane aktiv.', 'Die Züge in Japan sind pünktlich.'], ['', 'Japan']],
    ['zh-TW', ['在日本，火車每天都很準時。', '在日本，有很多火山。'], ['', '日本']],
  ])('is shown once in a film: %s', (language, narrations, mapped) => {
    expect(mappedIn(language, narrations)).toEqual(mapped);
  });

  it('is shown again after that of another place', () => {
    const narrations = ['In Japan, it rains.', 'In Brazil, it rains.', 'In Brazil, it snows.', 'In Japan, it snows.'];
    expect(mappedIn('en', narrations)).toEqual(['', '', 'Brazil', '']);
  });
});
