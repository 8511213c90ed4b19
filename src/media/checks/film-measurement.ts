import type { Ffmpeg } from '../process/ffmpeg.ts';
import { type FilmMeasurements, FilterLogReader } from './filter-log-reader.ts';

/** The longest black stretch that is accepted; no title card is black for so long. */
export const MAX_BLACK_SECONDS = 2;

export interface FilmMeasurementRequest {
  readonly path: string;
  readonly seconds: number;
  /** Streams in the file. */
  readonly video: boolean;
  readonly audio: boolean;
  /** True where the two sound channels should be identical. */
  readonly identicalChannels: boolean;
  readonly signal: AbortSignal;
}

/**
 * Scaled down, which is precise enough for black. No minimum duration: a stretch may contain only one of the decoded
 * key frames.
 */
const BLACK_FILTERS = 'scale=160:-2:flags=fast_bilinear,blackdetect=d=0:pic_th=0.98:pix_th=0.1';
/** Times are logged with six digits; this is the largest error of a difference of two. */
const ROUNDING_SECONDS = 1e-4;
const LOUDNESS_FILTERS = 'ebur128=dualmono=true:peak=true:framelog=verbose,silencedetect=n=-50dB:d=1[heard]';
/**
 * Channels that differ by no more than this (half a hundredth of full scale) have the same loudness and peak within a
 * tenth of a decibel.
 */
const MAX_CHANNEL_DIFFERENCE_DB = -46;
const ALL_CHANNELS = `[0:a]${LOUDNESS_FILTERS}`;
const ONE_CHANNEL = `[0:a]asplit[left][both];[left]pan=mono|c0=c0,${LOUDNESS_FILTERS};[both]pan=mono|c0=c0-c1,volumedetect,anullsink`;
/** Each log line starts with its level, which identifies errors. */
const LOG_WITH_LEVELS = ['-v', 'level+info'] as const;

/**
 * Counts all video packets, measures every audio sample and decodes only the key frames: decoding all frames costs a
 * fifth of encoding them. If a black stretch could fit between two key frames, or if a key frame is black, the whole
 * video is decoded. Where both channels should be identical only one is measured, for half the cost; where they turn
 * out to differ, both are measured.
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
