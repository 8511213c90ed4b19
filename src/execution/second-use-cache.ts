export interface SecondUseCacheLimits {
  /** Values kept. */
  readonly maxEntries: number;
  /** Letters that all of them stand for together. */
  readonly characters: number;
  /** Keys remembered of what was seen once. */
  readonly maxProbation: number;
}

interface CacheEntry<Value> {
  readonly value: Value;
  readonly characters: number;
}

/**
 * Values by a key, those used last longest. One is kept from its second use on: what is never repeated leaves nothing but its
 * key, and cannot push out what is.
 */
export class SecondUseCache<Value> {
  readonly #limits: SecondUseCacheLimits;
  readonly #onEvict: (value: Value) => void;
  /** The least recently used first, as a Map keeps the order of insertion. */
  readonly #entries = new Map<string, CacheEntry<Value>>();
  readonly #seenOnce = new Set<string>();
  /** The last of those kept. */
  #newest: string | undefined;
  #characters = 0;

  /** `forgotten` is told of each value that is kept no longer. */
  constructor(limits: SecondUseCacheLimits, onEvict: (value: Value) => void = () => {}) {
    this.#limits = limits;
    this.#onEvict = onEvict;
  }

  /** Values kept, and the letters they stand for. */
  get size(): { readonly count: number; readonly characters: number } {
    return { count: this.#entries.size, characters: this.#characters };
  }

  find(key: string): Value | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    if (key !== this.#newest) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      this.#newest = key;
    }
    return found.value;
  }

  /** True where the value is kept: this was the second use of a key that stands for few enough letters. */
  offer(key: string, value: Value, characters: number): boolean {
    if (this.#entries.has(key) || characters > this.#limits.characters || !this.#isSecondUse(key)) return false;
    this.#entries.set(key, { value, characters });
    this.#newest = key;
    this.#characters += characters;
    for (const [oldest, old] of this.#entries) {
      if (this.#entries.size <= this.#limits.maxEntries && this.#characters <= this.#limits.characters) break;
      this.#entries.delete(oldest);
      this.#characters -= old.characters;
      this.#onEvict(old.value);
    }
    return true;
  }

  #isSecondUse(key: string): boolean {
    if (this.#seenOnce.delete(key)) return true;
    this.#seenOnce.add(key);
    for (const oldest of this.#seenOnce) {
      if (this.#seenOnce.size <= this.#limits.maxProbation) break;
      this.#seenOnce.delete(oldest);
    }
    return false;
  }
}
