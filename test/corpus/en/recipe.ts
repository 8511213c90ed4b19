import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'script',
    text: `# Buttermilk Pancakes Without Sugar

These pancakes are soft, thick and ready in 20 minutes. They contain no sugar at all.

## What you need

- 2½ cups flour
- ½ tsp salt
- 250 g butter, melted
- 3 eggs
- 1 qt. buttermilk

## How to make them

1. Heat a pan to about 190 °C.
2. Stir the flour, the salt and the eggs. Do not beat the batter.
3. Add the buttermilk and wait 4-5 minutes.
4. Fry each pancake for 90 sec. on one side, then turn it. Never turn it twice.

> Tip: Leftover pancakes freeze well, but only without fruit.`,
  },
  titles: ['Buttermilk Pancakes Without Sugar'],
  headings: ['What you need', 'How to make them'],
  narrated: [
    'These pancakes are soft, thick and ready in 20 minutes.',
    'They contain no sugar at all.',
    '2½ cups flour',
    '½ tsp salt',
    '250 g butter, melted',
    '3 eggs',
    '1 qt. buttermilk',
    'Heat a pan to about 190 °C.',
    'Stir the flour, the salt and the eggs.',
    'Do not beat the batter.',
    'Add the buttermilk and wait 4-5 minutes.',
    'Fry each pancake for 90 sec. on one side, then turn it.',
    'Never turn it twice.',
    'Tip: Leftover pancakes freeze well, but only without fruit.',
  ],
  leftOut: ['##', '> Tip', '- 2½'],
  notAlone: [
    'Sugar',
    'Beat the batter',
    'Turn it twice',
    'Contain sugar',
    'Buttermilk Pancakes',
    'Fruit',
    'Without fruit',
  ],
  notTags: ['sugar', 'beat'],
  unbroken: ['2½ cups', '½ tsp', '250 g', '190 °C', '90 sec.'],
  heard: [
    ['2½ cups flour', 'two and a half cups flour'],
    ['½ tsp salt', 'half a teaspoon salt | one half teaspoon salt | half teaspoon salt'],
    ['250 g butter, melted', 'two hundred fifty grams butter | two hundred and fifty grams butter'],
    ['Heat a pan to about 190 °C.', 'one hundred ninety degrees celsius | one hundred and ninety degrees celsius'],
    ['Add the buttermilk and wait 4-5 minutes.', 'four to five minutes'],
    ['Fry each pancake for 90 sec. on one side.', 'ninety seconds on one side'],
    ['1 qt. buttermilk', 'one quart buttermilk'],
  ],
};
