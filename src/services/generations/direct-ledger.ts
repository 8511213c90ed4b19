import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import type { AttemptLedger, AttemptRequest, FailedAttempt, SettledAttempt } from '../../providers/ledger.ts';
import {
  countCallsUnderWay,
  type DirectRequest,
  failAttempt,
  insertAttempt,
  markStarted,
  openDirectGeneration,
  settleAttempt,
} from './generation-store.ts';

export interface DirectLedgerParts {
  readonly db: Database;
  /** The user who has requested it; null for a command. */
  readonly userId: string | null;
  readonly request: DirectRequest;
}

/**
 * The ledger of one content that belongs to no video. No lease guards it, since no worker repeats its call: the generation is
 * recorded with its first attempt, so that none remains without one.
 */
export class DirectLedger implements AttemptLedger {
  readonly #parts: DirectLedgerParts;

  constructor(parts: DirectLedgerParts) {
    this.#parts = parts;
  }

  async send(attempt: AttemptRequest): Promise<string | null> {
    const { db, userId, request } = this.#parts;
    const { generationId, concurrency } = attempt;
    const id = randomUUIDv7();
    return await db.transaction(async (em) => {
      if (Number.isFinite(concurrency) && (await countCallsUnderWay(em, attempt)) >= concurrency) return null;
      await openDirectGeneration(em, generationId, userId, request);
      await insertAttempt(em, id, attempt);
      return id;
    });
  }

  async started(attemptId: string, startedId: string): Promise<void> {
    await this.#parts.db.transaction((em) => markStarted(em, attemptId, startedId));
  }

  async settle(attemptId: string, settled: SettledAttempt): Promise<void> {
    await this.#parts.db.transaction((em) => settleAttempt(em, attemptId, settled));
  }

  async fail(attemptId: string, failed: FailedAttempt): Promise<void> {
    await this.#parts.db.transaction((em) => failAttempt(em, attemptId, failed));
  }
}
