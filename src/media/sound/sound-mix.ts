import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOUND_ENCODING } from '../clips/encoder.ts';
import type { MusicBed } from '../film/film.ts';
import type { FfmpegRunner } from '../process/limited-ffmpeg.ts';
import { CEILING_DBTP, LOUDNESS_LUFS, type Loudness, LoudnessReader } from './loudness.ts';
import { type WriteBed, writeBed } from './music.ts';
import {
  ENVELOPE_RATE,
  IN_GAPS_LU,
  musicEnvelope,
  REFERENCE_VOLUME,
  type SpeechInterval,
  UNDER_SPEECH_LU,
} from './music-envelope.ts';
import type { MusicFile } from './music-files.ts';
import { type MusicSource, musicSource } from './music-source.ts';
import { type MixLevels, masterFilters, voiceFilters } from './sound-graph.ts';
import { stereoWav } from './wav.ts';

/** One narration and when it is heard, in samples at 48 kHz from the film's beginning. */
export interface PlacedVoice extends SpeechInterval {
  readonly path: string;
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
 * Mixes the whole film's sound in one pass: voices exact to the sample, music below them, -14 LUFS, true peak at most
 * -1 dBTP. These limits apply to the encoded file, so that file is measured, and encoded again with better levels
 * where it misses them.
 */
export class SoundMix {
  readonly #ffmpeg: FfmpegRunner;
  readonly #writeBed: WriteBed;
  readonly #files: ReadonlyMap<string, MusicFile>;

  /** `writer` composes the music, by default in the calling thread; `files` is music of the user's own, by mood. */
  constructor(
    ffmpeg: FfmpegRunner,
    writer: WriteBed = writeBed,
    files: ReadonlyMap<string, MusicFile> = new Map<string, MusicFile>(),
  ) {
    this.#ffmpeg = ffmpeg;
    this.#writeBed = writer;
    this.#files = files;
  }

  /** Returns the path of an .m4a in the request's folder. */
  async mix(given: SoundMixRequest): Promise<string> {
    const request = withoutSilentMusic(given);
    const voicePath = join(request.folder, 'voice.wav');
    const voice = await this.#placeVoices(request, voicePath);
    const music = request.music === undefined ? null : await this.#prepareMusic(request, request.music);
    const paths = { voicePath, soundPath: join(request.folder, 'sound.m4a') };
    const audible = voice.integratedLufs > SILENCE_LUFS;
    let levels = audible ? firstLevels(voice, request.music?.volume ?? 0) : SILENT;
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      await this.#encode(request, paths, music, levels);
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
    { voicePath, soundPath }: MixPaths,
    music: PreparedMusic | null,
    levels: MixLevels,
  ): Promise<void> {
    const mixed = music === null ? null : { filters: music.source.filters, gainDb: music.gainDb };
    const graph = masterFilters({ samples: request.samples, music: mixed }, levels);
    const filters = ['-filter_complex', graph, '-map', '[sound]'];
    const inputs = music === null ? [] : ['-i', `file:${music.envelopePath}`, ...music.source.inputs];
    const output = [...SOUND_ENCODING, '-map_metadata', '-1', '-fflags', '+bitexact', `file:${soundPath}`];
    await this.#ffmpeg.run(['-i', `file:${voicePath}`, ...inputs, ...filters, ...output], {
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

  async #prepareMusic(request: SoundMixRequest, { mood, volume }: MusicBed): Promise<PreparedMusic> {
    const { voices, samples, folder, signal } = request;
    const envelope = musicEnvelope(voices, samples, SAMPLE_RATE);
    const envelopePath = join(folder, 'envelope.wav');
    await writeFile(envelopePath, stereoWav(envelope, envelope, ENVELOPE_RATE));
    const makers = { ffmpeg: this.#ffmpeg, writeBed: this.#writeBed, files: this.#files };
    const source = await musicSource(makers, { mood, seconds: samples / SAMPLE_RATE, folder, signal });
    const gainDb = LOUDNESS_LUFS - IN_GAPS_LU + volumeDb(volume) - source.integratedLufs;
    return { source, envelopePath, gainDb };
  }

  #part(request: SoundMixRequest, seconds: number): number {
    return Math.min(1, (seconds * SAMPLE_RATE) / request.samples);
  }
}

interface MixPaths {
  readonly voicePath: string;
  readonly soundPath: string;
}

interface PreparedMusic {
  readonly source: MusicSource;
  readonly envelopePath: string;
  /** Gain in gaps, for a voice at the target loudness. */
  readonly gainDb: number;
}

const SILENT: MixLevels = { voiceDb: 0, mixDb: 0, ceilingDb: CEILING_DBTP - PEAK_ROOM_DB };

/**
 * Levels for a voice of this loudness and highest sample, and music of this volume (0 without music); they are nearly
 * always right at the first attempt.
 */
export function firstLevels(voice: Loudness, musicVolume: number): MixLevels {
  const voiceDb = LOUDNESS_LUFS - voice.integratedLufs;
  const limited = Math.max(0, voice.truePeakDbtp + voiceDb - SILENT.ceilingDb);
  const addedByMusic = 10 * Math.log10(1 + 10 ** ((volumeDb(musicVolume) - UNDER_SPEECH_LU) / 10));
  return { ...SILENT, voiceDb, mixDb: LOST_BY_LIMITING * limited - addedByMusic };
}

/** What a volume adds to the distance between music and voice. */
function volumeDb(volume: number): number {
  return 20 * Math.log10(volume / REFERENCE_VOLUME);
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
