import type { Ground, GroundPainter } from '../../overlays/ground.ts';
import type { Clip } from './clip.ts';

/**
 * Draws the grounds of a clip, one after the other, into files whose paths begin with `prefix`, and returns their paths. Throws the
 * painter's errors and CANCELED.
 */
export async function drawGrounds(
  painter: GroundPainter,
  clip: Clip,
  prefix: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<Ground, string>> {
  const shots = clip.kind === 'seam' ? [clip.from, clip.to] : [clip.shot, ...(clip.opening ? [clip.opening.from] : [])];
  const paths = new Map<Ground, string>();
  for (const shot of shots) {
    if (!('ground' in shot)) continue;
    const path = `${prefix}-ground-${paths.size}.jpg`;
    await painter.paint(shot.ground, path, signal);
    paths.set(shot.ground, path);
  }
  return paths;
}
