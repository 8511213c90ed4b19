import { type Loudness, LoudnessReader } from './loudness.ts';

/** What one pass over a film found; stretches in seconds, 0 where there were none. */
export interface HeardAndSeen {
  readonly frames: number;
  readonly loudness: Loudness;
  readonly longestSilence: number;
  readonly longestBlack: number;
}

/** Gathers what the filters ebur128, silencedetect and blackdetect say in FFmpeg's log. */
export class FilmListener {
  readonly #loudness = new LoudnessReader();
  #longestSilence = 0;
  #longestBlack = 0;

  /** Give it every log line. */
  read(line: string): void {
    this.#loudness.read(line);
    this.#longestSilence = Math.max(this.#longestSilence, secondsAfter('silence_duration:', line));
    this.#longestBlack = Math.max(this.#longestBlack, secondsAfter('black_duration:', line));
  }

  result(frames: number): HeardAndSeen {
    const loudness = this.#loudness.result;
    return { frames, loudness, longestSilence: this.#longestSilence, longestBlack: this.#longestBlack };
  }
}

function secondsAfter(name: string, line: string): number {
  const at = line.indexOf(name);
  return at < 0 ? 0 : Number.parseFloat(line.slice(at + name.length)) || 0;
}
