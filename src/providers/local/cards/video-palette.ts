import { contrast } from '../../../drawing/colour.ts';
import { visualStyleOf } from './look/visual-styles.ts';
import { paletteFrom } from './palettes.ts';
import { Random } from './random.ts';
import { type Recipe, VARIED } from './recipe.ts';

/** The recipe of a video's palette, from the first number of its random generator: the same for all its cards. */
export function recipeOf(video: Random, style: { readonly recipes: readonly [Recipe, ...Recipe[]] } | null): Recipe {
  return video.pick(style?.recipes ?? VARIED);
}

/**
 * The colour of a video's palette, "#rrggbb", on which dark letters are read best; it marks spoken words in captions. `seed` and
 * `visualStyle` are those of the video's pictures.
 */
export function highlightOf(seed: string, visualStyle?: string): string {
  const recipe = recipeOf(new Random(seed), visualStyleOf(visualStyle));
  const [first, second, third] = paletteFrom(recipe).night.accents;
  return [second, third].reduce((best, next) => (onDark(next) > onDark(best) ? next : best), first);
}

function onDark(colour: string): number {
  return contrast(colour, '#000000');
}
