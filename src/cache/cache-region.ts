import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { NO_ANSWER, type RedisCache, type RedisLookup } from './redis-cache.ts';

export type CacheLevel = 'memory' | 'redis';

export interface RegionSettings<Value> {
  /** Prefix of the names of its groups. */
  readonly name: string;
  /** The maximum number of answers in memory, and how long they are kept. */
  readonly entries: number;
  readonly memorySeconds: number;
  /** How long they are kept in Redis. */
  readonly redisSeconds: number;
  /** True where an answer may be that old: then it is kept in memory also while invalidations of other processes do not arrive. */
  readonly allowsStale: boolean;
  /** Whether an answer that took this long to load should be cached. */
  readonly isWorthCaching: (value: Value, milliseconds: number) => boolean;
  /** For the JSON of an answer from Redis, which has no dates. */
  readonly schema: z.ZodType<Value>;
}

export interface RegionParts {
  readonly redis: Pick<RedisCache, 'find' | 'store' | 'blockGroup' | 'invalidate'>;
  /** Whether invalidations of all other processes arrive. */
  readonly isCurrent: () => boolean;
  readonly onLookup: (level: CacheLevel, result: 'hit' | 'miss') => void;
}

/** In characters of JSON: for all answers of a region together, and for one. */
const MAX_CHARACTERS = 32_000_000;
const MAX_ANSWER_CHARACTERS = 256_000;

interface LoadedValue<Value> {
  readonly value: Value;
  readonly isWorthKeeping: boolean;
}

interface Found<Value> {
  readonly value: Value;
  /** Null where it is not cached. */
  readonly json: string | null;
}

interface CachedValue<Value> {
  readonly value: Value;
  /** Length of its JSON; 0 where it is not cached. */
  readonly characters: number;
}

/**
 * Answers of one kind: looked up in memory, then in Redis, then loaded. They belong to groups, and are invalidated by group. They are
 * shared: do not change them. An answer must depend neither on what a viewer may see nor on the time.
 */
export class CacheRegion<Value> {
  readonly #settings: RegionSettings<Value>;
  readonly #parts: RegionParts;
  /** A fetch that is deleted while it loads still answers its caller, and is not cached: so no old answer is stored after a change. */
  readonly #memory: LRUCache<string, CachedValue<Value>, () => Promise<CachedValue<Value>>>;
  /** Keys of the running loads, each separately: the memory cache does not list them. */
  readonly #loading = new Set<{ readonly key: string }>();
  /** Groups whose last answer was not worth caching: until one is, the look-ups would only cost time. */
  readonly #bypassed: LRUCache<string, true>;

