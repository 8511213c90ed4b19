/** Result of FFmpeg's `ebur128` filter (EBU R 128, ITU-R BS.1770) at the end of a run. */
export interface Loudness {
  /** Integrated loudness in LUFS; -70 or below for silence. */
  readonly integratedLufs: number;
  /** True peak in dBTP (or the highest sample in dBFS if only that was requested), -Infinity for digital silence. */
  readonly truePeakDbtp: number;
}

/** Target loudness and peak limit of every film. */
export const LOUDNESS_LUFS = -14;
export const CEILING_DBTP = -1;

/** Reads the summary that `ebur128` writes to the log. */
export class LoudnessReader {
  #integrated = Number.NEGATIVE_INFINITY;
  #peak = Number.NEGATIVE_INFINITY;
  #inSummary = false;

  /** Call it with every log line. */
  read(line: string): void {
    if (line.includes('ebur128') && line.includes('Summary:')) this.#inSummary = true;
    if (!this.#inSummary) return;
    const [, name, value] = /^\s*(I|Peak):\s+(-?[\d.]+|-inf|nan)/.exec(line) ?? [];
    const number = value === undefined ? Number.NaN : Number.parseFloat(value);
    if (name === 'I' && !Number.isNaN(number)) this.#integrated = number;
    if (name === 'Peak' && !Number.isNaN(number)) this.#peak = number;
  }

  get result(): Loudness {
    return { integratedLufs: this.#integrated, truePeakDbtp: this.#peak };
  }
}
