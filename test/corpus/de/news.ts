import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'de',
  source: {
    kind: 'article',
    seconds: 30,
    text: `Kein Badeverbot am Möwensee

Von Katrin Ahlers, dpa

Rostock (dpa) – Am 3. Oktober wird der Möwensee nicht gesperrt, obwohl im Wasser Blaualgen gefunden wurden. Das teilte das Gesundheitsamt am Freitag mit. Es gebe keine Hinweise auf eine Gefahr für Erwachsene, sagte Dr. Uwe Brandt.

Im Jahr 2019 kamen rd. 12.400 Badegäste, davon ca. 3.000 Kinder. Damals war der See drei Wochen lang geschlossen.

Die Sanierung kostet 12,4 Mrd. € weniger als ein Neubau des Stauwerks, hieß es z. B. im Stadtrat; die Opposition glaubt das nicht. „Wir zahlen höchstens EUR 250.000“, sagte Bürgermeisterin Jutta v. Thaden. Mehr werde es nicht.

Am 7. November nimmt das Amt neue Proben. Bis dahin sollen Kleinkinder kein Seewasser schlucken.

Lesen Sie auch: So gefährlich sind Zecken`,
  },
  titles: ['Kein Badeverbot am Möwensee'],
  narrated: [
    'Am 3. Oktober wird der Möwensee nicht gesperrt, obwohl im Wasser Blaualgen gefunden wurden.',
    'Bis dahin sollen Kleinkinder kein Seewasser schlucken.',
  ],
  leftOut: ['Katrin Ahlers', 'Rostock (dpa)', 'dpa', 'Lesen Sie auch', 'Zecken'],
  onlyAfter: [
    [
      'Im Jahr 2019 kamen rd. 12.400 Badegäste, davon ca. 3.000 Kinder.',
      'Damals war der See drei Wochen lang geschlossen.',
    ],
    ['„Wir zahlen höchstens EUR 250.000“', 'Mehr werde es nicht.'],
    ['Am 7. November nimmt das Amt neue Proben.', 'Bis dahin sollen Kleinkinder kein Seewasser schlucken.'],
  ],
  never: ['Am 7. November wird der Möwensee', 'Am 3. Oktober nimmt das Amt', 'Am 3. November', 'kamen rd. „Wir'],
  notAlone: [
    'Badeverbot',
    'Badeverbot am Möwensee',
    'Hinweise auf eine Gefahr',
    'Gefahr',
    'Wird der Möwensee gesperrt',
    'Seewasser schlucken',
    'Am 3',
    'Oktober',
    'Hinweise',
    'Oktober wird der Möwensee',
    'Im Jahr 2019 kamen rd',
  ],
  notTags: ['badeverbot', 'gefahr', 'gesperrt'],
  unbroken: [
    '3. Oktober',
    '7. November',
    'Dr. Uwe',
    'rd. 12.400',
    'ca. 3.000',
    '12,4 Mrd. €',
    'z. B.',
    'EUR 250.000',
    'v. Thaden',
    'Gesundheitsamt',
    'Bürgermeisterin',
  ],
  heard: [
    ['Am 3. Oktober wird der Möwensee nicht gesperrt.', 'am dritten oktober'],
    ['Es kostet 12,4 Mrd. € weniger.', 'zwölf komma vier milliarden euro'],
    ['Das hieß es z. B. im Stadtrat.', 'zum beispiel im stadtrat'],
    [
      'Es kamen rd. 12.400 Badegäste, davon ca. 3.000 Kinder.',
      'rund zwölftausendvierhundert badegäste davon circa dreitausend kinder | rund zwölftausend vierhundert badegäste davon circa dreitausend kinder | rund zwölftausendvierhundert badegäste davon zirka dreitausend kinder',
    ],
    ['Im Jahr 2019 kamen Badegäste.', 'zweitausendneunzehn'],
    ['Das sagte Dr. Uwe Brandt.', 'doktor uwe brandt'],
  ],
};
