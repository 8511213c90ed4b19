import type { Oklch } from '../../../drawing/colour.ts';

/** What a palette is made from. */
export interface Recipe {
  readonly name: string;
  /** Hues of the dark and of the light background. */
  readonly hues: readonly [night: number, paper: number];
  readonly accents: readonly [Oklch, Oklch, Oklch];
  /** A background for white text (lightness below 0.48) or for dark text (above 0.8). */
  readonly bold: Oklch;
  /** How colourful backgrounds are: 1 where left out, 0 for grey. */
  readonly chroma?: number;
}

type Numbers = readonly [lightness: number, chroma: number, hue: number];

function recipe(
  name: string,
  hues: readonly [number, number],
  accents: readonly [Numbers, Numbers, Numbers],
  bold: Numbers,
  chroma = 1,
): Recipe {
  return { name, hues, accents, bold, chroma };
}

/** Selected by hand, for videos without a style: each has a warm and a cool hue, one of them clearly dominant. */
export const VARIED: readonly [Recipe, ...Recipe[]] = [
  recipe(
    'dusk',
    [290, 60],
    [
      [0.71, 0.18, 28],
      [0.84, 0.15, 80],
      [0.7, 0.14, 300],
    ],
    [0.47, 0.17, 22],
  ),
  recipe(
    'lagoon',
    [228, 190],
    [
      [0.8, 0.13, 188],
      [0.74, 0.17, 38],
      [0.88, 0.15, 105],
    ],
    [0.45, 0.09, 205],
  ),
  recipe(
    'orchard',
    [158, 100],
    [
      [0.8, 0.14, 68],
      [0.72, 0.17, 143],
      [0.66, 0.2, 27],
    ],
    [0.44, 0.11, 150],
  ),
  recipe(
    'clay',
    [42, 78],
    [
      [0.67, 0.15, 40],
      [0.8, 0.13, 82],
      [0.74, 0.09, 200],
    ],
    [0.45, 0.125, 36],
  ),
  recipe(
    'electric',
    [272, 265],
    [
      [0.67, 0.23, 352],
      [0.83, 0.13, 205],
      [0.89, 0.17, 100],
    ],
    [0.45, 0.24, 268],
  ),
  recipe(
    'rose',
    [345, 20],
    [
      [0.76, 0.15, 5],
      [0.78, 0.15, 58],
      [0.84, 0.1, 165],
    ],
    [0.47, 0.17, 352],
  ),
  recipe(
    'glacier',
    [252, 230],
    [
      [0.75, 0.17, 48],
      [0.85, 0.08, 218],
      [0.66, 0.16, 256],
    ],
    [0.46, 0.17, 259],
  ),
  recipe(
    'citrus',
    [175, 110],
    [
      [0.9, 0.17, 102],
      [0.73, 0.17, 45],
      [0.78, 0.13, 172],
    ],
    [0.88, 0.16, 98],
  ),
];

export const NEWS: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'headline',
    [262, 250],
    [
      [0.63, 0.24, 27],
      [0.97, 0.01, 250],
      [0.72, 0.15, 245],
    ],
    [0.45, 0.19, 27],
    0.9,
  ),
  recipe(
    'bulletin',
    [255, 240],
    [
      [0.86, 0.17, 92],
      [0.72, 0.15, 240],
      [0.65, 0.22, 28],
    ],
    [0.44, 0.17, 258],
  ),
  recipe(
    'press',
    [25, 80],
    [
      [0.66, 0.22, 30],
      [0.93, 0.03, 80],
      [0.76, 0.12, 70],
    ],
    [0.42, 0.16, 24],
    0.4,
  ),
  recipe(
    'live',
    [285, 270],
    [
      [0.66, 0.24, 15],
      [0.84, 0.13, 205],
      [0.9, 0.15, 100],
    ],
    [0.43, 0.2, 300],
  ),
];

export const CALM: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'mist',
    [215, 210],
    [
      [0.78, 0.07, 200],
      [0.87, 0.06, 80],
      [0.72, 0.07, 250],
    ],
    [0.45, 0.06, 215],
    0.6,
  ),
  recipe(
    'sage',
    [150, 130],
    [
      [0.78, 0.08, 140],
      [0.88, 0.06, 95],
      [0.74, 0.08, 40],
    ],
    [0.44, 0.06, 150],
    0.6,
  ),
  recipe(
    'lavender',
    [295, 300],
    [
      [0.76, 0.09, 300],
      [0.86, 0.07, 350],
      [0.82, 0.06, 220],
    ],
    [0.45, 0.09, 295],
    0.7,
  ),
  recipe(
    'dune',
    [60, 75],
    [
      [0.8, 0.08, 65],
      [0.72, 0.07, 200],
      [0.88, 0.06, 95],
    ],
    [0.45, 0.06, 60],
    0.6,
  ),
];

export const CHILDREN: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'balloon',
    [255, 220],
    [
      [0.7, 0.2, 25],
      [0.9, 0.17, 98],
      [0.76, 0.15, 150],
    ],
    [0.86, 0.11, 215],
    1.3,
  ),
  recipe(
    'lemonade',
    [330, 95],
    [
      [0.88, 0.17, 95],
      [0.74, 0.18, 350],
      [0.78, 0.13, 190],
    ],
    [0.9, 0.16, 100],
    1.3,
  ),
  recipe(
    'meadow',
    [150, 135],
    [
      [0.72, 0.19, 40],
      [0.8, 0.18, 135],
      [0.9, 0.16, 98],
    ],
    [0.86, 0.16, 135],
    1.3,
  ),
  recipe(
    'candy',
    [310, 350],
    [
      [0.76, 0.16, 350],
      [0.82, 0.12, 200],
      [0.89, 0.15, 95],
    ],
    [0.85, 0.1, 350],
    1.3,
  ),
];

