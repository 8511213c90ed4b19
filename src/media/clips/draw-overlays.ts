import type { OverlayPainter } from '../../overlays/overlay-track.ts';
import type { FilmFormat } from '../film/film.ts';
import type { BodyClip } from './clip.ts';
import type { WrittenTrack } from './clip-graph.ts';

/** Draws a clip's overlays into files whose paths begin with `prefix`. Throws the painter's errors and CANCELED. */
export async function drawOverlays(
  painter: OverlayPainter,
  clip: BodyClip,
  { size, rhythm }: FilmFormat,
  prefix: string,
  signal: AbortSignal,
): Promise<WrittenTrack[]> {
  const { frameRate } = rhythm;
  const written: WrittenTrack[] = [];
  for (const { overlay, range, leaves } of clip.overlays) {
    const order = { overlay, frames: range, leaves, clipFrames: clip.frames, size, frameRate };
    const path = `${prefix}-${written.length}.rgba`;
    const track = await painter.paint(order, path, signal);
    if (track !== null) written.push({ track, path });
  }
  return written;
}
