import type { Ffmpeg } from '../process/ffmpeg.ts';
import { type FilmMeasurements, FilterLogReader } from './filter-log-reader.ts';

/** No card is black for so long. */
export const MAX_BLACK_SECONDS = 2;

export interface FilmMeasurementRequest {
  readonly path: string;
  readonly seconds: number;
  /** What there is in the file. */
  readonly video: boolean;
  readonly audio: boolean;
  /** Whether the sound has two channels that should be the same. */
  readonly identicalChannels: boolean;
  readonly signal: AbortSignal;
}

/** Small, which black is black enough for. No stretch is too short: of the key frames one may be all that is seen of it. */
const BLACK_FILTERS = 'scale=160:-2:flags=fast_bilinear,blackdetect=d=0:pic_th=0.98:pix_th=0.1';
/** Times are written with six digits; differences of them are this inexact at most. */
const ROUNDING_SECONDS = 1e-4;
const LOUDNESS_FILTERS = 'ebur128=dualmono=true:peak=true:framelog=verbose,silencedetect=n=-50dB:d=1[heard]';
/** Channels that differ by no more than this, half a hundredth of full scale, have one loudness and one peak to a tenth of a decibel. */
const MAX_CHANNEL_DIFFERENCE_DB = -46;
const ALL_CHANNELS = `[0:a]${LOUDNESS_FILTERS}`;
const ONE_CHANNEL = `[0:a]asplit[left][both];[left]pan=mono|c0=c0,${LOUDNESS_FILTERS};[both]pan=mono|c0=c0-c1,volumedetect,anullsink`;
/** The level is written before each line, by which errors are known. */
const LOG_WITH_LEVELS = ['-v', 'level+info'] as const;

/**
 * Counts all packets of the picture, hears every sample and looks at the key frames: decoding them all costs a fifth of
 * encoding them. Where they lie so far apart that a black stretch could hide between them, or where one is black, the
 * whole picture is decoded after all. Of channels that should be the same one is heard, for half the cost; where they are
 * not, both are after all.
 */
export async function measureFilm(ffmpeg: Ffmpeg, request: FilmMeasurementRequest): Promise<FilmMeasurements> {
  const { path, seconds, video, audio, identicalChannels, signal } = request;
  const reader = new FilterLogReader();
  if (!video && !audio) return reader.result(0);
  const graph = [
    ...(video ? [`[0:v]${BLACK_FILTERS},showinfo[seen]`] : []),
    ...(audio ? [identicalChannels ? ONE_CHANNEL : ALL_CHANNELS] : []),
  ];
  // The packets first: FFmpeg's progress counts the frames of its first output.
  const packets = video ? ['-map', '0:v', '-c', 'copy', '-f', 'null', '-'] : [];
  const filtered = [...(video ? ['-map', '[seen]'] : []), ...(audio ? ['-map', '[heard]'] : []), '-f', 'null', '-'];
  const keyFrames = ['-threads', '1', '-skip_frame:v', 'nokey', '-skip_loop_filter:v', 'all'];
  const input = [...LOG_WITH_LEVELS, ...keyFrames, '-i', `file:${path}`];
  const { frames } = await ffmpeg.run([...input, '-filter_complex', graph.join(';'), ...packets, ...filtered], {
    signal,
    onLog: (line) => reader.read(line),
  });
  let found = reader.result(video ? frames : 0);
  if (identicalChannels && reader.difference > MAX_CHANNEL_DIFFERENCE_DB)
    found = { ...found, ...(await measureAllChannels(ffmpeg, path, signal)) };
  const isConclusive = !found.hasBlack && reader.longestGapSeconds(seconds) <= MAX_BLACK_SECONDS + ROUNDING_SECONDS;
  if (!video || isConclusive) return found;
  const allFrames = await measureAllFrames(ffmpeg, path, signal);
  return { ...found, ...allFrames, damaged: found.damaged || allFrames.damaged };
}

async function measureAllChannels(ffmpeg: Ffmpeg, path: string, signal: AbortSignal) {
  const reader = new FilterLogReader();
  const graph = ['-filter_complex', ALL_CHANNELS, '-map', '[heard]', '-f', 'null', '-'];
  await ffmpeg.run([...LOG_WITH_LEVELS, '-i', `file:${path}`, ...graph], {
    signal,
    onLog: (line) => reader.read(line),
  });
  const { loudness, longestSilence } = reader.result(0);
  return { loudness, longestSilence };
}

async function measureAllFrames(ffmpeg: Ffmpeg, path: string, signal: AbortSignal) {
  const reader = new FilterLogReader();
  const { frames } = await ffmpeg.run(
    [...LOG_WITH_LEVELS, '-i', `file:${path}`, '-vf', BLACK_FILTERS, '-an', '-f', 'null', '-'],
    {
      signal,
      onLog: (line) => reader.read(line),
    },
  );
  const { longestBlack, damaged } = reader.result(frames);
  return { frames, longestBlack, damaged };
}
