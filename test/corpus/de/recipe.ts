import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'de',
  source: {
    kind: 'article',
    text: `Omas Kartoffelsuppe ohne Sahne

Zutaten für 4 Pers.:
– 1 kg mehlige Kartoffeln
– ½ TL Salz
– 1,5 l Brühe
– 2 EL Öl, kein Olivenöl

1) Kartoffeln schälen und in ca. 2 cm große Würfel schneiden.
2) Zwiebeln im Öl glasig dünsten, aber nicht bräunen.
3) Brühe zugeben und 20 Min. bei 90 °C ziehen lassen. Die Suppe darf nicht kochen!
4) Erst zum Schluss salzen.

Die Suppe hält sich 2–3 Tage. Einfrieren lässt sie sich kaum.`,
  },
  titles: ['Omas Kartoffelsuppe ohne Sahne'],
  narrated: [
    '1 kg mehlige Kartoffeln',
    '½ TL Salz',
    '1,5 l Brühe',
    '2 EL Öl, kein Olivenöl',
    'Kartoffeln schälen und in ca. 2 cm große Würfel schneiden.',
    'Zwiebeln im Öl glasig dünsten, aber nicht bräunen.',
    'Brühe zugeben und 20 Min. bei 90 °C ziehen lassen.',
    'Die Suppe darf nicht kochen!',
    'Erst zum Schluss salzen.',
    'Die Suppe hält sich 2–3 Tage.',
    'Einfrieren lässt sie sich kaum.',
  ],
  leftOut: ['– 1 kg'],
  never: ['Kartoffeln ½ TL', 'Salz 1,5 l'],
  notAlone: [
    'Sahne',
    'Olivenöl',
    'Bräunen',
    'Kochen',
    'Einfrieren',
    'Die Suppe kochen',
    'Einfrieren lässt sie sich',
    'Omas Kartoffelsuppe',
    'Zutaten für 4 Pers',
    'Salzen',
  ],
  notTags: ['sahne', 'olivenöl', 'bräunen', 'kochen', 'einfrieren', 'pers'],
  unbroken: ['4 Pers.', '1 kg', '½ TL', '1,5 l', '2 EL', 'ca. 2 cm', '20 Min.', '90 °C', '2–3 Tage'],
  heard: [
    ['1 kg mehlige Kartoffeln', 'ein kilogramm mehlige kartoffeln | ein kilo mehlige kartoffeln'],
    ['½ TL Salz', 'ein halber teelöffel salz | halber teelöffel salz | ein halb teelöffel salz'],
    ['1,5 l Brühe', 'eins komma fünf liter brühe'],
    ['20 Min. bei 90 °C ziehen lassen.', 'zwanzig minuten bei neunzig grad'],
    ['Die Suppe hält sich 2–3 Tage.', 'zwei bis drei tage'],
    ['Zutaten für 4 Pers.', 'vier personen'],
  ],
};
