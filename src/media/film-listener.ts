import { type Loudness, LoudnessReader } from './loudness.ts';

/** What looking a film over found; stretches in seconds, 0 where there were none. */
export interface HeardAndSeen {
  /** Coded pictures in the file. */
  readonly frames: number;
  readonly loudness: Loudness;
  readonly longestSilence: number;
  readonly longestBlack: number;
  /** Whether any picture that was looked at is black. */
  readonly sawBlack: boolean;
  /** Whether FFmpeg complained about what it read. */
  readonly damaged: boolean;
}

/**
 * Gathers what the filters ebur128, silencedetect, volumedetect, blackdetect and showinfo say in FFmpeg's log, which must carry its
 * levels (`-v level+info`).
 */
export class FilmListener {
  readonly #loudness = new LoudnessReader();
  readonly #shown: number[] = [];
  #longestSilence = 0;
  #longestBlack = 0;
  #sawBlack = false;
  #damaged = false;
  #difference = Number.NEGATIVE_INFINITY;

  /** Give it every log line. */
  read(line: string): void {
    this.#loudness.read(line);
    this.#longestSilence = Math.max(this.#longestSilence, numberAfter('silence_duration:', line));
    this.#longestBlack = Math.max(this.#longestBlack, numberAfter('black_duration:', line));
    this.#sawBlack ||= line.includes('black_start:');
    this.#damaged ||= line.includes('[error]') || line.includes('[fatal]');
    if (line.includes('max_volume:')) this.#difference = numberAfter('max_volume:', line);
    if (line.includes('pts_time:')) this.#shown.push(numberAfter('pts_time:', line));
  }

  /** Highest sample that volumedetect saw, in dBFS: of what it is given, the difference of two channels. */
  get difference(): number {
    return this.#difference;
  }

  /** The longest time without a picture that showinfo saw, in a film of this length. */
  longestUnseen(durationSeconds: number): number {
    const times = [0, ...this.#shown, durationSeconds];
    return Math.max(...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
  }

  result(frames: number): HeardAndSeen {
    return {
      frames,
      loudness: this.#loudness.result,
      longestSilence: this.#longestSilence,
      longestBlack: this.#longestBlack,
      sawBlack: this.#sawBlack,
      damaged: this.#damaged,
    };
  }
}

function numberAfter(name: string, line: string): number {
  const at = line.indexOf(name);
  return at < 0 ? 0 : Number.parseFloat(line.slice(at + name.length)) || 0;
}
