import { LRUCache } from 'lru-cache';

export interface SecondUseCacheLimits {
  /** Maximum of cached values. */
  readonly maxEntries: number;
  /** Maximum of characters of all cached values together. */
  readonly characters: number;
  /** Maximum of keys remembered that were offered once. */
  readonly maxProbation: number;
}

/**
 * A least-recently-used cache that keeps a value from its second use on: a value that is used once leaves only its key, and does not
 * evict a value that is used again.
 */
export class SecondUseCache<Value extends object> {
  readonly #characters: number;
  readonly #values: LRUCache<string, Value>;
  readonly #seenOnce: LRUCache<string, true>;

  /** `onEvict` is called with each evicted value. */
  constructor(
    { maxEntries, characters, maxProbation }: SecondUseCacheLimits,
    onEvict: (value: Value) => void = () => {},
  ) {
    this.#characters = characters;
    this.#values = new LRUCache({ max: maxEntries, maxSize: characters, dispose: onEvict });
    this.#seenOnce = new LRUCache({ max: maxProbation });
  }

  /** Cached values, and their characters in all. */
  get size(): { readonly count: number; readonly characters: number } {
    return { count: this.#values.size, characters: this.#values.calculatedSize };
  }

  find(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** True where the value is now cached: this was the second use of the key, and `characters` is within the limit. */
  offer(key: string, value: Value, characters: number): boolean {
    if (this.#values.has(key) || characters > this.#characters || !this.#isSecondUse(key)) return false;
    this.#values.set(key, value, { size: characters });
    return true;
  }

  #isSecondUse(key: string): boolean {
    if (this.#seenOnce.delete(key)) return true;
    this.#seenOnce.set(key, true);
    return false;
  }
}