  constructor(settings: RegionSettings<Value>, parts: RegionParts) {
    this.#settings = settings;
    this.#parts = parts;
    const { entries: max, memorySeconds } = settings;
    this.#memory = new LRUCache({
      max,
      maxSize: MAX_CHARACTERS,
      // lru-cache allows no size of 0, and such an answer is removed at once.
      sizeCalculation: ({ characters }) => Math.max(characters, 1),
      ttl: memorySeconds * 1_000,
      ignoreFetchAbort: true,
      fetchMethod: async (_key, _old, { context: fill }) => await fill(),
    });
    this.#bypassed = new LRUCache({ max });
  }

  /** Answers in memory. */
  get size(): number {
    return this.#memory.size;
  }

  /**
   * The answer for this field of the group, from memory, Redis or the loader; concurrent callers share one load.
   * `loadUncached` loads an answer that is neither cached nor shared.
   */
  async read(
    group: string,
    field: string,
    load: () => Promise<Value>,
    loadUncached: () => Promise<Value> = load,
  ): Promise<Value> {
    const { isCurrent, onLookup } = this.#parts;
    if (this.#bypassed.has(group) || !(isCurrent() || this.#settings.allowsStale))
      return await this.#bypass(group, loadUncached);
    const key = `${group} ${field}`;
    let isFirst = false;
    const cached = await this.#memory.forceFetch(key, {
      context: () => {
        isFirst = true;
        return this.#fill(group, field, load);
      },
    });
    if (isFirst) return cached.value;
    // Another caller's load may have begun before a change of this process, which sends no invalidation where nothing is cached.
    if (cached.characters === 0) return await loadUncached();
    onLookup('memory', 'hit');
    return cached.value;
  }

  /**
   * Makes a change after which no caller gets an older answer of the group: also not from processes that receive the invalidation late,
   * and also where this process crashes during the change.
   */
  async withInvalidation<Result>(group: string, change: () => Promise<Result>): Promise<Result> {
    const { redis } = this.#parts;
    const name = this.#nameOf(group);
    this.drop(name);
    await redis.blockGroup(name);
    try {
      return await change();
    } finally {
      this.drop(name);
      await redis.invalidate(name);
    }
  }

  /** From memory: another process has invalidated the group with this full name. */
  drop(name: string): void {
    const start = `${this.#settings.name}:`;
    if (!name.startsWith(start)) return;
    const keys = `${name.slice(start.length)} `;
    const known = [...this.#memory.keys(), ...Array.from(this.#loading, ({ key }) => key)];
    for (const key of known) if (key.startsWith(keys)) this.#memory.delete(key);
  }

  /** Removes everything from memory. */
  clear(): void {
    this.#memory.clear();
  }

  async #bypass(group: string, load: () => Promise<Value>): Promise<Value> {
    const { value, isWorthKeeping } = await this.#load(load);
    if (isWorthKeeping) this.#bypassed.delete(group);
    return value;
  }

  async #fill(group: string, field: string, load: () => Promise<Value>): Promise<CachedValue<Value>> {
    const loading = { key: `${group} ${field}` };
    this.#loading.add(loading);
    this.#parts.onLookup('memory', 'miss');
    try {
      const { value, json } = await this.#find(group, field, load);
      if (json === null) this.#memory.delete(loading.key);
      return { value, characters: json?.length ?? 0 };
    } finally {
      this.#loading.delete(loading);
    }
  }

  async #find(group: string, field: string, load: () => Promise<Value>): Promise<Found<Value>> {
    const { redisSeconds: seconds, allowsStale } = this.#settings;
    const { text, ticket } = this.#parts.isCurrent() ? await this.#look(group, field) : NO_ANSWER;
    const known = text === null ? undefined : this.#parsed(text);
    if (known) return { value: known.data, json: text };
    const { value, json } = this.#serialized(group, await this.#load(load));
    if (json === null || ticket === null) return { value, json: allowsStale ? json : null };
    const isKept = await this.#parts.redis.store(this.#nameOf(group), field, { ticket, text: json, seconds });
    return { value, json: isKept || allowsStale ? json : null };
  }

  /** Undefined for what another version of this program has stored in another form: the answer is loaded until Redis forgets it. */
  #parsed(text: string): { readonly data: Value } | undefined {
    const { success, data } = this.#settings.schema.safeParse(JSON.parse(text));
    return success ? { data } : undefined;
  }

  async #look(group: string, field: string): Promise<RedisLookup> {
    const found = await this.#parts.redis.find(this.#nameOf(group), field);
    this.#parts.onLookup('redis', found.text === null ? 'miss' : 'hit');
    return found;
  }

  async #load(load: () => Promise<Value>): Promise<LoadedValue<Value>> {
    const begun = performance.now();
    const value = await load();
    return { value, isWorthKeeping: this.#settings.isWorthCaching(value, performance.now() - begun) };
  }

  #serialized(group: string, { value, isWorthKeeping }: LoadedValue<Value>): Found<Value> {
    if (!isWorthKeeping) this.#bypassed.set(group, true);
    const json = isWorthKeeping ? JSON.stringify(value) : null;
    return { value, json: json !== null && json.length > MAX_ANSWER_CHARACTERS ? null : json };
  }

  #nameOf(group: string): string {
    return `${this.#settings.name}:${group}`;
  }
}
