import type { FrameSize } from '../film/film.ts';

/** RGB to the colours of a film's frames: the matrix is applied, not only tagged. */
export const TO_FILM_COLOURS = 'out_color_matrix=bt709:out_range=tv';

/**
 * Crops a picture of any aspect ratio to that of `shape`, about its centre, and scales the rest to `size` in the film's
 * colours. A single scaling: each further one would cost sharpness.
 */
export function coverFilters(shape: FrameSize, size: FrameSize, pixels: 'yuv420p' | 'yuv444p' = 'yuv420p'): string {
  const { width, height } = shape;
  const crop = `crop='min(iw,ih*${width}/${height})':'min(ih,iw*${height}/${width})':exact=1`;
  return `${crop},scale=${size.width}:${size.height}:flags=lanczos:${TO_FILM_COLOURS},format=${pixels}`;
}
