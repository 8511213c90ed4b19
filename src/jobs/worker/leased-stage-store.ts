import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import {
  isEventCommitted,
  markChanged,
  recordVideoEvent,
  type VideoEventPosition,
} from '../../events/record-video-event.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { Checkpoint, ProgressStep, StageStore, VideoFacts } from '../../pipeline/stage-store.ts';
import { type StageName, stageAfter } from '../../pipeline/stages.ts';
import { type Claim, lockLease } from '../queue/lease.ts';
import { writeFacts } from './video-facts.ts';

/** The desk of one claim: every write proves first that the claim still holds. */
export class LeasedStageStore implements StageStore {
  readonly #db: Database;
  readonly #bus: EventBus;
  readonly #claim: Claim;
  readonly #maxAttempts: number;
  readonly #until: AbortSignal | undefined;

  /** A database that is away is waited for until the signal is aborted; not at all where there is none. */
  constructor(db: Database, bus: EventBus, claim: Claim, maxAttempts: number, until?: AbortSignal) {
    this.#db = db;
    this.#bus = bus;
    this.#claim = claim;
    this.#maxAttempts = maxAttempts;
    this.#until = until;
  }

  async checkpoint(stage: StageName): Promise<Checkpoint | null> {
    const reading = (sql: Sql) =>
      sql
        .selectFrom('video_stages')
        .select(['input_hash', 'output'])
        .where('video_id', '=', this.#claim.videoId)
        .where('stage', '=', stage)
        .where('status', '=', 'COMPLETED')
        .executeTakeFirst();
    const row = await this.#db.statement(reading, this.#until);
    return row?.input_hash && row.output ? { inputHash: row.input_hash, output: row.output } : null;
  }

  async begin(step: ProgressStep, provider: string | undefined): Promise<void> {
    await this.#write(step, async (em) => {
      await sqlOf(em)
        .updateTable('video_stages')
        .set(({ selectFrom }) => ({
          status: 'RUNNING',
          progress: 0,
          // A worker that died is not the stage's failure: its successor goes on with the same attempt.
          attempt: selectFrom('jobs')
            .select(sql<number>`failures + 1`.as('attempt'))
            .where('id', '=', this.#claim.jobId),
          max_attempts: this.#maxAttempts,
          next_attempt_at: null,
          started_at: sql<Date>`now()`,
          completed_at: null,
          provider: provider ?? null,
          error_code: null,
          error_message: null,
        }))
        .where('video_id', '=', this.#claim.videoId)
        .where('stage', '=', step.stage)
        .execute();
    });
  }

  async report(step: ProgressStep, facts: VideoFacts): Promise<void> {
    await this.#write(step, async (em) => {
      await writeFacts(em, this.#claim.videoId, facts);
      await sqlOf(em)
        .updateTable('video_stages')
        .set({ progress: step.stageProgress })
        .where('video_id', '=', this.#claim.videoId)
        .where('stage', '=', step.stage)
        .execute();
    });
  }

  async complete(step: ProgressStep, { inputHash, output }: Checkpoint, facts: VideoFacts): Promise<void> {
    await this.#write({ ...step, currentStage: stageAfter(step.stage) }, async (em) => {
      await writeFacts(em, this.#claim.videoId, facts);
      await sqlOf(em)
        .updateTable('video_stages')
        .set({
          status: 'COMPLETED',
          progress: 100,
          completed_at: sql<Date>`now()`,
          input_hash: inputHash,
          output: sql<string>`${JSON.stringify(output)}::jsonb`,
        })
        .where('video_id', '=', this.#claim.videoId)
        .where('stage', '=', step.stage)
        .execute();
      // What went wrong before a stage was finished says nothing about the next.
      await sqlOf(em).updateTable('jobs').set({ failures: 0, deaths: 0 }).where('id', '=', this.#claim.jobId).execute();
    });
  }

  async note(facts: VideoFacts): Promise<void> {
    await this.#db.transaction(async (em) => {
      await lockLease(em, this.#claim);
      await writeFacts(em, this.#claim.videoId, facts);
      await em.flush();
      await markChanged(em, this.#claim.videoId);
    }, this.#until);
  }

  async #write(step: ProgressStep & { currentStage?: StageName }, change: (em: Em) => Promise<void>): Promise<void> {
    const { stageProgress: _, ...event } = step;
    let written: VideoEventPosition | null = null;
    const position = await this.#db.transaction(async (em) => {
      await lockLease(em, this.#claim);
      // Where the answer to an earlier try's commit was lost it may have been committed, and must not be written twice.
      if (written && (await isEventCommitted(em, written, this.#claim.videoId, step.message))) return written;
      await change(em);
      written = await recordVideoEvent(em, { videoId: this.#claim.videoId, status: 'PROCESSING', ...event });
      return written;
    }, this.#until);
    if (position) this.#bus.publish({ ownerId: position.ownerId, videoId: this.#claim.videoId });
  }
}
