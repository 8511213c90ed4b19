/** One spoken unit with the times from the speech provider: a word, or in Chinese a clause. */
export interface SpokenUnit {
  /** UTF-16 offsets into the spoken text; [textStart, textEnd). */
  readonly textStart: number;
  readonly textEnd: number;
  /** Seconds from the beginning of the audio. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Times at which the parts of a text are spoken. Inside a unit, time is divided by its characters. */
export class SpeechTimeline {
  readonly #units: readonly SpokenUnit[];
  /** Number of spoken characters before each UTF-16 offset. */
  readonly #spoken: Float64Array;

  constructor(units: readonly SpokenUnit[], text: string) {
    this.#units = units.toSorted((a, b) => a.textStart - b.textStart);
    this.#spoken = spokenBefore(text);
  }

  /** Start time of the sound that begins at this offset. */
  startOf(offset: number): number {
    const unit = this.#units[this.#firstEndingAfter(offset)];
    if (!unit) return this.#units.at(-1)?.endSeconds ?? 0;
    return unit.textStart >= offset ? unit.startSeconds : this.#within(unit, offset);
  }

  /** End time of the sound that ends at this offset. */
  endOf(offset: number): number {
    const index = this.#firstEndingAfter(offset - 1);
    const unit = this.#units[index];
    if (unit && unit.textStart < offset) return unit.textEnd <= offset ? unit.endSeconds : this.#within(unit, offset);
    return this.#units[index - 1]?.endSeconds ?? unit?.startSeconds ?? 0;
  }

  #within(unit: SpokenUnit, offset: number): number {
    const before = this.#at(unit.textStart);
    const all = this.#at(unit.textEnd) - before;
    const share = all === 0 ? 0 : (this.#at(offset) - before) / all;
    return unit.startSeconds + share * (unit.endSeconds - unit.startSeconds);
  }

  #at(offset: number): number {
    return this.#spoken[Math.max(0, Math.min(offset, this.#spoken.length - 1))] ?? 0;
  }

  /** Index of the first unit that ends after the offset, or the number of units. */
  #firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.#units.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#units[middle]?.textEnd ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** A Latin letter inside a Chinese clause takes about a third of the time of a Chinese character; punctuation takes none. */
function spokenBefore(text: string): Float64Array {
  const sums = new Float64Array(text.length + 1);
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    const weight = /[\p{Script=Han}\p{N}]/u.test(character) ? 1 : /[\p{L}\p{Cs}]/u.test(character) ? 1 / 3 : 0;
    sums[i + 1] = (sums[i] ?? 0) + weight;
  }
  return sums;
}
