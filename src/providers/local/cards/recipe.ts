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

export function recipe(
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
