import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'es',
  source: {
    kind: 'scenes',
    scenes: [
      'La tortuga Lola no tenía prisa. «¡Si no corres, no llegarás!», gritó la liebre.',
      '¿Quién dijo que correr fuera bueno? Lola nunca lo creyó.',
      'A las 5 p. m. empezó a llover. La liebre no llevaba paraguas y se quedó bajo un árbol.',
      'Lola llevaba su casa a cuestas. No se mojó ni una pata.',
      'Llegó la 1.ª, sin correr y sin haber querido ganar. Nadie se rió de ella jamás.',
    ],
  },
  titles: ['La tortuga Lola no tenía prisa', 'La tortuga Lola no tenía prisa.'],
  narrated: [
    'La tortuga Lola no tenía prisa.',
    'Lola nunca lo creyó.',
    'A las 5 p. m. empezó a llover.',
    'La liebre no llevaba paraguas y se quedó bajo un árbol.',
    'No se mojó ni una pata.',
    'Llegó la 1.ª, sin correr y sin haber querido ganar.',
    'Nadie se rió de ella jamás.',
  ],
  notAlone: [
    'Prisa',
    'La tortuga Lola tenía prisa',
    'Llegarás',
    'No llegarás',
    'Paraguas',
    'La liebre llevaba paraguas',
    'Se mojó',
    'Una pata',
    'Querido ganar',
    'Correr',
    'Lola lo creyó',
    'Se rió de ella',
    'A las 5 p',
    '5 p',
    'Correr fuera bueno',
    'Si no corres',
  ],
  notTags: ['prisa', 'paraguas', 'correr', 'ganar'],
  unbroken: ['5 p. m.', '1.ª', 'una pata'],
  heard: [
    ['A las 5 p. m. empezó a llover.', 'cinco de la tarde | cinco p m'],
    ['Llegó la 1.ª, sin correr.', 'llegó la primera sin correr'],
  ],
};
