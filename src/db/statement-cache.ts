import { hash } from 'node:crypto';
import type { Statement } from './prepared.ts';

/** Each connection keeps its prepared statements until it ends, at about 50 KB each. */
const NAMES = 200;

/**
 * Statements that are built from parts, by a short key that identifies them: built once, then cached. The first ones get a
 * name and are prepared; clients may combine parts without limit, so later ones are planned at each use, which costs half a
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
    // The name is a hash of the text, so that no two statements of one name are on one connection.
    const statement = { text, name: hash('sha256', text).slice(0, 32) };
    this.#known.set(key, statement);
    return statement;
  }
}
