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
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';
import { writeFacts } from './video-facts.ts';

export interface LeasedStageStoreParts {
  readonly db: Database;
  readonly jobs: JobStore;
  readonly bus: EventBus;
  readonly claim: Claim;
  /** Of each stage. */
  readonly maxAttempts: number;
  /** A database that cannot be reached is waited for until this is aborted; not at all where there is none. */
  readonly until?: AbortSignal;
}

/** The stage store of one claim: every write first checks that the claim is still valid. */
export class LeasedStageStore implements StageStore {
  readonly #db: Database;
  readonly #jobs: JobStore;
  readonly #bus: EventBus;
  readonly #claim: Claim;
  readonly #maxAttempts: number;
  readonly #until: AbortSignal | undefined;

  constructor({ db, jobs, bus, claim, maxAttempts, until }: LeasedStageStoreParts) {
    this.#db = db;
    this.#jobs = jobs;
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
    await this.#write(step, async (em, failures) => {
      await sqlOf(em)
        .updateTable('video_stages')
        .set({
          status: 'RUNNING',
          progress: 0,
          // A worker crash is not a failure of the stage: the next worker goes on with the same attempt.
          attempt: failures + 1,
          max_attempts: this.#maxAttempts,
          next_attempt_at: null,
          started_at: sql<Date>`now()`,
          completed_at: null,
          provider: provider ?? null,
          error_code: null,
          error_message: null,
        })
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
      await this.#jobs.forgetFailures(em, this.#claim);
    });
  }

  async note(facts: VideoFacts): Promise<void> {
    await this.#db.transaction(async (em) => {
      await this.#jobs.lockClaim(em, this.#claim);
      await writeFacts(em, this.#claim.videoId, facts);
      await em.flush();
      await markChanged(em, this.#claim.videoId);
    }, this.#until);
  }

  async #write(
    step: ProgressStep & { currentStage?: StageName },
    change: (em: Em, failures: number) => Promise<void>,
  ): Promise<void> {
    const { stageProgress: _, ...event } = step;
    let written: VideoEventPosition | null = null;
    const position = await this.#db.transaction(async (em) => {
      const { failures } = await this.#jobs.lockClaim(em, this.#claim);
      // Where the answer to an earlier try's commit was lost it may have been committed, and must not be written twice.
      if (written && (await isEventCommitted(em, written, this.#claim.videoId, step.message))) return written;
      await change(em, failures);
      written = await recordVideoEvent(em, { videoId: this.#claim.videoId, status: 'PROCESSING', ...event });
      return written;
    }, this.#until);
    if (position) this.#bus.publish({ ownerId: position.ownerId, videoId: this.#claim.videoId });
  }
}
