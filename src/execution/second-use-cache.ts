export interface SecondUseCacheLimits {
  /** Maximum of cached values. */
  readonly maxEntries: number;
  /** Maximum of characters of all cached values together. */
  readonly characters: number;
  /** Maximum of keys remembered that were offered once. */
  readonly maxProbation: number;
}

interface CacheEntry<Value> {
  readonly value: Value;
  readonly characters: number;
}

/**
 * A least-recently-used cache that keeps a value from its second use on: a value that is used once leaves only its key, and does not
 * evict a value that is used again.
 */
export class SecondUseCache<Value> {
  readonly #limits: SecondUseCacheLimits;
  readonly #onEvict: (value: Value) => void;
  /** The least recently used first, as a Map keeps the order of insertion. */
  readonly #entries = new Map<string, CacheEntry<Value>>();
  readonly #seenOnce = new Set<string>();
  /** The key that was used last. */
  #newest: string | undefined;
  #characters = 0;

  /** `onEvict` is called with each evicted value. */
  constructor(limits: SecondUseCacheLimits, onEvict: (value: Value) => void = () => {}) {
    this.#limits = limits;
    this.#onEvict = onEvict;
  }

  /** Cached values, and their characters in all. */
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

  /** True where the value is now cached: this was the second use of the key, and `characters` is within the limit. */
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
