import type { FrameSize } from '../film/film.ts';

/** RGB to what a film's frames are, with the matrix really applied and not only named. */
export const TO_FILM_COLOURS = 'out_color_matrix=bt709:out_range=tv';

/**
 * Cuts a picture of any shape to the shape of `shape`, about its centre, and scales what is left to `size` in the film's
 * colours. One scaling for everything: each further one would cost sharpness.
 */
export function coverFilters(shape: FrameSize, size: FrameSize, pixels: 'yuv420p' | 'yuv444p' = 'yuv420p'): string {
  const { width, height } = shape;
  const crop = `crop='min(iw,ih*${width}/${height})':'min(ih,iw*${height}/${width})':exact=1`;
  return `${crop},scale=${size.width}:${size.height}:flags=lanczos:${TO_FILM_COLOURS},format=${pixels}`;
}
