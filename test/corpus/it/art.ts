import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'it',
  source: {
    kind: 'script',
    text: `La pala d’altare senza santi

Nel XV sec. il pittore Guido da Prata dipinse una pala senza nessun santo. Non era mai successo.

Papa Sisto IV la vide nel 1476 e non la fece distruggere. «Non c’è scandalo», disse il card. Bembi, «dove non c’è bugia.»

L’opera misura 2,10 × 3,40 m e pesa ca. 180 kg. Non è firmata. Secondo la prof.ssa L. Conti, solo il cielo è di Guido; il resto lo dipinse forse un allievo.

Nell’800 fu venduta per 5.000 lire, meno di quanto costava la cornice. Dal 1º maggio 1921 si trova a Lucca. Non si può fotografare.`,
  },
  titles: ['La pala d’altare senza santi'],
  narrated: [
    'Nel XV sec. il pittore Guido da Prata dipinse una pala senza nessun santo.',
    'Non era mai successo.',
    'Papa Sisto IV la vide nel 1476 e non la fece distruggere.',
    'L’opera misura 2,10 × 3,40 m e pesa ca. 180 kg.',
    'Non è firmata.',
    'Secondo la prof.ssa L. Conti, solo il cielo è di Guido; il resto lo dipinse forse un allievo.',
    'Nell’800 fu venduta per 5.000 lire, meno di quanto costava la cornice.',
    'Dal 1º maggio 1921 si trova a Lucca.',
    'Non si può fotografare.',
  ],
  never: ['santi Nel'],
  notAlone: [
    'Santi',
    'Nessun santo',
    'Santo',
    'La pala d’altare',
    'È firmata',
    'Firmata',
    'Scandalo',
    'C’è scandalo',
    'Si può fotografare',
    'Fotografare',
    'Distruggere',
    'La fece distruggere',
    'Il cielo è di Guido',
    'Il resto lo dipinse un allievo',
    'Nel XV sec',
    'Successo',
  ],
  notTags: ['santi', 'firmata', 'scandalo', 'fotografare', 'distruggere', 'santo'],
  unbroken: [
    'XV sec.',
    'Sisto IV',
    'card. Bembi',
    '3,40 m',
    'ca. 180 kg',
    'prof.ssa L. Conti',
    '5.000 lire',
    '1º maggio',
  ],
  heard: [
    ['Nel XV sec. il pittore dipinse una pala.', 'quindicesimo secolo | secolo quindicesimo'],
    [
      'Papa Sisto IV la vide nel 1476.',
      'sisto quarto la vide nel millequattrocentosettantasei | sisto quarto la vide nel mille quattrocento settantasei',
    ],
    [
      'L’opera misura 2,10 × 3,40 m e pesa ca. 180 kg.',
      'per tre virgola quaranta metri e pesa circa centottanta chilogrammi | per tre virgola quattro metri e pesa circa centottanta chilogrammi | per tre virgola quaranta metri e pesa circa centottanta chili | per tre virgola quattro zero metri e pesa circa centottanta chilogrammi',
    ],
    ['Fu venduta per 5.000 lire.', 'cinquemila lire'],
    ['Dal 1º maggio 1921 si trova a Lucca.', 'dal primo maggio millenovecentoventuno'],
    ['Secondo la prof.ssa L. Conti, solo il cielo è di Guido.', 'professoressa'],
  ],
};
