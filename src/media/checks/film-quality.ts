import type { FrameSize } from '../film/film.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import type { MediaProbe, MediaStream } from '../process/media-probe.ts';
import { CEILING_DBTP, LOUDNESS_LUFS } from '../sound/loudness.ts';
import { MAX_BLACK_SECONDS, measureFilm } from './film-measurement.ts';
import type { FilmMeasurements } from './filter-log-reader.ts';
import { isFastStart } from './mp4-boxes.ts';

/** The properties that the film should have. */
export interface ExpectedFilm {
  readonly size: FrameSize;
  readonly frameRate: number;
  readonly totalFrames: number;
  /** Without music both channels should be the same. */
  readonly music: boolean;
}

/** The measured properties; numbers are 0 where the file has no value. */
export interface FilmQuality {
  /** True where there are no problems. */
  readonly passed: boolean;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly videoCodec: string;
  readonly audioCodec: string;
  /** -Infinity for a film without sound. */
  readonly integratedLoudnessLufs: number;
  readonly truePeakDbtp: number;
  readonly durationSeconds: number;
  /** Each one is a sentence for the film's owner. */
  readonly problems: string[];
}

interface Findings {
  readonly expected: ExpectedFilm;
  readonly video: Partial<MediaStream>;
  readonly audio: Partial<MediaStream>;
  readonly measured: FilmMeasurements;
  readonly fast: boolean;
}

type Check = (findings: Findings) => string | null;

/** Longest accepted silence between two scenes. */
const MAX_SILENCE_SECONDS = 4;
/** Sound may be one AAC frame longer or shorter than the picture. */
const SOUND_SLACK_SECONDS = 1024 / 48_000;

/**
 * Inspects a finished film: its metadata, its packets, its key frames and every audio sample. Problems are returned,
 * not thrown; throws FFMPEG_FAILED only for a file that is not media.
 */
export async function inspectFilm(
  ffmpeg: Ffmpeg,
  path: string,
  expected: ExpectedFilm,
  signal: AbortSignal,
): Promise<FilmQuality> {
  const probe = await ffmpeg.probe(path, signal);
  const video = streamOf(probe, 'video');
  const audio = streamOf(probe, 'audio');
  const seconds = probe.format.duration ?? 0;
  const contents = {
    video: hasStream(video),
    audio: hasStream(audio),
    identicalChannels: !expected.music && audio.channels === 2,
  };
  const measured = await measureFilm(ffmpeg, { path, seconds, ...contents, signal });
  const findings = { expected, video, audio, measured, fast: await isFastStart(path) };
  const problems = CHECKS.map((check) => check(findings)).filter((problem) => problem !== null);
  return {
    passed: problems.length === 0,
    width: video.width ?? 0,
    height: video.height ?? 0,
    frameRate: video.r_frame_rate ?? 0,
    videoCodec: video.codec_name ?? '',
    audioCodec: audio.codec_name ?? '',
    integratedLoudnessLufs: measured.loudness.integratedLufs,
    truePeakDbtp: measured.loudness.truePeakDbtp,
    durationSeconds: seconds,
    problems,
  };
}

const CHECKS: readonly Check[] = [
  ({ video, expected: { size } }) =>
    video.width === size.width && video.height === size.height
      ? null
      : `The picture is ${video.width ?? 0} × ${video.height ?? 0} instead of ${size.width} × ${size.height}.`,
  ({ video, expected }) =>
    video.r_frame_rate === expected.frameRate
      ? null
      : `The film runs at ${video.r_frame_rate ?? 0} frames a second instead of ${expected.frameRate}.`,
  ({ measured, expected }) =>
    measured.frames === expected.totalFrames
      ? null
      : `The film has ${measured.frames} frames instead of ${expected.totalFrames}.`,
  ({ video }) =>
    video.codec_name === 'h264' && video.pix_fmt === 'yuv420p' ? null : 'The picture is not H.264 in yuv420p.',
  ({ video }) =>
    video.color_range === 'tv' &&
    [video.color_space, video.color_primaries, video.color_transfer].every((tag) => tag === 'bt709')
      ? null
      : 'The colours are not marked as BT.709.',
  ({ audio }) =>
    audio.codec_name === 'aac' && audio.sample_rate === 48_000 && audio.channels === 2
      ? null
      : 'The sound is not AAC in stereo at 48 kHz.',
  ({ audio, expected }) => {
    const seconds = expected.totalFrames / expected.frameRate;
    const deviation = Math.abs((audio.duration ?? 0) - seconds);
    return deviation <= SOUND_SLACK_SECONDS
      ? null
      : `The sound is ${deviation.toFixed(2)} s longer or shorter than the film should be.`;
  },
  ({ measured }) =>
    Math.abs(measured.loudness.integratedLufs - LOUDNESS_LUFS) <= 1
      ? null
      : `The sound has a loudness of ${measured.loudness.integratedLufs.toFixed(1)} LUFS instead of ${LOUDNESS_LUFS}.`,
  ({ measured }) =>
    measured.loudness.truePeakDbtp <= CEILING_DBTP
      ? null
      : `The sound peaks at ${measured.loudness.truePeakDbtp.toFixed(1)} dBTP, over ${CEILING_DBTP}.`,
  ({ measured }) =>
    measured.longestSilence <= MAX_SILENCE_SECONDS
      ? null
      : `The film is silent for ${measured.longestSilence.toFixed(1)} seconds.`,
  ({ measured }) =>
    measured.longestBlack <= MAX_BLACK_SECONDS
      ? null
      : `The picture is black for ${measured.longestBlack.toFixed(1)} seconds.`,
  ({ measured }) => (measured.damaged ? 'Parts of the file cannot be read.' : null),
  ({ fast }) => (fast ? null : 'The file cannot begin to play before it is loaded whole.'),
];

function streamOf(probe: MediaProbe, kind: string): Partial<MediaStream> {
  return probe.streams.find((stream) => stream.codec_type === kind) ?? {};
}

function hasStream(stream: Partial<MediaStream>): boolean {
  return stream.codec_name !== undefined;
}
