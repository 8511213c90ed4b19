import { hash } from 'node:crypto';
import type { Statement } from './prepared.ts';

/** Each connection keeps what was prepared on it as long as it lives, and about 50 KB for each. */
const NAMES = 200;

/**
 * Statements that are put together from parts, by a short key that says which: built once, then found. The first ones get a
 * name and are prepared; there is no end to what clients may combine, so later ones are planned each time, which costs half a
 * millisecond and no memory.
 */
export class StatementCache {
  readonly #limit: number;
  readonly #known = new Map<string, Statement>();

  constructor(limit = NAMES) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#known.size;
  }

  get(key: string, build: () => string): Statement {
    const known = this.#known.get(key);
    if (known) return known;
    const text = build();
    if (this.#known.size >= this.#limit) return { text, name: undefined };
    // After what it says, so that no two of one name can meet on one connection.
    const statement = { text, name: hash('sha256', text).slice(0, 32) };
    this.#known.set(key, statement);
    return statement;
  }
}
