import type { Pasted } from './pasted.ts';

const HARBOUR =
  'The harbour was built in 1888 by the town. During that time nobody had a crane. Fishing boats bring herring every morning. The fishermen sell it on the quay. A lighthouse guards the northern cliffs at night. Tourists photograph seals on warm summer rocks. The museum shows 9,200 old nets. Almost 9,000 of them were made by hand.';

/** Articles longer than the film. */
export const CONDENSED: readonly Pasted[] = [
  {
    what: 'an article with short dates of months',
    as: 'article',
    language: 'en',
    seconds: 5,
    text: 'On Jan. 5, NASA launched a probe. The probe flew past the Moon and took pictures of craters. On Dec. 20, Boeing engineers found a leak in a valve.',
    title: 'On Jan. 5, NASA launched a probe',
    holds: [],
    never: ['Jan. 20', 'On Jan. NASA', 'On Jan. On', 'On Jan.\n', 'On Dec.\n'],
  },
  {
    what: 'an article whose sentences lean on others (10 s)',
    as: 'article',
    language: 'en',
    seconds: 10,
    text: HARBOUR,
    title: 'The harbour was built in 1888 by the town',
    holds: [],
    never: ['night. During that time', 'rocks. Almost 9,000 of them', 'morning. During that time'],
  },
  {
    what: 'an article shorter than the film',
    as: 'article',
    language: 'en',
    seconds: 60,
    text: HARBOUR,
    title: 'The harbour was built in 1888 by the town',
    said: HARBOUR,
  },
  {
    what: 'two stories of one newsletter',
    as: 'article',
    language: 'en',
    seconds: 20,
    text: '## Wolves return\n\nWolves live in the northern forest again. Rangers counted twelve of them in spring.\n\n## Bank raises rates\n\nThe central bank raised its rate to four per cent. It wants to slow the rise of prices.',
    title: 'Wolves return',
    holds: [],
    never: ['spring. The central bank', 'again. The central bank', 'spring. It wants', 'again. It wants'],
    headings: ['Wolves return', 'Bank raises rates'],
  },
  {
    what: 'a Chinese article whose sentences lean on others',
    as: 'article',
    language: 'zh-TW',
    seconds: 8,
    text: '港口在1888年由鎮上建成。那段期間沒有人有起重機。漁船每天早上帶回鯡魚。燈塔在夜裡守護北邊的懸崖。博物館收藏了九千張舊漁網。其中八千張是手工做的。',
    title: '港口在1888年由鎮上建成',
    holds: [],
    never: ['懸崖。其中', '鯡魚。其中', '懸崖。那段期間'],
  },
  {
    what: 'a German article with dates and abbreviations',
    as: 'article',
    language: 'de',
    seconds: 6,
    text: 'Am 3. Oktober 1990 wurde Deutschland wieder vereint. Die Firma Dr. Beck machte 12,4 Mrd. Euro Umsatz. Am 5. Januar kam z. B. Frau Dr. Klein nach Bonn.',
    title: 'Am 3. Oktober 1990 wurde Deutschland wieder vereint',
    holds: [],
    never: [
      'Am 3. Die',
      'Am 3. Am',
      'Am 3.\n',
      'Dr.\n',
      'Mrd.\n',
      'z. B.\n',
      'Dr. Am',
      'Mrd. Am',
      'Am 5. Januar kam z. B. Die',
    ],
  },
];
