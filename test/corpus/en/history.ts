import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'script',
    text: `The Telegraph Island of Mrs. A. J. Whitlock

In the 1860s, a cable came ashore on Dunmore Island. It was laid on March 3, 1866, under Queen Victoria, and it was cut in World War I.

King George V visited the station in 1911. He stayed 40 minutes and sent a single message to Edward VIII, then Prince of Wales. It has never been found.

Mrs. A. J. Whitlock ran the office from 1914–1918 with no assistant. She took about 120 messages a day, e.g. weather reports. In World War II the island had fewer than 30 people.

The last message was sent at 7:45 p.m. on Dec. 31, 1962. Nobody answered it.`,
  },
  titles: ['The Telegraph Island of Mrs. A. J. Whitlock'],
  narrated: [
    'In the 1860s, a cable came ashore on Dunmore Island.',
    'It was laid on March 3, 1866, under Queen Victoria, and it was cut in World War I.',
    'King George V visited the station in 1911.',
    'He stayed 40 minutes and sent a single message to Edward VIII, then Prince of Wales.',
    'It has never been found.',
    'Mrs. A. J. Whitlock ran the office from 1914–1918 with no assistant.',
    'She took about 120 messages a day, e.g. weather reports.',
    'In World War II the island had fewer than 30 people.',
    'The last message was sent at 7:45 p.m. on Dec. 31, 1962.',
    'Nobody answered it.',
  ],
  never: ['Whitlock In'],
  notAlone: ['Found', 'It has been found', 'Assistant', 'Answered it', 'March 3 · 1866', '7 · 45', '30 people', 'Mrs'],
  notTags: ['found', 'assistant', 'answered', 'telegraph island of mrs'],
  unbroken: [
    'March 3',
    'World War I',
    'George V',
    'Edward VIII',
    'Mrs. A. J. Whitlock',
    '1914–1918',
    '7:45 p.m.',
    'Dec. 31',
    'e.g. weather',
  ],
  heard: [
    ['In the 1860s, a cable came ashore.', 'eighteen sixties'],
    ['It was laid on March 3, 1866.', 'march third eighteen sixty six | march three eighteen sixty six'],
    ['It was cut in World War I.', 'world war one'],
    ['King George V visited the station in 1911.', 'king george the fifth visited the station in nineteen eleven'],
    ['He sent a message to Edward VIII.', 'edward the eighth'],
    ['In World War II the island had fewer people.', 'world war two the island'],
    ['Mrs. A. J. Whitlock ran the office from 1914–1918.', 'missus a j whitlock | mrs a j whitlock'],
    ['She ran the office from 1914–1918.', 'nineteen fourteen to nineteen eighteen'],
    ['She took messages, e.g. weather reports.', 'for example weather reports'],
    [
      'The last message was sent on Dec. 31, 1962.',
      'december thirty first nineteen sixty two | december thirty one nineteen sixty two',
    ],
  ],
};
