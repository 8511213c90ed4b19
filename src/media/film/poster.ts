import { join } from 'node:path';
import type { OverlayPainter } from '../../overlays/overlay-track.ts';
import { posterClip } from '../clips/clip.ts';
import { ClipGraph } from '../clips/clip-graph.ts';
import { drawOverlays } from '../clips/draw-overlays.ts';
import { moveAtomically } from '../clips/file-clip-cache.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import type { FilmFormat, SceneMedia } from './film.ts';

export interface PosterParts {
  readonly ffmpeg: Ffmpeg;
  readonly overlays: OverlayPainter;
  /** For unfinished files, which are removed. */
  readonly tempDir: string;
}

export interface PosterRequest {
  /** At least one. */
  readonly scenes: readonly SceneMedia[];
  readonly format: FilmFormat;
  /** Path of the JPEG, which appears there atomically. */
  readonly outputPath: string;
  readonly signal: AbortSignal;
}

/**
 * Makes a JPEG of the film's size, without captions: the first scene with its first words, which are the title. If that is
 * black, the next scene that is not.
 */
export async function makePoster(parts: PosterParts, request: PosterRequest): Promise<string> {
  const { scenes, outputPath } = request;
  return await withWorkFolder(parts.tempDir, async (folder) => {
    const path = join(folder, 'poster.jpg');
    for (const [index, scene] of scenes.entries()) {
      const position = { index, count: scenes.length };
      if (!(await drawScene(parts, request, { scene, position, path }))) break;
    }
    await moveAtomically(path, outputPath);
    return outputPath;
  });
}

interface PosterScene {
  readonly scene: SceneMedia;
  readonly position: { readonly index: number; readonly count: number };
  readonly path: string;
}

/** Writes one frame and returns whether it is black. */
async function drawScene(
  { ffmpeg, overlays }: PosterParts,
  { format, signal }: PosterRequest,
  { scene, position, path }: PosterScene,
): Promise<boolean> {
  const clip = posterClip(scene, position, format);
  const graph = new ClipGraph(format);
  const label = graph.add(clip, await drawOverlays(overlays, clip, format, path, signal));
  let black = false;
  const onLog = (line: string): void => {
    black ||= line.includes('pblack:');
  };
  const [filters = '', ...before] = graph.arguments().toReversed();
  // JPEG is always full range; scale also turns BT.709 into the matrix that JPEG readers assume.
  const jpeg = 'scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc,format=yuvj420p';
  const whole = `${filters};${label}blackframe=amount=98:threshold=26,${jpeg}[poster]`;
  const output = ['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-map_metadata', '-1', '-update', '1'];
  await ffmpeg.run([...before.toReversed(), whole, ...output, `file:${path}`], { signal, onLog });
  return black;
}
