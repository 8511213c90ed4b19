import type { Database } from '../../db/database.ts';
import { addRefusals, type SlackRefusalKind } from './slack-facts-store.ts';

/** Refusals are written together: a flood causes no statement with each request. */
const WRITE_MS = 5_000;

/** Writes down how many requests this process has refused, for the alerts. */
export class SlackCounts {
  readonly #db: Database;
  readonly #onFault: (thrown: unknown) => void;
  readonly #counts = new Map<SlackRefusalKind, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, onFault: (thrown: unknown) => void) {
    this.#db = db;
    this.#onFault = onFault;
  }

  count(kind: SlackRefusalKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_MS).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#write();
  }

  async #write(): Promise<void> {
    this.#timer = undefined;
    const counts = [...this.#counts];
    this.#counts.clear();
    try {
      for (const [kind, count] of counts) await addRefusals(this.#db.sql(), kind, count);
    } catch (thrown) {
      this.#onFault(thrown);
    }
  }
}
