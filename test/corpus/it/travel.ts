import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'it',
  source: {
    kind: 'article',
    text: `# Salire al rifugio Malga Alta

Il sentiero è lungo 7,5 km e non è adatto ai bambini sotto i 6 anni. Servono circa 3 h.

## Quando andare

Da giugno a settembre. D’inverno il rifugio è chiuso e nessuno risponde al telefono.

## Quanto costa

* Pernottamento: 28 €
* Cena: 16,50 €
* Cani: gratis, ma non in camera

## Consigli

La temperatura può scendere a −5 °C anche in agosto. Non bevete l’acqua del lago! Se piove più di 30 mm al giorno, il ponte viene chiuso.

Per informazioni: tel. 0461 010203, info@malga.example. Chiedere del sig. Rossi.`,
  },
  titles: ['Salire al rifugio Malga Alta'],
  headings: ['Quando andare', 'Quanto costa', 'Consigli'],
  narrated: [
    'Il sentiero è lungo 7,5 km e non è adatto ai bambini sotto i 6 anni.',
    'Servono circa 3 h.',
    'Da giugno a settembre.',
    'D’inverno il rifugio è chiuso e nessuno risponde al telefono.',
    'Pernottamento: 28 €',
    'Cena: 16,50 €',
    'Cani: gratis, ma non in camera',
    'La temperatura può scendere a −5 °C anche in agosto.',
    'Non bevete l’acqua del lago!',
    'Se piove più di 30 mm al giorno, il ponte viene chiuso.',
    'Chiedere del sig. Rossi.',
  ],
  leftOut: ['#', '* Cena'],
  notAlone: [
    'Adatto ai bambini',
    'È adatto ai bambini sotto i 6 anni',
    'Bevete l’acqua del lago',
    'Acqua del lago',
    'L’acqua del lago',
    'Il ponte viene chiuso',
    'Risponde al telefono',
    '5 °C',
    'In camera',
    'Il sentiero è lungo 7',
    'Cani: gratis',
    'Scendere a',
    'Bambini',
  ],
  notTags: ['bambini', 'acqua del lago', 'bevete', 'camera'],
  unbroken: ['7,5 km', '6 anni', '3 h', '28 €', '16,50 €', '−5 °C', '30 mm', 'sig. Rossi', '0461 010203'],
  heard: [
    ['Il sentiero è lungo 7,5 km.', 'sette virgola cinque chilometri'],
    ['Servono circa 3 h.', 'tre ore'],
    [
      'Cena: 16,50 €',
      'sedici euro e cinquanta | sedici virgola cinquanta euro | sedici euro e cinquanta centesimi | sedici virgola cinque euro',
    ],
    ['La temperatura può scendere a −5 °C.', 'meno cinque gradi'],
    ['Chiedere del sig. Rossi.', 'signor rossi'],
    ['Se piove più di 30 mm al giorno.', 'trenta millimetri'],
  ],
};
