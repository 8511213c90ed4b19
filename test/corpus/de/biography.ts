import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'de',
  source: {
    kind: 'script',
    text: `Prof. Dr. Emmi R. Lindqvist wurde am 3. 4. 1887 in Kiel geboren. Sie durfte als Frau nicht studieren.

Im 19. Jh. war das üblich. Erst 1908 ließ Kaiser Wilhelm II. Frauen zu; E. R. Lindqvist war damals 21. Sie promovierte mit „summa cum laude“.

In den 1920er-Jahren baute sie das erste Windrad der Insel. Es lieferte 5 kW, d. h. genug für ca. 30 Häuser. Reich wurde sie damit nie.

Während des Zweiten Weltkriegs schwieg sie nicht. Die Gesellschaft für Wind u. Wasser schloss sie deshalb aus. Niemand protestierte.

Sie starb um 7.45 Uhr am 1. Mai 1961. Eine Straße ist bis heute nicht nach ihr benannt.`,
  },
  titles: [
    'Prof. Dr. Emmi R. Lindqvist wurde am 3. 4. 1887 in Kiel geboren',
    'Prof. Dr. Emmi R. Lindqvist wurde am 3. 4. 1887 in Kiel geboren.',
    'Prof. Dr. Emmi R. Lindqvist',
  ],
  narrated: [
    'Prof. Dr. Emmi R. Lindqvist wurde am 3. 4. 1887 in Kiel geboren.',
    'Sie durfte als Frau nicht studieren.',
    'Im 19. Jh. war das üblich.',
    'Erst 1908 ließ Kaiser Wilhelm II. Frauen zu; E. R. Lindqvist war damals 21.',
    'In den 1920er-Jahren baute sie das erste Windrad der Insel.',
    'Es lieferte 5 kW, d. h. genug für ca. 30 Häuser.',
    'Reich wurde sie damit nie.',
    'Während des Zweiten Weltkriegs schwieg sie nicht.',
    'Niemand protestierte.',
    'Eine Straße ist bis heute nicht nach ihr benannt.',
  ],
  notAlone: [
    'Studieren',
    'Sie durfte als Frau studieren',
    'Reich',
    'Reich wurde sie',
    'Protestierte',
    'Schwieg',
    'Schwieg sie',
    'Prof',
    'Eine Straße',
    'Nach ihr benannt',
    'Jh',
    'Kaiser Wilhelm II. Frauen',
  ],
  notTags: ['reich', 'studieren', 'schwieg', 'prof'],
  unbroken: [
    'Prof. Dr. Emmi',
    'R. Lindqvist',
    '3. 4. 1887',
    '19. Jh.',
    'Wilhelm II.',
    'E. R. Lindqvist',
    '5 kW',
    'd. h.',
    'ca. 30',
    'u. Wasser',
    '7.45 Uhr',
    '1. Mai',
    'Gesellschaft',
    'Weltkriegs',
  ],
  heard: [
    ['Prof. Dr. Emmi R. Lindqvist kam aus Kiel.', 'professor doktor emmi'],
    ['Im 19. Jh. war das üblich.', 'im neunzehnten jahrhundert'],
    ['Kaiser Wilhelm II. ließ Frauen zu.', 'wilhelm der zweite'],
    ['In den 1920er-Jahren baute sie das Windrad.', 'neunzehnhundertzwanziger jahren | neunzehnhundertzwanzigerjahren'],
    ['Es lieferte 5 kW.', 'fünf kilowatt'],
    ['Sie starb um 7.45 Uhr am 1. Mai 1961.', 'sieben uhr fünfundvierzig am ersten mai neunzehnhunderteinundsechzig'],
    ['Die Gesellschaft für Wind u. Wasser.', 'wind und wasser'],
  ],
};
