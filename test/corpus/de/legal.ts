import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'de',
  source: {
    kind: 'script',
    text: `## § 1 Widerruf

Sie können den Vertrag binnen 14 Tagen widerrufen, sofern Sie kein Unternehmen sind. Gründe müssen Sie nicht nennen.

## § 2 Kündigung

Der Vertrag endet nicht von selbst. Wenn Sie nicht bis zum 30. November kündigen, verlängert er sich um 12 Monate. Eine Kündigung per Telefon ist unwirksam, es sei denn, wir bestätigen sie gem. Abs. 3 schriftlich.

## § 3 Haftung

Wir haften nur für grobe Fahrlässigkeit. Für Schäden unter 50 € haften wir nicht. Die Gebühr beträgt 2,5 % des Kaufpreises, höchstens jedoch 1.200,00 €.

Mündliche Abreden gelten nicht, d. h. sie müssen schriftlich vorliegen.`,
  },
  titles: ['§ 1 Widerruf', 'Widerruf'],
  headings: ['§ 2 Kündigung', '§ 3 Haftung'],
  narrated: [
    'Sie können den Vertrag binnen 14 Tagen widerrufen, sofern Sie kein Unternehmen sind.',
    'Gründe müssen Sie nicht nennen.',
    'Der Vertrag endet nicht von selbst.',
    'Wenn Sie nicht bis zum 30. November kündigen, verlängert er sich um 12 Monate.',
    'Eine Kündigung per Telefon ist unwirksam, es sei denn, wir bestätigen sie gem. Abs. 3 schriftlich.',
    'Wir haften nur für grobe Fahrlässigkeit.',
    'Für Schäden unter 50 € haften wir nicht.',
    'Die Gebühr beträgt 2,5 % des Kaufpreises, höchstens jedoch 1.200,00 €.',
    'Mündliche Abreden gelten nicht, d. h. sie müssen schriftlich vorliegen.',
  ],
  leftOut: ['##'],
  notAlone: [
    'Gründe',
    'Gründe nennen',
    'Mündliche Abreden',
    'Mündliche Abreden gelten',
    'Der Vertrag endet',
    'Kündigung per Telefon',
    'Eine Kündigung per Telefon',
    'Wir haften',
    'Sie können den Vertrag binnen 14 Tagen widerrufen',
    'Verlängert er sich um 12 Monate',
    'Schäden unter 50',
    'Unternehmen',
  ],
  notTags: ['mündliche abreden', 'unternehmen', 'gründe', 'abs'],
  unbroken: ['14 Tagen', '30. November', '12 Monate', 'Abs. 3', '50 €', '2,5 %', '1.200,00 €', 'd. h.', '§ 2'],
  heard: [
    ['§ 2 Kündigung', 'paragraf zwei | paragraph zwei'],
    ['Sie können bis zum 30. November kündigen.', 'bis zum dreißigsten november'],
    ['Wir bestätigen sie gem. Abs. 3 schriftlich.', 'gemäß absatz drei schriftlich'],
    ['Die Gebühr beträgt 2,5 % des Preises.', 'zwei komma fünf prozent'],
    ['Höchstens jedoch 1.200,00 €.', 'tausendzweihundert euro | eintausendzweihundert euro'],
    ['Sie gelten nicht, d. h. sie müssen vorliegen.', 'das heißt sie'],
  ],
};
