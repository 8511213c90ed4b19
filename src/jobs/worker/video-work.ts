import type { Database } from '../../db/database.ts';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import { Video } from '../../entities/video.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { StageStore } from '../../pipeline/stage-store.ts';
import type { VideoSpec } from '../../pipeline/video-spec.ts';
import type { Ledger } from '../../providers/ledger.ts';
import { lastProgressMessageOf } from '../../services/videos/video-store.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { VideoClaim } from '../queue/lease.ts';
import type { JobTrace } from './job-trace.ts';
import type { JobWork, StopSignals } from './job-work.ts';
import { LeasedLedger, type LostAnswerPolicy } from './leased-ledger.ts';
import { LeasedStageStore } from './leased-stage-store.ts';
import { videoSpecOf } from './video-spec-of.ts';

export interface VideoWorkParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly jobs: JobStore;
  /** What happens to paid requests whose answers are missing. */
  readonly lostAnswers: LostAnswerPolicy;
  /** Attempts of each stage. */
  readonly outcomes: { readonly maxAttempts: number };
  make(videoSpec: VideoSpec, stageStore: StageStore, stop: StopSignals, ledger: Ledger, trace: JobTrace): Promise<void>;
}

/** Makes the video of a claimed job. */
export class VideoWork implements JobWork {
  readonly noun = 'video';
  readonly logFields: JobWork['logFields'];
  readonly #claim: VideoClaim;
  readonly #parts: VideoWorkParts;

  constructor(claim: VideoClaim, parts: VideoWorkParts) {
    this.#claim = claim;
    this.#parts = parts;
    this.logFields = { video_id: claim.videoId };
  }

  async make(stop: StopSignals, trace: JobTrace): Promise<void> {
    const { db, jobs, bus, lostAnswers, make, outcomes } = this.#parts;
    const [claim, until] = [this.#claim, stop.now];
    const video = await retryWhileUnreachable(until, () => db.em().findOneOrFail(Video, { id: claim.videoId }));
    const { maxAttempts } = outcomes;
    const stageStore = new LeasedStageStore({ db, jobs, bus, claim, maxAttempts, until });
    const ledger = new LeasedLedger({ db, jobs, claim, lostAnswers, until });
    await make(videoSpecOf(video), stageStore, stop, ledger, trace);
  }

  async lastProgress(): Promise<string> {
    return await lastProgressMessageOf(this.#parts.db.sql(), this.#claim.videoId);
  }
}
