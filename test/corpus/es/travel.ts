import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'es',
  source: {
    kind: 'script',
    text: `Cómo llegar al faro de Punta Negra

El faro está a 14 km del puerto y a 310 m sobre el mar. No hay autobús los domingos.

El primer autobús sale a las 7:45 a. m. y el último a las 18:30. El billete cuesta 3,20 €; los menores de 6 años no pagan. En la taquilla no aceptan tarjetas.

Está abierto de 10 a 14 h, excepto los lunes. Tel.: 985 010 203. Pregunte por la Sra. Ortiz o visite https://faro.example/horario.

Nunca suba con viento de más de 70 km/h. Desde el siglo XIX no ha habido ningún accidente, pero EE. UU. no lo recomienda a personas con vértigo.`,
  },
  titles: ['Cómo llegar al faro de Punta Negra'],
  narrated: [
    'El faro está a 14 km del puerto y a 310 m sobre el mar.',
    'No hay autobús los domingos.',
    'El primer autobús sale a las 7:45 a. m. y el último a las 18:30.',
    'El billete cuesta 3,20 €; los menores de 6 años no pagan.',
    'En la taquilla no aceptan tarjetas.',
    'Está abierto de 10 a 14 h, excepto los lunes.',
    'Pregunte por la Sra. Ortiz o visite',
    'Nunca suba con viento de más de 70 km/h.',
    'Desde el siglo XIX no ha habido ningún accidente, pero EE. UU. no lo recomienda a personas con vértigo.',
  ],
  never: ['Negra El faro'],
  notAlone: [
    'Autobús los domingos',
    'Hay autobús los domingos',
    'Aceptan tarjetas',
    'Tarjetas',
    'Los lunes',
    'Accidente',
    'Suba',
    'Suba con viento',
    'Los menores de 6 años',
    '7:45',
    '7 · 45',
    'Tel',
    'EE',
    'Ningún accidente · EE',
    'Personas con vértigo',
    'Está abierto',
  ],
  notTags: ['tarjetas', 'accidente', 'lunes', 'domingos'],
  unbroken: [
    '14 km',
    '310 m',
    '7:45 a. m.',
    '18:30',
    '3,20 €',
    '6 años',
    '14 h',
    '985 010 203',
    'Sra. Ortiz',
    '70 km/h',
    'siglo XIX',
    'EE. UU.',
  ],
  heard: [
    [
      'El faro está a 14 km del puerto y a 310 m sobre el mar.',
      'catorce kilómetros del puerto y a trescientos diez metros',
    ],
    [
      'El autobús sale a las 7:45 a. m.',
      'siete y cuarenta y cinco de la mañana | siete cuarenta y cinco de la mañana | siete cuarenta y cinco a m | ocho menos cuarto de la mañana',
    ],
    [
      'El billete cuesta 3,20 €.',
      'tres euros con veinte | tres euros con veinte céntimos | tres coma veinte euros | tres euros veinte',
    ],
    ['Pregunte por la Sra. Ortiz.', 'señora ortiz'],
    ['Nunca suba con viento de más de 70 km/h.', 'setenta kilómetros por hora'],
    ['Desde el siglo XIX no ha habido ninguno.', 'siglo diecinueve'],
    ['EE. UU. no lo recomienda.', 'estados unidos'],
  ],
};
