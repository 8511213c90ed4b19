import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'pt',
  source: {
    kind: 'script',
    text: `# Segurança na obra

---

## Capacete

- Use sempre, mesmo por 5 min
- Não pinte nem cole adesivos
- Troque a cada 3 anos

---

## Andaimes

- Ninguém sobe com vento acima de 40 km/h
- Carga máxima: 150 kg/m²
- Não há exceções

---

## Emergência

Ligue 193. Se ninguém atender, não saia do local.

Fonte: NR-18, cap. 5`,
  },
  titles: ['Segurança na obra'],
  headings: ['Capacete', 'Andaimes', 'Emergência'],
  narrated: [
    'Use sempre, mesmo por 5 min',
    'Não pinte nem cole adesivos',
    'Troque a cada 3 anos',
    'Ninguém sobe com vento acima de 40 km/h',
    'Carga máxima: 150 kg/m²',
    'Não há exceções',
    'Ligue 193.',
    'Se ninguém atender, não saia do local.',
  ],
  leftOut: ['---', '##', '- Use'],
  never: ['5 min Não', 'adesivos Troque', 'km/h Carga'],
  notAlone: [
    'Pinte',
    'Cole adesivos',
    'Exceções',
    'Há exceções',
    'Sobe com vento acima de 40 km/h',
    'Saia do local',
    'Ninguém',
    'Carga máxima: 150',
    'Saia',
    'Vento acima de 40',
  ],
  notTags: ['exceções', 'saia', 'pinte', 'nr', 'cap'],
  unbroken: ['5 min', '3 anos', '40 km/h', '150 kg/m²', 'cap. 5', 'NR-18'],
  heard: [
    ['Use sempre, mesmo por 5 min', 'cinco minutos'],
    ['Ninguém sobe com vento acima de 40 km/h', 'quarenta quilômetros por hora | quarenta quilómetros por hora'],
    [
      'Carga máxima: 150 kg/m²',
      'cento e cinquenta quilogramas por metro quadrado | cento e cinquenta quilos por metro quadrado',
    ],
    ['Fonte: NR-18, cap. 5', 'capítulo cinco'],
  ],
};
