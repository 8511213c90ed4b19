import { join } from 'node:path';
import { moveAtomically } from '../clips/file-clip-cache.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import type { FilmPlan } from './film-plan.ts';

export interface ThumbnailRequest {
  readonly filmPath: string;
  readonly plan: FilmPlan;
  readonly frameRate: number;
  /** Path of the JPEG, which appears there atomically. */
  readonly outputPath: string;
  readonly tempDir: string;
  readonly signal: AbortSignal;
}

/** Makes a poster of the first scene whose middle is not black, as a JPEG of the film's size. */
export async function makeThumbnail(ffmpeg: Ffmpeg, request: ThumbnailRequest): Promise<string> {
  return withWorkFolder(request.tempDir, async (folder) => {
    const path = join(folder, 'poster.jpg');
    for (const scene of request.plan.scenes) {
      const middle = (scene.startFrame + Math.floor(scene.frames / 2)) / request.frameRate;
      if (!(await drawFrame(ffmpeg, request, middle, path))) break;
    }
    await moveAtomically(path, request.outputPath);
    return request.outputPath;
  });
}

/** Writes one frame and returns whether it is black. */
async function drawFrame(ffmpeg: Ffmpeg, request: ThumbnailRequest, seconds: number, path: string): Promise<boolean> {
  let black = false;
  const onLog = (line: string): void => {
    black ||= line.includes('pblack:');
  };
  const frame = ['-ss', seconds.toFixed(3), '-i', `file:${request.filmPath}`, '-frames:v', '1'];
  // JPEG is always full range; scale also turns BT.709 into the matrix that JPEG readers assume.
  const filters =
    'blackframe=amount=98:threshold=26,scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc,format=yuvj420p';
  const output = ['-vf', filters, '-q:v', '3', '-map_metadata', '-1', '-update', '1', `file:${path}`];
  await ffmpeg.run([...frame, ...output], { signal: request.signal, onLog });
  return black;
}
