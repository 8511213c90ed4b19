import type { LogEntry } from '../monitoring/log-entry.ts';

/** What lines are counted by. */
export const COUNTED_BY = ['code', 'message', 'level'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

export interface LogCount {
  readonly key: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** Different keys that are counted by themselves: messages can be as many as lines. */
const MOST_KEYS = 10_000;
const OTHERS = '(others)';
const NO_CODE = '(no code)';

/** Counts lines in bounded memory. */
export class LogCounter {
  readonly #by: CountedBy;
  readonly #counts = new Map<string, LogCount>();

  constructor(by: CountedBy) {
    this.#by = by;
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const wanted = this.#by === 'code' ? (entry.code ?? NO_CODE) : entry[this.#by];
      const key = this.#counts.has(wanted) || this.#counts.size < MOST_KEYS ? wanted : OTHERS;
      const { count, first, last } = this.#counts.get(key) ?? { count: 0, first: entry.at, last: entry.at };
      const times = { first: Math.min(first, entry.at), last: Math.max(last, entry.at) };
      this.#counts.set(key, { key, count: count + 1, ...times });
    }
  }

  /** The most frequent first. */
  counts(): LogCount[] {
    return [...this.#counts.values()].sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));
  }
}
