import { type Loudness, LoudnessReader } from '../sound/loudness.ts';

/** Results of inspecting a film; stretches in seconds, 0 where there were none. */
export interface FilmMeasurements {
  /** Coded pictures in the file. */
  readonly frames: number;
  readonly loudness: Loudness;
  readonly longestSilence: number;
  readonly longestBlack: number;
  /** True if any decoded frame is black. */
  readonly hasBlack: boolean;
  /** True if FFmpeg logged an error about its input. */
  readonly damaged: boolean;
}

/**
 * Collects the results of the filters ebur128, silencedetect, volumedetect, blackdetect and showinfo from FFmpeg's log,
 * which must contain levels (`-v level+info`).
 */
export class FilterLogReader {
  readonly #loudness = new LoudnessReader();
  readonly #frameTimes: number[] = [];
  #longestSilence = 0;
  #longestBlack = 0;
  #hasBlack = false;
  #damaged = false;
  #difference = Number.NEGATIVE_INFINITY;

  /** Call it with every log line. */
  read(line: string): void {
    this.#loudness.read(line);
    this.#longestSilence = Math.max(this.#longestSilence, numberAfter('silence_duration:', line));
    this.#longestBlack = Math.max(this.#longestBlack, numberAfter('black_duration:', line));
    this.#hasBlack ||= line.includes('black_start:');
    this.#damaged ||= line.includes('[error]') || line.includes('[fatal]');
    if (line.includes('max_volume:')) this.#difference = numberAfter('max_volume:', line);
    if (line.includes('pts_time:')) this.#frameTimes.push(numberAfter('pts_time:', line));
  }

  /** Highest sample that volumedetect reported, in dBFS; its input is the difference of two channels. */
  get difference(): number {
    return this.#difference;
  }

  /** The longest time between two frames that showinfo reported, in a film of this length. */
  longestGapSeconds(durationSeconds: number): number {
    const times = [0, ...this.#frameTimes, durationSeconds];
    return Math.max(...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
  }

  result(frames: number): FilmMeasurements {
    return {
      frames,
      loudness: this.#loudness.result,
      longestSilence: this.#longestSilence,
      longestBlack: this.#longestBlack,
      hasBlack: this.#hasBlack,
      damaged: this.#damaged,
    };
  }
}

function numberAfter(name: string, line: string): number {
  const at = line.indexOf(name);
  return at < 0 ? 0 : Number.parseFloat(line.slice(at + name.length)) || 0;
}
