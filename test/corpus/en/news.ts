import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'article',
    seconds: 30,
    text: `Harbor Bridge to Close for Nine Weeks

By Maria T. Holloway, Staff Writer

PORT ELLEN, Jan. 5 — The city will close the Harbor Bridge on Jan. 20 after inspectors found cracks in two of its steel hangers. No one was hurt, and officials said there is no evidence that the bridge is about to fail.[1]

The closing was decided on Jan. 4 by the mayor, Dr. Ruth Okafor, who had asked for an inspection in December. She called it "a dull decision, and the right one." Roughly 31,000 vehicles cross the bridge each weekday. About 9,000 of them are trucks.

On Feb. 2, a second team will test the 1931 foundations. During that time, ferries will run every 12 minutes from 5:30 a.m. to 11 p.m. The ride costs $2.75; children under 6 pay nothing.

Repairs will cost $4.8 million, St. Brendan County said. That is less than half of what a new bridge would cost.[2]

Share this article on Facebook

[1] Inspection report, p. 14.
[2] County budget office.`,
  },
  titles: ['Harbor Bridge to Close for Nine Weeks'],
  narrated: [
    'The city will close the Harbor Bridge on Jan. 20 after inspectors found cracks in two of its steel hangers.',
  ],
  leftOut: [
    'Maria T. Holloway',
    'PORT ELLEN',
    '[1]',
    '[2]',
    'Share this article',
    'Inspection report, p. 14',
    'County budget office',
  ],
  onlyAfter: [
    ['Roughly 31,000 vehicles cross the bridge each weekday.', 'About 9,000 of them are trucks.'],
    ['On Feb. 2, a second team will test the 1931 foundations.', 'During that time, ferries will run'],
    [
      'Repairs will cost $4.8 million, St. Brendan County said.',
      'That is less than half of what a new bridge would cost.',
    ],
    ['The closing was decided on Jan. 4 by the mayor', 'She called it'],
    ['During that time, ferries will run', 'The ride costs $2.75'],
  ],
  never: ['On Jan. 20, a second team', 'close the Harbor Bridge on Jan. 4', 'close the Harbor Bridge on Feb. 2'],
  notAlone: [
    'Evidence',
    'Evidence that the bridge is about to fail',
    'The bridge is about to fail',
    'On Jan',
    'St',
    'Children under 6 pay',
  ],
  unbroken: ['Jan. 20', 'Feb. 2', 'Dr. Ruth', '5:30 a.m.', '11 p.m.', '$4.8 million', 'St. Brendan'],
  heard: [
    ['Repairs will cost $4.8 million, St. Brendan County said.', 'four point eight million dollars'],
    ['Repairs will cost $4.8 million, St. Brendan County said.', 'saint brendan county'],
    ['The ride costs $2.75.', 'two dollars and seventy five cents | two dollars seventy five'],
    ['The mayor, Dr. Ruth Okafor, had asked.', 'doctor ruth okafor'],
    ['Roughly 31,000 vehicles cross the bridge.', 'thirty one thousand vehicles'],
    ['They will test the 1931 foundations.', 'nineteen thirty one'],
  ],
};
