import { LRUCache } from 'lru-cache';
import type { CacheLevel } from './cache-counts.ts';
import { type FoundInRedis, NOTHING, type RedisCache } from './redis-cache.ts';

export interface RegionSettings<Value> {
  /** Start of its groups' names. */
  readonly name: string;
  /** How many answers at most are kept in memory, and for how long. */
  readonly entries: number;
  readonly memorySeconds: number;
  /** How long Redis keeps them. */
  readonly redisSeconds: number;
  /** True where an answer may be as old as that: then it is kept in memory also while changes elsewhere are not heard of. */
  readonly mayBeOld: boolean;
  /** Whether an answer is worth keeping that took so long to load. */
  readonly keeps: (value: Value, milliseconds: number) => boolean;
  /** An answer from its JSON, which has no dates. */
  readonly revive: (json: string) => Value;
}

export interface RegionParts {
  readonly redis: Pick<RedisCache, 'find' | 'keep' | 'hold' | 'forget'>;
  /** Whether every change elsewhere is heard of. */
  readonly isCurrent: () => boolean;
  readonly counted: (level: CacheLevel, result: 'hit' | 'miss') => void;
}

/** In characters of JSON: of all answers of a region together, and of one. */
const MOST_CHARACTERS = 32_000_000;
const LONGEST = 256_000;

interface Loaded<Value> {
  readonly value: Value;
  readonly isWorthKeeping: boolean;
}

interface Found<Value> {
  readonly value: Value;
  /** Null where it is not to be kept. */
  readonly json: string | null;
}

interface Held<Value> {
  readonly value: Value;
  /** Of its JSON; 0 where it is not kept. */
  readonly characters: number;
}

/**
 * Answers of one kind, in memory before Redis before whoever loads them. They come in groups, and are forgotten by groups. They are
 * shared: do not change them. What a viewer may see, and what depends on the time, is no part of an answer.
 */
export class CacheRegion<Value> {
  readonly #settings: RegionSettings<Value>;
  readonly #parts: RegionParts;
  /** A fetch that is deleted while it loads still answers who began it, and is not kept: so nothing old is put in after a change. */
  readonly #memory: LRUCache<string, Held<Value>, () => Promise<Held<Value>>>;
  /** Keys of what is being loaded, each load for itself: the memory does not list them. */
  readonly #loading = new Set<{ readonly key: string }>();
  /** Groups whose last answer was not worth keeping: until one is, the cache would only cost. */
  readonly #passing: LRUCache<string, true>;

  constructor(settings: RegionSettings<Value>, parts: RegionParts) {
    this.#settings = settings;
    this.#parts = parts;
    const { entries: max, memorySeconds } = settings;
    this.#memory = new LRUCache({
      max,
      maxSize: MOST_CHARACTERS,
      // A size of 0 is not allowed, and such an answer is taken out at once.
      sizeCalculation: ({ characters }) => Math.max(characters, 1),
      ttl: memorySeconds * 1_000,
      ignoreFetchAbort: true,
      fetchMethod: async (_key, _old, { context: fill }) => await fill(),
    });
    this.#passing = new LRUCache({ max });
  }

  /** Answers in memory. */
  get size(): number {
    return this.#memory.size;
  }

  /**
   * The answer of this field of the group, from the nearest place that has it; who asks while it is loaded waits for that.
   * `loadAlone` loads what is neither kept nor shared.
   */
  async read(
    group: string,
    field: string,
    load: () => Promise<Value>,
    loadAlone: () => Promise<Value> = load,
  ): Promise<Value> {
    const { isCurrent, counted } = this.#parts;
    if (this.#passing.has(group) || !(isCurrent() || this.#settings.mayBeOld))
      return await this.#pass(group, loadAlone);
    const key = `${group} ${field}`;
    let isFirst = false;
    const held = await this.#memory.forceFetch(key, {
      context: () => {
        isFirst = true;
        return this.#fill(group, field, load);
      },
    });
    if (isFirst) return held.value;
    // Somebody else's load may have begun before a change of ours, of which nobody says anything where nothing is kept.
    if (held.characters === 0) return await loadAlone();
    counted('memory', 'hit');
    return held.value;
  }

  /**
   * Makes a change after which nobody is given an older answer of the group: not by processes that hear of it late, nor where
   * this one dies in the middle.
   */
  async changing<Result>(group: string, change: () => Promise<Result>): Promise<Result> {
    const { redis } = this.#parts;
    const name = this.#nameOf(group);
    this.drop(name);
    await redis.hold(name);
    try {
      return await change();
    } finally {
      this.drop(name);
      await redis.forget(name);
    }
  }

  /** From memory: what other processes have said of the group with this whole name. */
  drop(name: string): void {
    const start = `${this.#settings.name}:`;
    if (!name.startsWith(start)) return;
    const keys = `${name.slice(start.length)} `;
    const known = [...this.#memory.keys(), ...Array.from(this.#loading, ({ key }) => key)];
    for (const key of known) if (key.startsWith(keys)) this.#memory.delete(key);
  }

  /** Everything, from memory. */
  clear(): void {
    this.#memory.clear();
  }

  async #pass(group: string, load: () => Promise<Value>): Promise<Value> {
    const { value, isWorthKeeping } = await this.#load(load);
    if (isWorthKeeping) this.#passing.delete(group);
    return value;
  }

  async #fill(group: string, field: string, load: () => Promise<Value>): Promise<Held<Value>> {
    const loading = { key: `${group} ${field}` };
    this.#loading.add(loading);
    this.#parts.counted('memory', 'miss');
    try {
      const { value, json } = await this.#find(group, field, load);
      if (json === null) this.#memory.delete(loading.key);
      return { value, characters: json?.length ?? 0 };
    } finally {
      this.#loading.delete(loading);
    }
  }

  async #find(group: string, field: string, load: () => Promise<Value>): Promise<Found<Value>> {
    const { redisSeconds: seconds, mayBeOld, revive } = this.#settings;
    const { text, ticket } = this.#parts.isCurrent() ? await this.#look(group, field) : NOTHING;
    if (text !== null) return { value: revive(text), json: text };
    const { value, json } = this.#judged(group, await this.#load(load));
    if (json === null || ticket === null) return { value, json: mayBeOld ? json : null };
    const isKept = await this.#parts.redis.keep(this.#nameOf(group), field, { ticket, text: json, seconds });
    return { value, json: isKept || mayBeOld ? json : null };
  }

  async #look(group: string, field: string): Promise<FoundInRedis> {
    const found = await this.#parts.redis.find(this.#nameOf(group), field);
    this.#parts.counted('redis', found.text === null ? 'miss' : 'hit');
    return found;
  }

  async #load(load: () => Promise<Value>): Promise<Loaded<Value>> {
    const begun = performance.now();
    const value = await load();
    return { value, isWorthKeeping: this.#settings.keeps(value, performance.now() - begun) };
  }

  #judged(group: string, { value, isWorthKeeping }: Loaded<Value>): Found<Value> {
    if (!isWorthKeeping) this.#passing.set(group, true);
    const json = isWorthKeeping ? JSON.stringify(value) : null;
    return { value, json: json !== null && json.length > LONGEST ? null : json };
  }

  #nameOf(group: string): string {
    return `${this.#settings.name}:${group}`;
  }
}
