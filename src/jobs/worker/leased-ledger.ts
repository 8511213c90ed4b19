import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { decimalOf } from '../../money.ts';
import {
  type AttemptRequest,
  answerLost,
  type CachedContent,
  type FailedAttempt,
  type GenerationRequest,
  type Ledger,
  type OpenedGeneration,
  type PlannedCall,
  type SettledAttempt,
} from '../../providers/ledger.ts';
import {
  completeFromCache,
  countCallsUnderWay,
  failAttempt,
  findCached,
  insertAttempt,
  markStarted,
  type OpenAttempt,
  openGeneration,
  readOpenAttempts,
  settleAttempt,
} from '../../services/generations/generation-store.ts';
import { readOrdered } from '../../services/generations/ordered-generations-sql.ts';
import { readPaidContents, readSpending } from '../../services/generations/spending-sql.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';

/**
 * What happens where a paid request was sent and its answer is missing: `ask` fails the job with ANSWER_LOST, and
 * the user who retries the video, or generates the content anew, decides to send again; `resend` sends again at once and may pay twice.
 */
export type LostAnswerPolicy = 'ask' | 'resend';

export interface LeasedLedgerParts {
  readonly db: Database;
  readonly jobs: JobStore;
  readonly claim: Claim;
  readonly lostAnswers: LostAnswerPolicy;
  /** Waits for an unreachable database until this is aborted; without a signal it does not wait. */
  readonly until?: AbortSignal;
  /** Called after each commit. */
  readonly onWritten?: () => void;
}

/** The ledger of one claim: every write first checks that the claim is still valid. */
export class LeasedLedger implements Ledger {
  readonly #parts: LeasedLedgerParts;

  constructor(parts: LeasedLedgerParts) {
    this.#parts = parts;
  }

  async open(request: GenerationRequest): Promise<OpenedGeneration> {
    const id = randomUUIDv7();
    const { claim } = this.#parts;
    const { row, attempts } = await this.#write(async (em) => {
      const row =
        'videoId' in claim
          ? await openGeneration(em, id, claim.videoId, request)
          : { ...(await readOrdered(sqlOf(em), claim.generationId)), inserted: false };
      // Another voice may have been asked for the same words before.
      const isNew = row.inserted && request.stage !== 'SPEECH';
      return { row, attempts: isNew ? [] : await readOpenAttempts(em, row.id) };
    });
    // An answer that was stored stays so, whatever has become of its job.
    if (row.result !== null) return { state: 'STORED', stored: row.result, provider: row.provider };
    return this.#opened(row.id, attempts, request);
  }

  #opened(id: string, attempts: readonly OpenAttempt[], { stage }: GenerationRequest): OpenedGeneration {
    const last = attempts.findLast(({ startedId }) => startedId !== null);
    const { isOfEarlierRun = false, ownKey = false } = last ?? {};
    const started = last?.startedId
      ? { started: { attemptId: last.id, provider: last.provider, startedId: last.startedId, ownKey, isOfEarlierRun } }
      : {};
    const unconfirmed = attempts.filter(
      ({ isOfEarlierRun, startedId }) => !isOfEarlierRun && startedId === null && this.#parts.lostAnswers === 'ask',
    );
    // A call that failed is followed by another provider. One that was interrupted, by a crash, a stop or a lost lease of its worker, did not fail:
    // its answer may have arrived, and another provider would be paid for the same content.
    const isInterrupted = (code: string | null) => code === null || code === 'CANCELED' || code === 'LEASE_LOST';
    const crashed = unconfirmed.filter(({ errorCode }) => isInterrupted(errorCode)).map(({ provider }) => provider);
    if (crashed.length > 0) throw answerLost([...new Set(crashed)], stage);
    return { state: 'OPEN', id, ...started, lostBy: [...new Set(unconfirmed.map(({ provider }) => provider))] };
  }

  async ensureBudget(calls: readonly PlannedCall[]): Promise<void> {
    const { claim } = this.#parts;
    if (!('videoId' in claim)) return;
    await this.#write(async (em) => {
      const hashes = calls.map(({ inputHash }) => inputHash);
      const paid = await readPaidContents(em, claim.videoId, hashes);
      const isPaid = ({ sceneId, inputHash }: PlannedCall) =>
        paid.some((one) => one.sceneId === sceneId && one.inputHash === inputHash);
      const left = calls.filter((call) => !isPaid(call));
      const [first] = left;
      const mostCost = left.reduce((sum, call) => sum + call.mostCost, 0);
      if (first) await this.#checkBudget(em, { provider: first.provider, mostCost }, left.length);
    });
  }

  async send(attempt: AttemptRequest): Promise<string | null> {
    const id = randomUUIDv7();
    const { paid, concurrency } = attempt;
    return await this.#write(async (em) => {
      if (paid) await this.#checkBudget(em, attempt);
      const isLimited = Number.isFinite(concurrency);
      if (isLimited && (await countCallsUnderWay(em, attempt)) >= concurrency) return null;
      await insertAttempt(em, id, attempt);
      return id;
    });
  }

  async started(attemptId: string, startedId: string): Promise<void> {
    await this.#write((em) => markStarted(em, attemptId, startedId));
  }

  async settle(attemptId: string, settled: SettledAttempt): Promise<void> {
    await this.#write((em) => settleAttempt(em, attemptId, settled));
  }

  async fail(attemptId: string, failed: FailedAttempt): Promise<void> {
    await this.#write((em) => failAttempt(em, attemptId, failed));
  }

  async findCached(generationId: string, cacheKey: string): Promise<object | null> {
    return await this.#write((em) => findCached(em, generationId, cacheKey));
  }

  async settleCached(generationId: string, cached: CachedContent): Promise<void> {
    await this.#write((em) => completeFromCache(em, generationId, cached));
  }

  /** The video's row stays locked until the reservation is committed, so that parallel calls cannot exceed the limit together. */
  async #checkBudget(
    em: Em,
    { provider, mostCost }: Pick<PlannedCall, 'provider' | 'mostCost'>,
    count = 1,
  ): Promise<void> {
    const { claim } = this.#parts;
    // Only videos have a limit.
    if (!('videoId' in claim)) return;
    const { limit, committed } = await readSpending(em, claim.videoId);
    if (limit === null || committed + mostCost <= limit) return;
    throw new AppError(
      'BUDGET_EXCEEDED',
      `The next ${count === 1 ? 'call' : `${count} calls`} of ${provider} may cost $${decimalOf(mostCost)}, and $${decimalOf(committed)} of the limit of $${decimalOf(limit)} ` +
        'are spent or reserved: create the video again with a higher maxCost, or with providers that cost less.',
    );
  }

  async #write<T>(step: (em: Em) => Promise<T>): Promise<T> {
    const { db, jobs, claim, until, onWritten } = this.#parts;
    const written = await db.transaction(async (em) => {
      await jobs.lockClaim(em, claim);
      return await step(em);
    }, until);
    onWritten?.();
    return written;
  }
}
