import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'it',
  source: {
    kind: 'scenes',
    scenes: [
      'Domani non pioverà al Nord. A Milano 31 °C, senza vento.',
      'Al Centro qualche temporale: fino a 20 mm in 1 h. Roma non è esclusa.',
      'Al Sud nessuna allerta, tranne che in Calabria, dove il mare resterà mosso fino alle 18:30.',
      'Mercoledì 3 giugno la neve non scenderà sotto i 3.000 m. In montagna potrebbe gelare, se il cielo sarà sereno.',
      'Le temperature non caleranno prima del fine settimana, quando perderemo 8-10 gradi.',
    ],
  },
  titles: ['Domani non pioverà al Nord', 'Domani non pioverà al Nord.'],
  narrated: [
    'Domani non pioverà al Nord.',
    'A Milano 31 °C, senza vento.',
    'Roma non è esclusa.',
    'Le temperature non caleranno prima del fine settimana, quando perderemo 8-10 gradi.',
  ],
  notAlone: [
    'Pioverà',
    'Domani pioverà al Nord',
    'Pioverà al Nord',
    'Roma è esclusa',
    'Esclusa',
    'Allerta',
    'Vento',
    'Le temperature caleranno',
    'Gelare',
    'In montagna gelare',
    'La neve',
    'Al Sud nessuna allerta',
    'Nessuna allerta',
    'Sotto i 3.000',
    'La neve scenderà sotto i 3.000 m',
    'In montagna potrebbe gelare',
    'Senza vento',
  ],
  notTags: ['pioverà', 'esclusa', 'vento'],
  unbroken: ['31 °C', '20 mm', '1 h', '18:30', '3 giugno', '3.000 m', '8-10 gradi'],
  heard: [
    [
      'A Milano 31 °C, senza vento.',
      'trentuno gradi celsius senza vento | trentuno gradi senza vento | trentuno gradi centigradi senza vento',
    ],
    ['Fino a 20 mm in 1 h.', 'venti millimetri in un ora | venti millimetri in una ora'],
    ['Il mare resterà mosso fino alle 18:30.', 'diciotto e trenta | diciotto trenta'],
    ['La neve non scenderà sotto i 3.000 m.', 'tremila metri'],
    ['Perderemo 8-10 gradi.', 'otto dieci gradi | otto a dieci gradi | da otto a dieci gradi'],
    ['Mercoledì 3 giugno la neve non scenderà.', 'tre giugno'],
  ],
};
