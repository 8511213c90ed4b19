import { hex, type Oklch } from '../../../drawing/colour.ts';

/** The colours of one card. Every one is "#rrggbb". */
export interface ColourScheme {
  /** The background is a slight gradient between these two; text on both has a contrast of at least 4.5. */
  readonly background: string;
  readonly backgroundEnd: string;
  /** Headlines. */
  readonly ink: string;
  /** Small text. */
  readonly soft: string;
  /** Colours of shapes: first, second, third, and a muted one near the background. */
  readonly accents: readonly [string, string, string, string];
  /**
   * The background's own hue at medium lightness: for large shapes behind others, where a mixture of two hues would
   * look dull.
   */
  readonly body: string;
}

/** The colours of one video: three schemes from the same few hues. */
export interface Palette {
  readonly name: string;
  readonly night: ColourScheme;
  readonly paper: ColourScheme;
  /** A strong colour over the whole card, for variety. */
  readonly bold: ColourScheme;
}

interface Recipe {
  readonly name: string;
  /** Hues of the dark and of the light background. */
  readonly hues: readonly [night: number, paper: number];
  readonly accents: readonly [Oklch, Oklch, Oklch];
  /** A background for white text (lightness below 0.5) or for dark text (above 0.8). */
  readonly bold: Oklch;
}

/** Selected by hand: each has a warm and a cool hue, one of them clearly dominant. */
const RECIPES: readonly [Recipe, ...Recipe[]] = [
  {
    name: 'dusk',
    hues: [290, 60],
    accents: [
      [0.71, 0.18, 28],
      [0.84, 0.15, 80],
      [0.7, 0.14, 300],
    ],
    bold: [0.47, 0.17, 22],
  },
  {
    name: 'lagoon',
    hues: [228, 190],
    accents: [
      [0.8, 0.13, 188],
      [0.74, 0.17, 38],
      [0.88, 0.15, 105],
    ],
    bold: [0.45, 0.09, 205],
  },
  {
    name: 'orchard',
    hues: [158, 100],
    accents: [
      [0.8, 0.14, 68],
      [0.72, 0.17, 143],
      [0.66, 0.2, 27],
    ],
    bold: [0.44, 0.11, 150],
  },
  {
    name: 'clay',
    hues: [42, 78],
    accents: [
      [0.67, 0.15, 40],
      [0.8, 0.13, 82],
      [0.74, 0.09, 200],
    ],
    bold: [0.45, 0.125, 36],
  },
  {
    name: 'electric',
    hues: [272, 265],
    accents: [
      [0.67, 0.23, 352],
      [0.83, 0.13, 205],
      [0.89, 0.17, 100],
    ],
    bold: [0.45, 0.24, 268],
  },
  {
    name: 'rose',
    hues: [345, 20],
    accents: [
      [0.76, 0.15, 5],
      [0.78, 0.15, 58],
      [0.84, 0.1, 165],
    ],
    bold: [0.47, 0.17, 352],
  },
  {
    name: 'glacier',
    hues: [252, 230],
    accents: [
      [0.75, 0.17, 48],
      [0.85, 0.08, 218],
      [0.66, 0.16, 256],
    ],
    bold: [0.46, 0.17, 259],
  },
  {
    name: 'citrus',
    hues: [175, 110],
    accents: [
      [0.9, 0.17, 102],
      [0.73, 0.17, 45],
      [0.78, 0.13, 172],
    ],
    bold: [0.88, 0.16, 98],
  },
];

/** The names of all palettes, in a fixed order. */
export const PALETTE_NAMES: readonly string[] = RECIPES.map((recipe) => recipe.name);

/** The palette at a position of PALETTE_NAMES; positions beyond the end start over. */
export function paletteAt(position: number): Palette {
  const recipe = RECIPES[position % RECIPES.length] ?? RECIPES[0];
  const [nightHue, paperHue] = recipe.hues;
  const [first, second, third] = recipe.accents;
  return {
    name: recipe.name,
    night: {
      background: hex([0.2, 0.055, nightHue]),
      backgroundEnd: hex([0.3, 0.09, nightHue]),
      ink: hex([0.985, 0.012, paperHue]),
      soft: hex([0.86, 0.05, nightHue]),
      accents: [hex(first), hex(second), hex(third), hex([0.4, 0.11, nightHue])],
      body: hex([0.56, 0.13, nightHue]),
    },
    paper: {
      background: hex([0.975, 0.014, paperHue]),
      backgroundEnd: hex([0.93, 0.035, paperHue]),
      ink: hex([0.23, 0.06, nightHue]),
      soft: hex([0.42, 0.07, nightHue]),
      accents: [hex(first), hex(second), hex(third), hex([0.88, 0.055, paperHue])],
      body: hex([0.8, 0.1, paperHue]),
    },
    bold: boldScheme(recipe),
  };
}

function boldScheme({ bold, hues, accents }: Recipe): ColourScheme {
  const [lightness, chroma, hue] = bold;
  const dark = lightness < 0.6;
  const [first, second, third] = accents;
  return {
    background: hex(bold),
    backgroundEnd: hex([lightness - (dark ? 0.08 : 0.05), chroma, hue - 8]),
    ink: dark ? hex([0.99, 0.01, hues[1]]) : hex([0.22, 0.06, hues[0]]),
    soft: dark ? hex([0.95, 0.03, hue]) : hex([0.34, 0.07, hues[0]]),
    accents: [hex(second), hex(dark ? [0.97, 0.02, hues[1]] : third), hex(first), hex([lightness - 0.1, chroma, hue])],
    body: hex([lightness + (dark ? 0.14 : -0.14), chroma, hue]),
  };
}
