import { contrast } from '../../../drawing/colour.ts';
import { PALETTE_NAMES, type Palette, paletteAt } from './palettes.ts';
import { Random } from './random.ts';

/** The palette of a video, from the first number of its random generator: the same for all its cards. */
export function paletteOf(video: Random): Palette {
  return paletteAt(video.below(PALETTE_NAMES.length));
}

/**
 * The colour of a video's palette, "#rrggbb", on which dark letters are read best; it marks spoken words in captions. `seed` is that of
 * the video's pictures.
 */
export function highlightOf(seed: string): string {
  const [first, second, third] = paletteOf(new Random(seed)).night.accents;
  return [second, third].reduce((best, next) => (onDark(next) > onDark(best) ? next : best), first);
}

function onDark(colour: string): number {
  return contrast(colour, '#000000');
}
