import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';

export interface PreviewRequest {
  readonly path: string;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

/** The longer side in pixels: words in the picture are legible. */
const LONGEST_SIDE = 640;

/** A small MP4 of a film for models that look at it: a picture a second, no sound. Null where it has more bytes than allowed. */
export async function makePreview(
  ffmpeg: Ffmpeg,
  tempDir: string,
  { path, mostBytes, signal }: PreviewRequest,
): Promise<Uint8Array | null> {
  return await withWorkFolder(tempDir, async (folder) => {
    const preview = join(folder, 'preview.mp4');
    const scale = `scale=${LONGEST_SIDE}:${LONGEST_SIDE}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
    const picture = ['-map', '0:v:0', '-an', '-vf', `fps=1,${scale}`, '-c:v', 'libx264', '-preset', 'veryfast'];
    const form = ['-crf', '28', '-threads', '2', '-map_metadata', '-1', '-movflags', '+faststart', `file:${preview}`];
    await ffmpeg.run(['-i', `file:${path}`, ...picture, ...form], { signal });
    const { size } = await stat(preview);
    return size > mostBytes ? null : new Uint8Array(await readFile(preview));
  });
}
