import { join } from 'node:path';
import type { FfmpegRunner } from '../process/limited-ffmpeg.ts';
import { MUSIC_LUFS, type WriteBed } from './music.ts';
import { type MusicFile, musicInput } from './music-files.ts';

/** Music as inputs of FFmpeg, at least as long as the film. */
export interface MusicSource {
  readonly inputs: readonly string[];
  /** Filters that make one stream of the inputs, of which the first is number 2. */
  readonly filters: string;
  readonly integratedLufs: number;
}

export interface MusicRequest {
  readonly mood: string;
  /** Length of the film. */
  readonly seconds: number;
  /** A folder for temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Overlap of the end of a file with its beginning, where it is repeated, at most and as a share of the file. */
const CROSS_FADE = { seconds: 3, share: 0.25 } as const;

export interface MusicMakers {
  readonly ffmpeg: FfmpegRunner;
  readonly writeBed: WriteBed;
  /** The user's own files by mood. */
  readonly files: ReadonlyMap<string, MusicFile>;
}

/** The music of a mood: the user's own file, or else the built-in music. */
export async function musicSource(makers: MusicMakers, request: MusicRequest): Promise<MusicSource> {
  const file = makers.files.get(request.mood);
  if (file === undefined) return await builtInSource(makers.writeBed, request);
  if (file.seconds >= request.seconds)
    return { inputs: musicInput(file.path), filters: '[2:a:0]anull', integratedLufs: file.integratedLufs };
  return await repeatedSource(makers.ffmpeg, file, request);
}

/** The built-in music is a loop without a seam. */
async function builtInSource(writeBed: WriteBed, { mood, folder, signal }: MusicRequest): Promise<MusicSource> {
  const path = join(folder, 'music.wav');
  await writeBed(mood, path, signal);
  const inputs = ['-stream_loop', '-1', '-i', `file:${path}`];
  return { inputs, filters: '[2:a]anull', integratedLufs: MUSIC_LUFS };
}

/**
 * The file from its beginning, repeated with a cross-fade: first its head, then a loop that goes from the end of the
 * head to the end of the file and fades over to the head again.
 */
async function repeatedSource(
  ffmpeg: FfmpegRunner,
  file: MusicFile,
  { folder, signal }: MusicRequest,
): Promise<MusicSource> {
  const fade = Math.min(CROSS_FADE.seconds, CROSS_FADE.share * file.seconds).toFixed(3);
  const loopPath = join(folder, 'music-loop.wav');
  const filters = [
    '[0:a:0]aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,asplit[whole][copy]',
    `[whole]atrim=start=${fade},asetpts=PTS-STARTPTS[rest]`,
    `[copy]atrim=end=${fade}[head]`,
    `[rest][head]acrossfade=d=${fade}:c1=qsin:c2=qsin[loop]`,
  ].join(';');
  const output = ['-map', '[loop]', '-c:a', 'pcm_s16le', '-f', 'wav', `file:${loopPath}`];
  await ffmpeg.run([...musicInput(file.path), '-filter_complex', filters, ...output], { signal });
  return {
    inputs: [...musicInput(file.path), '-stream_loop', '-1', '-i', `file:${loopPath}`],
    filters:
      `[2:a:0]aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,atrim=end=${fade}[head];` +
      '[3:a]aformat=sample_fmts=fltp:channel_layouts=stereo[loop];[head][loop]concat=n=2:v=0:a=1',
    integratedLufs: file.integratedLufs,
  };
}
