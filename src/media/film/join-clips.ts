import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '../process/ffmpeg.ts';

export interface JoinRequest {
  /** Clips in the film's order, all of the same encoding. */
  readonly clips: readonly { readonly path: string; readonly frames: number }[];
  readonly frameRate: number;
  readonly soundPath: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Copies clips and sound into one MP4 that a browser can begin to play while it loads. Returns its path in the folder.
 */
export async function joinFilm(ffmpeg: Ffmpeg, request: JoinRequest): Promise<string> {
  const listPath = join(request.folder, 'clips.txt');
  const path = join(request.folder, 'film.mp4');
  await writeFile(listPath, clipList(request.clips, request.frameRate));
  const inputs = ['-f', 'concat', '-safe', '0', '-i', `file:${listPath}`, '-i', `file:${request.soundPath}`];
  const output = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-movflags', '+faststart', '-map_metadata', '-1'];
  await ffmpeg.run([...inputs, ...output, '-fflags', '+bitexact', `file:${path}`], { signal: request.signal });
  return path;
}

/**
 * The concat demuxer's list. Inside its quotes only the quote itself is special: it is closed, escaped and opened
 * again. Durations are explicit because the demuxer would otherwise use those that MP4 rounds to milliseconds, which
 * drift from the frames at 30 frames a second; they are rounded so that their sum does not drift either.
 */
export function clipList(clips: JoinRequest['clips'], frameRate: number): string {
  let frames = 0;
  let written = 0;
  return clips
    .map((clip) => {
      frames += clip.frames;
      const microseconds = Math.round((frames / frameRate) * 1e6) - written;
      written += microseconds;
      const path = clip.path.replaceAll("'", "'\\''");
      return `file 'file:${path}'\nduration ${(microseconds / 1e6).toFixed(6)}\n`;
    })
    .join('');
}
