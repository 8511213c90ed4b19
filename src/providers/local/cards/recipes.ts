import { CHILDREN, NEWS, RETRO, TECH } from './lively-recipes.ts';
import { CALM, ELEGANT, MINIMAL, NATURE } from './quiet-recipes.ts';
import { type Recipe, VARIED } from './recipe.ts';

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
