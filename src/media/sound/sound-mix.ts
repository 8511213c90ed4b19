import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOUND_ENCODING } from '../clips/encoder.ts';
import type { MusicBed } from '../film/film.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { CEILING_DBTP, LOUDNESS_LUFS, type Loudness, LoudnessReader } from './loudness.ts';
import { type ComposeBed, composeBed } from './music.ts';
import { type MixLevels, type MixShape, masterFilters, voiceFilters } from './sound-graph.ts';

/** One narration and where it begins. */
export interface PlacedVoice {
  readonly path: string;
  /** Samples at 48 kHz from the film's beginning. */
  readonly startSample: number;
}

export interface SoundMixRequest {
  readonly voices: readonly PlacedVoice[];
  /** Length of the finished sound in samples at 48 kHz. */
  readonly samples: number;
  readonly music?: MusicBed;
  /** A folder for files that nobody needs afterwards. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** 0 to 1; never goes back. */
  readonly onProgress: (fraction: number) => void;
}

export const SAMPLE_RATE = 48_000;
/** Softer than this nothing was said, and no gain would make it a voice. */
const SILENCE_LUFS = -60;
/** True peaks lie above the samples, and AAC adds some: the first try leaves them this much room under the ceiling. */
const PEAK_ROOM_DB = 0.6;
/** Loudness that a voice loses for each decibel that its peaks are limited; measured on espeak-ng's. */
const LOST_BY_LIMITING = 0.15;
/** Half of what a film may be off. */
const TOLERANCE_LU = 0.5;
const MAX_TRIES = 4;

/**
 * Mixes the whole film's sound in one piece: voices to the sample, music ducked under them, -14 LUFS, true peak at
 * most -1 dBTP. What counts is the encoded file, so that is measured, and made again with better levels where it misses.
 */
export class SoundMix {
  readonly #ffmpeg: Ffmpeg;
  readonly #compose: ComposeBed;

  /** `compose` says where the music is made; in the calling thread where left out. */
  constructor(ffmpeg: Ffmpeg, compose: ComposeBed = composeBed) {
    this.#ffmpeg = ffmpeg;
    this.#compose = compose;
  }

  /** Gives the path of an .m4a in the order's folder. */
  async mix(given: SoundMixRequest): Promise<string> {
    const request = withoutSilentMusic(given);
    const voicePath = join(request.folder, 'voice.wav');
    const voice = await this.#placeVoices(request, voicePath);
    const paths = { voicePath, musicPath: await this.#writeBed(request), soundPath: join(request.folder, 'sound.m4a') };
    const audible = voice.integratedLufs > SILENCE_LUFS;
    let levels = audible ? firstLevels(voice) : SILENT;
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      await this.#encode(request, paths, levels);
      const better = audible ? betterLevels(levels, await this.#measure(request, paths.soundPath)) : null;
      if (better === null) break;
      levels = better;
    }
    request.onProgress(1);
    return paths.soundPath;
  }

  async #placeVoices(request: SoundMixRequest, voicePath: string): Promise<Loudness> {
    const reader = new LoudnessReader();
    const inputs = request.voices.flatMap(({ path }) => ['-i', `file:${path}`]);
    const output = ['-c:a', 'pcm_f32le', '-rf64', 'auto', '-f', 'wav', `file:${voicePath}`];
    await this.#ffmpeg.run([...inputs, '-filter_complex', voiceFilters(request), '-map', '[voice]', ...output], {
      signal: request.signal,
      onLog: (line) => reader.read(line),
      onProgress: ({ seconds }) => request.onProgress(0.3 * this.#part(request, seconds)),
    });
    return reader.result;
  }

  /** Voice and music at these levels, as AAC. */
  async #encode(
    request: SoundMixRequest,
    { voicePath, musicPath, soundPath }: MixPaths,
    levels: MixLevels,
  ): Promise<void> {
    const music = musicPath === null ? [] : ['-stream_loop', '-1', '-i', `file:${musicPath}`];
    const shape: MixShape = { samples: request.samples, musicVolume: request.music?.volume ?? null };
    const filters = ['-filter_complex', masterFilters(shape, levels), '-map', '[sound]'];
    const output = [...SOUND_ENCODING, '-map_metadata', '-1', '-fflags', '+bitexact', `file:${soundPath}`];
    await this.#ffmpeg.run(['-i', `file:${voicePath}`, ...music, ...filters, ...output], {
      signal: request.signal,
      onProgress: ({ seconds }) => request.onProgress(0.3 + 0.4 * this.#part(request, seconds)),
    });
  }

  /** The loudness of what a player will hear. */
  async #measure(request: SoundMixRequest, soundPath: string): Promise<Loudness> {
    const reader = new LoudnessReader();
    // Without music both channels are the same, and one is enough to look at.
    const one = request.music === undefined ? 'pan=mono|c0=c0,' : '';
    const filters = ['-af', `${one}ebur128=dualmono=true:peak=true:framelog=verbose`, '-f', 'null', '-'];
    await this.#ffmpeg.run(['-i', `file:${soundPath}`, ...filters], {
      signal: request.signal,
      onLog: (line) => reader.read(line),
    });
    return reader.result;
  }

  async #writeBed(request: SoundMixRequest): Promise<string | null> {
    if (request.music === undefined) return null;
    const path = join(request.folder, 'music.wav');
    await writeFile(path, await this.#compose(request.music.mood, request.signal));
    return path;
  }

  #part(request: SoundMixRequest, seconds: number): number {
    return Math.min(1, (seconds * SAMPLE_RATE) / request.samples);
  }
}

interface MixPaths {
  readonly voicePath: string;
  readonly musicPath: string | null;
  readonly soundPath: string;
}

const SILENT: MixLevels = { voiceDb: 0, mixDb: 0, ceilingDb: CEILING_DBTP - PEAK_ROOM_DB };

/** Levels for a voice of this loudness and highest sample, which nearly always hit at once. */
export function firstLevels(voice: Loudness): MixLevels {
  const voiceDb = LOUDNESS_LUFS - voice.integratedLufs;
  const limited = Math.max(0, voice.truePeakDbtp + voiceDb - SILENT.ceilingDb);
  return { ...SILENT, voiceDb, mixDb: LOST_BY_LIMITING * limited };
}

/** Levels that should hit where these missed, or null where the measured sound is good. */
export function betterLevels(levels: MixLevels, measured: Loudness): MixLevels | null {
  const missing = LOUDNESS_LUFS - measured.integratedLufs;
  const over = measured.truePeakDbtp - CEILING_DBTP;
  if (Math.abs(missing) <= TOLERANCE_LU && over <= 0) return null;
  return {
    ...levels,
    // A limited sound answers a dB of gain with less than a dB of loudness.
    mixDb: levels.mixDb + (missing > 0 ? 1.3 * missing : missing),
    ceilingDb: over > 0 ? levels.ceilingDb - over - 0.2 : levels.ceilingDb,
  };
}

/** Music at volume 0 is no music: everything after this asks only whether there is any. */
function withoutSilentMusic({ music, ...request }: SoundMixRequest): SoundMixRequest {
  return music !== undefined && music.volume > 0 ? { ...request, music } : request;
}
