import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOUND_ENCODING } from '../clips/encoder.ts';
import type { MusicBed } from '../film/film.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { CEILING_DBTP, LOUDNESS_LUFS, type Loudness, LoudnessReader } from './loudness.ts';
import { type ComposeBed, composeBed } from './music.ts';
import { type MixLevels, type MixShape, masterFilters, voiceFilters } from './sound-graph.ts';

/** One narration and its start. */
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
  /** A folder for temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** 0 to 1; never decreases. */
  readonly onProgress: (fraction: number) => void;
}

export const SAMPLE_RATE = 48_000;
/** Below this the track counts as silence, and no gain would make it audible speech. */
const SILENCE_LUFS = -60;
/** True peaks exceed the samples, and AAC adds to them: the first attempt leaves this headroom below the ceiling. */
const PEAK_ROOM_DB = 0.6;
/** Loudness that a voice loses for each decibel that its peaks are limited; measured on espeak-ng's. */
const LOST_BY_LIMITING = 0.15;
/** Half of the allowed deviation of a film. */
const TOLERANCE_LU = 0.5;
const MAX_TRIES = 4;

/**
 * Mixes the whole film's sound in one pass: voices exact to the sample, music ducked below them, -14 LUFS, true peak at
 * most -1 dBTP. These limits apply to the encoded file, so that file is measured, and encoded again with better levels
 * where it misses them.
 */
export class SoundMix {
  readonly #ffmpeg: Ffmpeg;
  readonly #compose: ComposeBed;

  /** `compose` makes the music; by default in the calling thread. */
  constructor(ffmpeg: Ffmpeg, compose: ComposeBed = composeBed) {
    this.#ffmpeg = ffmpeg;
    this.#compose = compose;
  }

  /** Returns the path of an .m4a in the request's folder. */
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

  /** Encodes voice and music at these levels as AAC. */
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

  /** The loudness of the encoded file, as a player decodes it. */
  async #measure(request: SoundMixRequest, soundPath: string): Promise<Loudness> {
    const reader = new LoudnessReader();
    // Without music both channels are the same, and measuring one is enough.
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

/** Levels for a voice of this loudness and highest sample; they are nearly always right at the first attempt. */
export function firstLevels(voice: Loudness): MixLevels {
  const voiceDb = LOUDNESS_LUFS - voice.integratedLufs;
  const limited = Math.max(0, voice.truePeakDbtp + voiceDb - SILENT.ceilingDb);
  return { ...SILENT, voiceDb, mixDb: LOST_BY_LIMITING * limited };
}

/** Corrected levels for a mix that misses its targets, or null if the measured sound meets them. */
export function betterLevels(levels: MixLevels, measured: Loudness): MixLevels | null {
  const missing = LOUDNESS_LUFS - measured.integratedLufs;
  const over = measured.truePeakDbtp - CEILING_DBTP;
  if (Math.abs(missing) <= TOLERANCE_LU && over <= 0) return null;
  return {
    ...levels,
    // A limited sound gains less than one dB of loudness for a dB of gain.
    mixDb: levels.mixDb + (missing > 0 ? 1.3 * missing : missing),
    ceilingDb: over > 0 ? levels.ceilingDb - over - 0.2 : levels.ceilingDb,
  };
}

/** Music at volume 0 is removed here: later steps only check whether there is music. */
function withoutSilentMusic({ music, ...request }: SoundMixRequest): SoundMixRequest {
  return music !== undefined && music.volume > 0 ? { ...request, music } : request;
}
