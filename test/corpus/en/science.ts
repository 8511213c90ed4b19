import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'article',
    seconds: 120,
    text: `Why Glass Sponges Matter

Glass sponges are animals, not plants. They live at depths of 90 to 2,000 m, where the water is rarely warmer than 10 °C.

A reef off British Columbia covers about 700 km², yet nobody knew of it before 1987. Its oldest parts grew some 9,000 years ago. Sponges filter up to 3 l of water per hour, but they do not clean oil spills. There is no evidence that they can.

The skeletons consist of silica. They may contain fewer than 5% of organic matter (cf. Leys et al. 2004). When the sea warms by 2.5 °C, growth falls by 40%, although not all species react. Only one of the 12 reefs is open to fishing; the others are not.

At −1.8 °C sea water freezes. Glass sponges would survive that, if it lasted no longer than a day.`,
  },
  titles: ['Why Glass Sponges Matter'],
  narrated: [
    'Glass sponges are animals, not plants.',
    'They live at depths of 90 to 2,000 m, where the water is rarely warmer than 10 °C.',
    'A reef off British Columbia covers about 700 km², yet nobody knew of it before 1987.',
    'Its oldest parts grew some 9,000 years ago.',
    'Sponges filter up to 3 l of water per hour, but they do not clean oil spills.',
    'There is no evidence that they can.',
    'The skeletons consist of silica.',
    'When the sea warms by 2.5 °C, growth falls by 40%, although not all species react.',
    'Only one of the 12 reefs is open to fishing; the others are not.',
    'At −1.8 °C sea water freezes.',
    'Glass sponges would survive that, if it lasted no longer than a day.',
  ],
  notAlone: [
    'Evidence',
    'Clean oil spills',
    'They clean oil spills',
    'Plants',
    'Growth falls by 40',
    'All species react',
    'Fishing',
    'Open to fishing',
    'The others',
    'Fewer than 5',
    'Evidence that they can',
    'Warmer than 10 °C',
    'Sea water freezes',
    'Glass sponges would survive',
  ],
  notTags: ['plants', 'evidence', 'oil spills', 'clean'],
  unbroken: ['2,000 m', '10 °C', '700 km²', '3 l', '2.5 °C', '−1.8 °C', '40%', 'et al.'],
  heard: [
    ['They live at depths of 90 to 2,000 m.', 'ninety to two thousand meters | ninety to two thousand metres'],
    ['A reef covers about 700 km².', 'seven hundred square kilometers'],
    ['Nobody knew of it before 1987.', 'nineteen eighty seven'],
    ['Growth falls by 40%.', 'forty percent'],
    ['At −1.8 °C sea water freezes.', 'minus one point eight degrees celsius'],
    ['The sea warms by 2.5 °C.', 'two point five degrees celsius'],
    ['Sponges filter up to 3 l of water per hour.', 'three liters of water per hour'],
  ],
};
