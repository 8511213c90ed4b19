export interface RepeatedLimits {
  /** Values kept. */
  readonly most: number;
  /** Letters that all of them stand for together. */
  readonly letters: number;
  /** Keys remembered of what was seen once. */
  readonly strangers: number;
}

interface Kept<Value> {
  readonly value: Value;
  readonly letters: number;
}

/**
 * Values by a key, those used last longest. One is kept from its second use on: what is never repeated leaves nothing but its
 * key, and cannot push out what is.
 */
export class Repeated<Value> {
  readonly #limits: RepeatedLimits;
  readonly #forgotten: (value: Value) => void;
  /** The least recently used first, as a Map keeps the order of insertion. */
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #seenOnce = new Set<string>();
  /** The last of those kept. */
  #newest: string | undefined;
  #letters = 0;

  /** `forgotten` is told of each value that is kept no longer. */
  constructor(limits: RepeatedLimits, forgotten: (value: Value) => void = () => {}) {
    this.#limits = limits;
    this.#forgotten = forgotten;
  }

  /** Values kept, and the letters they stand for. */
  get size(): { readonly count: number; readonly letters: number } {
    return { count: this.#kept.size, letters: this.#letters };
  }

  find(key: string): Value | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    if (key !== this.#newest) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
      this.#newest = key;
    }
    return found.value;
  }

  /** True where the value is kept: this was the second use of a key that stands for few enough letters. */
  offer(key: string, value: Value, letters: number): boolean {
    if (this.#kept.has(key) || letters > this.#limits.letters || !this.#isSecondUse(key)) return false;
    this.#kept.set(key, { value, letters });
    this.#newest = key;
    this.#letters += letters;
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= this.#limits.most && this.#letters <= this.#limits.letters) break;
      this.#kept.delete(oldest);
      this.#letters -= old.letters;
      this.#forgotten(old.value);
    }
    return true;
  }

  #isSecondUse(key: string): boolean {
    if (this.#seenOnce.delete(key)) return true;
    this.#seenOnce.add(key);
    for (const oldest of this.#seenOnce) {
      if (this.#seenOnce.size <= this.#limits.strangers) break;
      this.#seenOnce.delete(oldest);
    }
    return false;
  }
}
