import type { Database } from '../../db/database.ts';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { ContentSpec } from '../../pipeline/make-content.ts';
import type { Ledger } from '../../providers/ledger.ts';
import { readOrdered } from '../../services/generations/ordered-generations-sql.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { GenerationClaim } from '../queue/lease.ts';
import type { JobTrace } from './job-trace.ts';
import type { JobWork, StopSignals } from './job-work.ts';
import { LeasedLedger, type LostAnswerPolicy } from './leased-ledger.ts';

export interface GenerationWorkParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly jobs: JobStore;
  readonly lostAnswers: LostAnswerPolicy;
  makeContent(content: ContentSpec, ledger: Ledger, signal: AbortSignal, trace: JobTrace): Promise<void>;
}

/** Makes the content of a claimed job, which belongs to no video. */
export class GenerationWork implements JobWork {
  readonly noun = 'generation';
  readonly logFields: JobWork['logFields'];
  readonly #claim: GenerationClaim;
  readonly #parts: GenerationWorkParts;

  constructor(claim: GenerationClaim, parts: GenerationWorkParts) {
    this.#claim = claim;
    this.#parts = parts;
    this.logFields = { generation_id: claim.generationId };
  }

  async make({ now: until }: StopSignals, trace: JobTrace): Promise<void> {
    const { db, jobs, bus, lostAnswers, makeContent } = this.#parts;
    const claim = this.#claim;
    const { id, userId, order, result } = await retryWhileUnreachable(until, () =>
      readOrdered(db.sql(), claim.generationId),
    );
    // The worker before this one crashed between the answer and the end of the job.
    if (result !== null) return;
    if (order === null || userId === null) throw new TypeError('A job of a generation has its order and its user.');
    const onWritten = () => bus.publishGeneration(id);
    const ledger = new LeasedLedger({ db, jobs, claim, lostAnswers, until, onWritten });
    await makeContent({ id, userId, order }, ledger, until, trace);
  }

  /** It has one step. */
  async lastProgress(): Promise<string> {
    return 'requested';
  }
}
