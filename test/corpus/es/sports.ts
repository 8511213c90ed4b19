import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'es',
  source: {
    kind: 'article',
    seconds: 25,
    text: `El Atlético Ribera no asciende

Por J. M. Salas | 14/06/2026

GIJÓN (Redacción).- El Atlético Ribera empató 2-2 el domingo y no jugará en Primera. El equipo ganaba 2-0 en el minuto 80. Nadie esperaba lo que vino después.

El Sr. Molina, su entrenador, no quiso culpar al árbitro. «No hemos perdido por él», dijo. «Hemos perdido porque no corrimos.» Dejará el cargo el 1 de julio.

La delantera Inés Prado marcó su gol n.º 100 y fue la 2.ª más votada de la liga. Mide 1,62 m y corre los 60 m en 8,1 s. Hasta ahora no ha firmado con ningún otro club, aunque hay rumores de que se va a París.

El estadio estaba casi lleno: 9.850 espectadores. La mitad de ellos se fue antes del final.

Síguenos en redes sociales: @deporte_ribera`,
  },
  titles: ['El Atlético Ribera no asciende'],
  narrated: ['El Atlético Ribera empató 2-2 el domingo y no jugará en Primera.'],
  leftOut: ['J. M. Salas', '14/06/2026', 'GIJÓN', 'Redacción', 'Síguenos', '@deporte_ribera'],
  onlyAfter: [
    ['El equipo ganaba 2-0 en el minuto 80.', 'Nadie esperaba lo que vino después.'],
    ['El estadio estaba casi lleno: 9.850 espectadores.', 'La mitad de ellos se fue antes del final.'],
    ['El Sr. Molina, su entrenador, no quiso culpar al árbitro.', 'Dejará el cargo el 1 de julio.'],
    ['La delantera Inés Prado marcó su gol n.º 100', 'Mide 1,62 m y corre los 60 m en 8,1 s.'],
  ],
  never: ['se va a París el 1 de julio', 'Inés Prado dejará', 'ganó 2-2'],
  notAlone: [
    'El Atlético Ribera asciende',
    'Asciende',
    'Jugará en Primera',
    'Culpar al árbitro',
    'Se va a París',
    'Ha firmado',
    'Otro club',
    'París',
    'Sr',
    'La mitad',
    'Quiso culpar al árbitro',
    'Hemos perdido por él',
    'Primera',
  ],
  notTags: ['asciende', 'parís', 'culpar', 'árbitro'],
  unbroken: [
    '2-2',
    '2-0',
    'Sr. Molina',
    '1 de julio',
    'n.º 100',
    '2.ª',
    '1,62 m',
    '60 m',
    '8,1 s',
    '9.850 espectadores',
  ],
  heard: [
    ['El Atlético Ribera empató 2-2.', 'dos a dos | dos dos'],
    ['El Sr. Molina no quiso culpar al árbitro.', 'señor molina'],
    ['Marcó su gol n.º 100.', 'número cien'],
    ['Fue la 2.ª más votada de la liga.', 'la segunda más votada'],
    [
      'Mide 1,62 m y corre los 60 m en 8,1 s.',
      'uno coma sesenta y dos metros y corre los sesenta metros en ocho coma uno segundos | un metro sesenta y dos y corre los sesenta metros en ocho coma un segundos | uno coma seis dos metros y corre los sesenta metros en ocho coma uno segundos',
    ],
    ['El estadio estaba lleno: 9.850 espectadores.', 'nueve mil ochocientos cincuenta espectadores'],
  ],
};
