import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'it',
  source: {
    kind: 'article',
    text: `Perché i pesci non annegano

I pesci non respirano aria, ma l’ossigeno sciolto nell’acqua. In 1 l di acqua fredda ce ne sono ca. 10 mg.

Le branchie funzionano solo se restano bagnate. Fuori dall’acqua quasi nessun pesce vive più di 10 min. Non tutti, però: il dipnoo ha anche i polmoni.

Se l’acqua supera i 30 °C, l’ossigeno scende del 25%. Non è il caldo a uccidere i pesci, bensì la mancanza di ossigeno.

I delfini non sono pesci. Devono salire a respirare, altrimenti annegherebbero.

Domanda: perché nell’acquario dell’ing. Sala non ci sono più di 3 pesci?`,
  },
  titles: ['Perché i pesci non annegano'],
  narrated: [
    'I pesci non respirano aria, ma l’ossigeno sciolto nell’acqua.',
    'In 1 l di acqua fredda ce ne sono ca. 10 mg.',
    'Le branchie funzionano solo se restano bagnate.',
    'Fuori dall’acqua quasi nessun pesce vive più di 10 min.',
    'Non tutti, però: il dipnoo ha anche i polmoni.',
    'Se l’acqua supera i 30 °C, l’ossigeno scende del 25%.',
    'Non è il caldo a uccidere i pesci, bensì la mancanza di ossigeno.',
    'I delfini non sono pesci.',
    'Devono salire a respirare, altrimenti annegherebbero.',
  ],
  onlyAfter: [['quasi nessun pesce vive più di 10 min.', 'Non tutti, però: il dipnoo ha anche i polmoni.']],
  notAlone: [
    'I pesci annegano',
    'Annegano',
    'I pesci respirano aria',
    'Aria',
    'Le branchie funzionano',
    'Il caldo uccide i pesci',
    'Il caldo a uccidere i pesci',
    'I delfini sono pesci',
    'Sono pesci',
    'Annegherebbero',
    'L’ossigeno scende del 25%',
    'L’ossigeno scende del 25',
    'Pesce vive più di 10',
    'Vive più di 10 min',
    'Fuori',
    'Perché i pesci',
    'I delfini',
    'Domanda: perché nell’acquario dell’ing',
  ],
  notTags: ['aria', 'caldo', 'annegano', 'ing'],
  unbroken: ['1 l', 'ca. 10 mg', '10 min.', '30 °C', '25%', 'ing. Sala', '3 pesci'],
  heard: [
    ['In 1 l di acqua fredda ce ne sono ca. 10 mg.', 'un litro di acqua fredda ce ne sono circa dieci milligrammi'],
    ['Quasi nessun pesce vive più di 10 min.', 'dieci minuti'],
    [
      'L’acqua supera i 30 °C e l’ossigeno scende del 25%.',
      'trenta gradi celsius e l ossigeno scende del venticinque per cento | trenta gradi e l ossigeno scende del venticinque per cento | trenta gradi centigradi e l ossigeno scende del venticinque per cento',
    ],
    ['L’acquario dell’ing. Sala.', 'ingegner sala | ingegnere sala'],
  ],
};
