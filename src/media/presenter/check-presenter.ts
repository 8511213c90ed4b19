import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';

/** A moving picture of a presenter in one form: H.264 in MP4, 25 pictures a second, without sound. */
export interface CheckedPresenter {
  readonly bytes: Uint8Array;
  /** Pixels, both even. */
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
}

/** A playlist, which could name other files, is not opened: only what services answer with. */
const FORMATS = 'mov,matroska';
const SMALLEST_SIDE = 64;
const LARGEST_SIDE = 4_096;
/** A longer side is scaled down: the presenter never fills more than a frame. */
const LARGEST_KEPT = 1_280;
/** The rest of a longer one is cut off; no scene takes as long. */
const LONGEST_SECONDS = 600;

/**
 * Decodes a video from outside, whatever type it claims to have, and encodes it again. Throws FFMPEG_FAILED for bytes that are no
 * video, and for one whose pictures are too small or too large.
 */
export function presenterChecker(
  ffmpeg: Ffmpeg,
  workFolder: string,
): (bytes: Uint8Array, signal: AbortSignal) => Promise<CheckedPresenter> {
  return async (bytes, signal) =>
    await withWorkFolder(workFolder, async (folder) => {
      const source = join(folder, 'presenter');
      const target = join(folder, 'presenter.mp4');
      await writeFile(source, bytes);
      const given = pictureIn(await ffmpeg.probe(source, signal));
      const sides = [given.width, given.height];
      if (Math.min(...sides) < SMALLEST_SIDE || Math.max(...sides) > LARGEST_SIDE)
        throw new AppError('FFMPEG_FAILED', `The video has ${given.width} × ${given.height} pixels.`);
      const most = (side: string) => `'min(${LARGEST_KEPT},${side})'`;
      const scale = `scale=${most('iw')}:${most('ih')}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
      const filters = `fps=25,${scale}:${TO_FILM_COLOURS},setsar=1,format=yuv420p`;
      await ffmpeg.run(
        [
          ...['-format_whitelist', FORMATS, '-i', `file:${source}`, '-t', String(LONGEST_SECONDS)],
          ...['-map', '0:v:0', '-an', '-vf', filters, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '17'],
          ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
          ...['-threads', '2', '-g', '25', '-map_metadata', '-1', '-fflags', '+bitexact', '-movflags', '+faststart'],
          `file:${target}`,
        ],
        { signal },
      );
      const { width, height, duration = 0 } = pictureIn(await ffmpeg.probe(target, signal));
      if (duration <= 0) throw new AppError('FFMPEG_FAILED', 'The video has no pictures.');
      return { bytes: new Uint8Array(await readFile(target)), width, height, durationSeconds: duration };
    });
}

function pictureIn({ streams, format }: Awaited<ReturnType<Ffmpeg['probe']>>) {
  const stream = streams.find(({ codec_type: type }) => type === 'video');
  if (stream?.width === undefined || stream.height === undefined)
    throw new AppError('FFMPEG_FAILED', 'The file has no moving picture.');
  return { width: stream.width, height: stream.height, duration: stream.duration ?? format.duration };
}
