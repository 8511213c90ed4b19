import { hex } from '../../../drawing/colour.ts';
import type { ColourScheme } from '../../../overlays/ground.ts';
import type { Recipe } from './recipe.ts';
import { RECIPES } from './recipes.ts';

/** The colours of one video: three schemes from the same few hues. */
export interface Palette {
  readonly name: string;
  readonly night: ColourScheme;
  readonly paper: ColourScheme;
  /** A strong colour over the whole card, for variety. */
  readonly bold: ColourScheme;
}

/** The names of all palettes, in a fixed order. */
export const PALETTE_NAMES: readonly string[] = RECIPES.map((recipe) => recipe.name);

/** The palette at a position of PALETTE_NAMES; positions beyond the end start over. */
export function paletteAt(position: number): Palette {
  return paletteFrom(RECIPES[position % RECIPES.length] ?? RECIPES[0]);
}

export function paletteFrom(recipe: Recipe): Palette {
  const { chroma = 1 } = recipe;
  const [nightHue, paperHue] = recipe.hues;
  const [first, second, third] = recipe.accents;
  return {
    name: recipe.name,
    night: {
      background: hex([0.2, 0.055 * chroma, nightHue]),
      backgroundEnd: hex([0.3, 0.09 * chroma, nightHue]),
      ink: hex([0.985, 0.012 * chroma, paperHue]),
      soft: hex([0.86, 0.05 * chroma, nightHue]),
      accents: [hex(first), hex(second), hex(third), hex([0.4, 0.11 * chroma, nightHue])],
      body: hex([0.56, 0.13 * chroma, nightHue]),
    },
    paper: {
      background: hex([0.975, 0.014 * chroma, paperHue]),
      backgroundEnd: hex([0.93, 0.035 * chroma, paperHue]),
      ink: hex([0.23, 0.06 * chroma, nightHue]),
      soft: hex([0.42, 0.07 * chroma, nightHue]),
      accents: [hex(first), hex(second), hex(third), hex([0.88, 0.055 * chroma, paperHue])],
      body: hex([0.8, 0.1 * chroma, paperHue]),
    },
    bold: boldScheme(recipe),
  };
}

/** The scheme of a recipe with a colour over the whole card. */
export function boldScheme({ bold, hues, accents }: Recipe): ColourScheme {
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