export const MINIMAL: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'graphite',
    [260, 90],
    [
      [0.9, 0.01, 90],
      [0.68, 0.02, 260],
      [0.7, 0.18, 35],
    ],
    [0.36, 0.01, 260],
    0.12,
  ),
  recipe(
    'chalk',
    [90, 90],
    [
      [0.72, 0.03, 90],
      [0.82, 0.02, 90],
      [0.66, 0.15, 250],
    ],
    [0.4, 0.015, 90],
    0.15,
  ),
  recipe(
    'porcelain',
    [240, 230],
    [
      [0.7, 0.05, 240],
      [0.85, 0.02, 230],
      [0.76, 0.13, 70],
    ],
    [0.4, 0.03, 240],
    0.25,
  ),
  recipe(
    'stone',
    [50, 70],
    [
      [0.74, 0.05, 50],
      [0.84, 0.03, 70],
      [0.66, 0.1, 165],
    ],
    [0.39, 0.025, 50],
    0.25,
  ),
];

export const TECH: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'circuit',
    [200, 200],
    [
      [0.82, 0.16, 165],
      [0.84, 0.13, 205],
      [0.74, 0.16, 300],
    ],
    [0.42, 0.08, 195],
    0.9,
  ),
  recipe(
    'neon',
    [285, 280],
    [
      [0.7, 0.24, 340],
      [0.84, 0.14, 200],
      [0.88, 0.2, 125],
    ],
    [0.4, 0.2, 285],
  ),
  recipe(
    'silicon',
    [245, 240],
    [
      [0.72, 0.16, 245],
      [0.85, 0.1, 210],
      [0.82, 0.15, 75],
    ],
    [0.42, 0.15, 250],
    0.9,
  ),
  recipe(
    'terminal',
    [155, 150],
    [
      [0.85, 0.2, 145],
      [0.9, 0.12, 110],
      [0.8, 0.11, 190],
    ],
    [0.38, 0.09, 150],
    0.7,
  ),
];

export const RETRO: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'cassette',
    [40, 75],
    [
      [0.69, 0.17, 42],
      [0.83, 0.14, 80],
      [0.68, 0.09, 190],
    ],
    [0.44, 0.11, 40],
    0.9,
  ),
  recipe(
    'diner',
    [185, 85],
    [
      [0.68, 0.18, 25],
      [0.82, 0.09, 185],
      [0.9, 0.08, 90],
    ],
    [0.42, 0.07, 190],
  ),
  recipe(
    'arcade',
    [300, 320],
    [
      [0.7, 0.22, 345],
      [0.82, 0.14, 60],
      [0.8, 0.13, 205],
    ],
    [0.42, 0.19, 310],
  ),
  recipe(
    'mustard',
    [75, 90],
    [
      [0.8, 0.15, 82],
      [0.64, 0.14, 35],
      [0.72, 0.09, 150],
    ],
    [0.43, 0.1, 38],
    0.8,
  ),
];

export const NATURE: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'forest',
    [150, 120],
    [
      [0.74, 0.15, 140],
      [0.86, 0.13, 100],
      [0.72, 0.13, 55],
    ],
    [0.41, 0.1, 148],
  ),
  recipe(
    'ocean',
    [225, 205],
    [
      [0.76, 0.12, 215],
      [0.9, 0.08, 190],
      [0.8, 0.14, 65],
    ],
    [0.43, 0.1, 230],
  ),
  recipe(
    'autumn',
    [45, 80],
    [
      [0.72, 0.17, 50],
      [0.82, 0.15, 80],
      [0.62, 0.17, 28],
    ],
    [0.42, 0.11, 45],
  ),
  recipe(
    'blossom',
    [140, 350],
    [
      [0.79, 0.13, 355],
      [0.76, 0.14, 140],
      [0.89, 0.12, 100],
    ],
    [0.42, 0.09, 145],
  ),
];

export const ELEGANT: readonly [Recipe, Recipe, Recipe, Recipe] = [
  recipe(
    'champagne',
    [70, 85],
    [
      [0.8, 0.1, 85],
      [0.92, 0.04, 85],
      [0.66, 0.07, 60],
    ],
    [0.32, 0.03, 70],
    0.3,
  ),
  recipe(
    'velvet',
    [350, 20],
    [
      [0.8, 0.1, 80],
      [0.68, 0.14, 10],
      [0.88, 0.04, 40],
    ],
    [0.35, 0.11, 5],
    0.8,
  ),
  recipe(
    'sapphire',
    [260, 250],
    [
      [0.83, 0.09, 85],
      [0.7, 0.11, 255],
      [0.92, 0.02, 250],
    ],
    [0.35, 0.12, 262],
    0.8,
  ),
  recipe(
    'emerald',
    [165, 120],
    [
      [0.82, 0.1, 88],
      [0.7, 0.1, 165],
      [0.92, 0.03, 110],
    ],
    [0.36, 0.07, 165],
    0.8,
  ),
];

/** Every recipe, in a fixed order; those for videos without a style first. */
export const RECIPES: readonly [Recipe, ...Recipe[]] = [
  ...VARIED,
  ...NEWS,
  ...CALM,
  ...CHILDREN,
  ...MINIMAL,
  ...TECH,
  ...RETRO,
  ...NATURE,
  ...ELEGANT,
];
