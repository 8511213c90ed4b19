import { randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { LedgerState } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import type { Ledger, LedgerRequest } from '../../providers/ledger.ts';
import { type Claim, leaseLost } from '../queue/lease.ts';

/**
 * What happens where a paid request was sent and its answer is missing: `ask` fails the video with ANSWER_LOST, and
 * the user who retries it decides to send again; `resend` sends again at once and may pay twice.
 */
export type LostAnswerPolicy = 'ask' | 'resend';

interface EntryRow {
  readonly state: LedgerState;
  readonly kept: object | null;
  /** Whether the request is of an earlier run, so that a user has decided to retry since. */
  readonly earlier_run: boolean;
}

/** The ledger of one claim. Each write is one statement that holds the job's row and names the claim's fence. */
export class LeasedLedger implements Ledger {
  readonly #db: Database;
  readonly #claim: Claim;
  readonly #lostAnswers: LostAnswerPolicy;
  readonly #until: AbortSignal | undefined;

  /** Waits for an unreachable database until the signal is aborted; without a signal it does not wait. */
  constructor(db: Database, claim: Claim, lostAnswers: LostAnswerPolicy, until?: AbortSignal) {
    this.#db = db;
    this.#claim = claim;
    this.#lostAnswers = lostAnswers;
    this.#until = until;
  }

  async intend(entry: LedgerRequest): Promise<object | null> {
    const { stage, sceneId, inputHash, provider, paid } = entry;
    const id = randomUUIDv7();
    const row = await this.#write<EntryRow>(sql`
      insert into ledger as entry (id, video_id, stage, scene_id, input_hash, provider, paid, run)
      select ${id}::uuid, held.video_id, ${stage}, ${sceneId}::uuid, ${inputHash}, ${provider}, ${paid}::boolean, held.run from held
      on conflict (video_id, stage, scene_id, input_hash) do update set
        -- The worker that sent this no longer works on it: the fence shows it.
        state = case entry.state when 'SENT' then 'UNCERTAIN' else entry.state end,
        losses = entry.losses + (entry.state = 'SENT')::int
      returning state, kept, run < (select run from held) as earlier_run`);
    if (row.state === 'SETTLED') return row.kept;
    if (row.state === 'UNCERTAIN' && paid && this.#lostAnswers === 'ask' && !row.earlier_run) throw answerLost(entry);
    return null;
  }

  async send(entry: LedgerRequest): Promise<void> {
    await this.#update(
      entry,
      sql`state = 'SENT', sends = sends + 1, sent_at = now(), run = held.run, error_code = null`,
    );
  }

  async settle(entry: LedgerRequest, kept: object): Promise<void> {
    await this.#update(entry, sql`state = 'SETTLED', settled_at = now(), kept = ${JSON.stringify(kept)}::jsonb`);
  }

  async refuse(entry: LedgerRequest, errorCode: string): Promise<void> {
    await this.#update(entry, sql`state = 'INTENT', error_code = ${errorCode}`);
  }

  async lose(entry: LedgerRequest, errorCode: string): Promise<void> {
    await this.#update(entry, sql`state = 'UNCERTAIN', losses = losses + 1, error_code = ${errorCode}`);
  }

  async #update({ stage, sceneId, inputHash }: LedgerRequest, changes: RawBuilder<unknown>): Promise<void> {
    await this.#write(sql`
      update ledger set ${changes} from held
      where ledger.video_id = held.video_id and stage = ${stage} and scene_id is not distinct from ${sceneId}::uuid
        and input_hash = ${inputHash}
      returning state`);
  }

  /** Throws LEASE_LOST, having written nothing, where the claim is no longer valid. */
  async #write<Row>(statement: RawBuilder<unknown>): Promise<Row> {
    const writing = sql<Row>`
      with held as (
        select jobs.video_id, videos.run from jobs join videos on videos.id = jobs.video_id
        where jobs.id = ${this.#claim.jobId} and fence = ${this.#claim.fence} and jobs.status = 'ACTIVE'
        for share of jobs
      ) ${statement}`;
    const { rows } = await this.#db.statement((sql) => writing.execute(sql), this.#until);
    const [row] = rows;
    if (!row) throw leaseLost();
    return row;
  }
}

function answerLost({ provider, stage }: LedgerRequest): AppError {
  return new AppError(
    'ANSWER_LOST',
    `A request of the stage ${stage} went out to ${provider} and its answer was lost, so it may have been paid for. ` +
      'Retry the video to send it again.',
  );
}
