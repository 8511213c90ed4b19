import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'article',
    seconds: 40,
    text: `“I Was Not Brave”: A Talk with Beekeeper E. B. Stokes

Interview: Tom Reyes | Photos: Ana Vidal

Elias B. Stokes, 71, kept bees near St. Ives for half a century. He has been stung more than 5,000 times. "I was not brave," he says. "I was slow."

Q: When did you begin?
A: "At 5 p.m. Birds sang, my uncle slept, and I opened a hive. It wasn't my hive."

Q: Are bees dying out?
A: "Not here. We lost 8.1% in 2019 and 2.4% last year. People think all bees make honey. Hardly any do; of 270 kinds in this country, only one does."

Q: Would you do it again?
A: "If I were younger, I might. I would not sell honey at a loss."

Mr. Stokes will retire in May. His daughter, Dr. Jane Stokes, won't take over the hives.

Follow us on Instagram for more interviews!`,
  },
  titles: ['“I Was Not Brave”: A Talk with Beekeeper E. B. Stokes'],
  narrated: [],
  leftOut: ['Tom Reyes', 'Ana Vidal', 'Follow us on Instagram'],
  onlyAfter: [
    ['People think all bees make honey.', 'Hardly any do'],
    ['I opened a hive.', "It wasn't my hive."],
    ['Would you do it again?', 'If I were younger, I might.'],
  ],
  never: ['We lost 2.4%', 'lost 8.1% last year'],
  notAlone: [
    'Brave',
    'I was brave',
    'All bees make honey',
    'Bees make honey',
    'Dying out',
    'My hive',
    'Sell honey at a loss',
    'Take over the hives',
    '2.4',
    'To 2.4',
    'I Was',
    'Bees dying out',
  ],
  notTags: ['brave', 'sell honey', 'elias b'],
  unbroken: ['St. Ives', '5 p.m.', 'Mr. Stokes', 'Dr. Jane', 'Elias B. Stokes', '8.1%', '2.4%'],
  heard: [
    [
      'We lost 8.1% in 2019 and 2.4% last year.',
      'eight point one percent in twenty nineteen and two point four percent last year',
    ],
    ['He has been stung more than 5,000 times.', 'more than five thousand times'],
    ['At 5 p.m. Birds sang.', 'at five p m birds sang'],
    ['Mr. Stokes will retire in May.', 'mister stokes'],
  ],
};
