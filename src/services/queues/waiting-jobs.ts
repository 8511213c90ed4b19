import { LockMode } from '@mikro-orm/core';
import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { lockJob } from './failed-jobs-sql.ts';
import { readWaitingJobs, type WaitingJob } from './waiting-jobs-sql.ts';

/** How waiting jobs are canceled, in a transaction with the job locked. */
export interface Cancellations {
  /** With the video locked too. */
  video(em: Em, video: Video): Promise<void>;
  generation(em: Em, generationId: string): Promise<void>;
  /** Last in the transaction of a job that is canceled. */
  record(em: Em, job: WaitingJob): Promise<void>;
  /** Called after each commit; with the owner of the video, where it makes one. */
  onCanceled(job: WaitingJob, ownerId: string | null): void;
}

/** Cancels what waits now, each in a transaction of its own; returns how many. One that a worker claims meanwhile goes on. */
export async function cancelWaitingJobs(db: Database, queue: QueueName, cancellations: Cancellations): Promise<number> {
  let canceled = 0;
  for (const job of await readWaitingJobs(db.sql(), queue)) {
    const ended = await db.transaction(async (em) => await cancelIn(em, job, cancellations));
    if (!ended) continue;
    canceled++;
    cancellations.onCanceled(job, ended.ownerId);
  }
  return canceled;
}

/** Null where the job no longer waits. */
async function cancelIn(em: Em, job: WaitingJob, cancellations: Cancellations) {
  if ((await lockJob(em, job.jobId)) !== 'WAITING') return null;
  const ownerId = await cancelSubject(em, job, cancellations);
  await cancellations.record(em, job);
  return { ownerId };
}

async function cancelSubject(em: Em, job: WaitingJob, cancellations: Cancellations): Promise<string | null> {
  const { videoId, generationId } = job;
  if (generationId !== null) {
    await cancellations.generation(em, generationId);
    return null;
  }
  const video = await em.findOneOrFail(Video, { id: videoId ?? '' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  await cancellations.video(em, video);
  return video.ownerId;
}
