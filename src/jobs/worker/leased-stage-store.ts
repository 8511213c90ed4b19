import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { Checkpoint, ProgressStep, StageStore, VideoFacts } from '../../pipeline/stage-store.ts';
import { type StageName, stageAfter } from '../../pipeline/stages.ts';
import { isEventCommitted, type WrittenEvent } from '../../services/videos/video-events-sql.ts';
import {
  beginStage,
  completeStage,
  noteFacts,
  readCheckpoint,
  reportStage,
} from '../../services/videos/video-store.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { VideoClaim } from '../queue/lease.ts';

export interface LeasedStageStoreParts {
  readonly db: Database;
  readonly jobs: JobStore;
  readonly bus: EventBus;
  readonly claim: VideoClaim;
  /** For each stage. */
  readonly maxAttempts: number;
  /** Waits for an unreachable database until this is aborted; without a signal it does not wait. */
  readonly until?: AbortSignal;
}

/** The stage store of one claim: every write first checks that the claim is still valid. */
export class LeasedStageStore implements StageStore {
  readonly #db: Database;
  readonly #jobs: JobStore;
  readonly #bus: EventBus;
  readonly #claim: VideoClaim;
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
    const { videoId } = this.#claim;
    return await this.#db.statement((sql) => readCheckpoint(sql, { videoId, stage }), this.#until);
  }

  async begin(step: ProgressStep, provider: string | undefined): Promise<void> {
    const maxAttempts = this.#maxAttempts;
    await this.#write(step.message, async (em, { videoId }, failures) => {
      // A worker crash is not a failure of the stage: the next worker continues the same attempt.
      return await beginStage(em, videoId, step, { attempt: failures + 1, maxAttempts, provider });
    });
  }

  async report(step: ProgressStep, facts: VideoFacts): Promise<void> {
    await this.#write(step.message, (em, { videoId }) => reportStage(em, videoId, step, facts));
  }

  async complete(step: ProgressStep, checkpoint: Checkpoint, facts: VideoFacts): Promise<void> {
    const finished = { ...step, nextStage: stageAfter(step.stage) };
    await this.#write(step.message, async (em, claim) => {
      await this.#jobs.forgetFailures(em, claim);
      return await completeStage(em, claim.videoId, finished, { ...checkpoint, facts });
    });
  }

  async note(facts: VideoFacts): Promise<void> {
    await this.#db.transaction(async (em) => {
      await this.#jobs.lockClaim(em, this.#claim);
      await noteFacts(em, this.#claim.videoId, facts);
    }, this.#until);
  }

  async #write(message: string, transition: Transition): Promise<void> {
    const claim = this.#claim;
    let written: WrittenEvent | null = null;
    const position = await this.#db.transaction(async (em) => {
      const { failures } = await this.#jobs.lockClaim(em, claim);
      // Where the answer to the commit of an earlier try was lost, it may have been committed, and must not be written twice.
      if (written && (await isEventCommitted(em, written, claim.videoId, message))) return written;
      written = await transition(em, claim, failures);
      return written;
    }, this.#until);
    if (position) this.#bus.publish({ ownerId: position.ownerId, videoId: claim.videoId });
  }
}

/** A transition of the claim's video, under its lock; `failures` are those since a stage was last finished. */
type Transition = (em: Em, claim: VideoClaim, failures: number) => Promise<WrittenEvent | null>;
