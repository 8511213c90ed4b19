import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'script',
    text: `Herons beat the Foxes 9-4 on Saturday 🎉🎉 and are not out of the race yet!
Catcher Lee Ann Park hit 3 home runs. She has never hit more than one in a game.
The Foxes lost for the 7th time in 8 games.

In soccer, Alder F.C. won 3–2 after trailing 0–2 at half-time. Goalkeeper J. P. Moreau saved two of three penalties. He is 1.94 m tall.

Sprinter Ida Bell ran the 100 m in 10.9 s. It isn't a record, because the wind was above 2 m/s. #trackandfield`,
  },
  titles: [
    'Herons beat the Foxes 9-4 on Saturday and are not out of the race yet',
    'Herons beat the Foxes 9-4 on Saturday 🎉🎉 and are not out of the race yet!',
    'Herons beat the Foxes 9-4 on Saturday 🎉🎉 and are not out of the race yet',
  ],
  narrated: [
    'Catcher Lee Ann Park hit 3 home runs.',
    'She has never hit more than one in a game.',
    'The Foxes lost for the 7th time in 8 games.',
    'In soccer, Alder F.C. won 3–2 after trailing 0–2 at half-time.',
    'Goalkeeper J. P. Moreau saved two of three penalties.',
    'He is 1.94 m tall.',
    'Sprinter Ida Bell ran the 100 m in 10.9 s.',
    "It isn't a record, because the wind was above 2 m/s.",
  ],
  notAlone: [
    'Out of the race',
    'A record',
    'Record',
    'Alder F',
    'Herons beat',
    'Three penalties',
    'Foxes beat the Herons',
  ],
  notTags: ['record', 'out', 'alder f', 'goalkeeper j'],
  unbroken: ['F.C.', 'J. P. Moreau', '1.94 m', '100 m', '10.9 s', '2 m/s', '9-4', '3–2', '0–2'],
  heard: [
    ['Herons beat the Foxes 9-4.', 'nine to four | nine four'],
    ['Alder F.C. won 3–2.', 'three to two | three two'],
    ['They lost for the 7th time.', 'seventh time'],
    ['He is 1.94 m tall.', 'one point nine four meters tall'],
    ['She ran the 100 m in 10.9 s.', 'one hundred meters in ten point nine seconds'],
    ['The wind was above 2 m/s.', 'two meters per second'],
  ],
};
