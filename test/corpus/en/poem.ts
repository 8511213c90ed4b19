import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'script',
    text: `The Lighthouse Keeper’s Goat

The lighthouse keeper had a goat
It would not swim, it had no boat
It stood all day upon the stone
And never once was it alone

For gulls came down from Mr. Moon
In twos and threes each afternoon
They brought no bread, they brought no hay
They brought the gossip of the bay

And when the keeper lit the light
The goat said nothing to the night`,
  },
  titles: ['The Lighthouse Keeper’s Goat'],
  narrated: [
    'The lighthouse keeper had a goat',
    'It would not swim, it had no boat',
    'It stood all day upon the stone',
    'And never once was it alone',
    'For gulls came down from Mr. Moon',
    'In twos and threes each afternoon',
    'They brought no bread, they brought no hay',
    'They brought the gossip of the bay',
    'And when the keeper lit the light',
    'The goat said nothing to the night',
  ],
  never: ['had a goat It would', 'no boat It stood', 'no hay They brought', 'Goat The'],
  notAlone: ['Alone', 'It had', 'Boat', 'Bread', 'Hay', 'They brought bread', 'It was alone', 'Swim', 'The goat said'],
  notTags: ['alone', 'boat', 'bread', 'hay', 'swim', 'moon in'],
  unbroken: ['Mr. Moon'],
  heard: [['For gulls came down from Mr. Moon', 'mister moon']],
};
