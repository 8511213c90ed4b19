import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'de',
  source: {
    kind: 'article',
    text: `[12.03.26, 18:04:11] Jonas: Kommst du morgen zum Training?
[12.03.26, 18:05:40] Mia: Nein, ich kann leider nicht. Mein Knie ist dick 😕
[12.03.26, 18:05:58] Jonas: Bild weggelassen
[12.03.26, 18:06:20] Jonas: Hast du schon 38,5 °C Fieber gehabt oder nur ~37?
[12.03.26, 18:07:02] Mia: Kein Fieber! Nur das linke Knie
[12.03.26, 18:09:30] Jonas: Ohne dich verlieren wir wieder 0:4
[12.03.26, 18:10:15] Mia: Quatsch. Letztes Mal habt ihr 2:1 gewonnen
[12.03.26, 18:11:44] Jonas: Das Spiel ist übrigens am 21.3. um 15:30 Uhr, nicht am Samstag`,
  },
  titles: ['Kommst du morgen zum Training?', 'Kommst du morgen zum Training', 'Jonas: Kommst du morgen zum Training?'],
  narrated: [
    'Kommst du morgen zum Training?',
    'Nein, ich kann leider nicht.',
    'Mein Knie ist dick',
    'Hast du schon 38,5 °C Fieber gehabt oder nur ~37?',
    'Kein Fieber!',
    'Nur das linke Knie',
    'Ohne dich verlieren wir wieder 0:4',
    'Letztes Mal habt ihr 2:1 gewonnen',
    'Das Spiel ist übrigens am 21.3. um 15:30 Uhr, nicht am Samstag',
  ],
  leftOut: ['12.03.26', '18:04', '18:11:44', 'Bild weggelassen', ']'],
  never: ['0:4 Mia', 'Knie Jonas'],
  notAlone: [
    'Fieber',
    'Ich kann',
    'Samstag',
    'Am Samstag',
    'Verlieren wir wieder 0:4',
    'Dich',
    'Jonas',
    'Mia',
    '12',
    'Nein',
    'Knie',
  ],
  notTags: ['fieber', 'samstag', '12.03.26', 'bild weggelassen'],
  unbroken: ['38,5 °C', '0:4', '2:1', '21.3.', '15:30 Uhr'],
  heard: [
    ['Hast du schon 38,5 °C Fieber gehabt?', 'achtunddreißig komma fünf grad'],
    ['Ohne dich verlieren wir wieder 0:4', 'null zu vier | null vier'],
    ['Letztes Mal habt ihr 2:1 gewonnen', 'zwei zu eins | zwei eins'],
    [
      'Das Spiel ist am 21.3. um 15:30 Uhr.',
      'am einundzwanzigsten dritten um fünfzehn uhr dreißig | am einundzwanzigsten märz um fünfzehn uhr dreißig',
    ],
  ],
};
