import type { Transaction } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { JobPriority, QueueName } from '../../entities/enums.ts';
import type { TraceIds } from '../../trace-ids.ts';

export interface JobOfVideo {
  readonly videoId: string;
  readonly priority: JobPriority;
  /** Of the request that orders the work; left out, a job that runs again keeps those it had. */
  readonly trace?: TraceIds | undefined;
}

/**
 * The queue as services use it. Each method writes in the transaction of `em`, and with a job that may begin also its
 * notification, which is sent after the commit. `src/jobs/queue/job-transitions.ts` has the states.
 */
export interface JobQueue {
  /** The first job of a new video. */
  enqueue(transaction: Transaction, video: JobOfVideo): Promise<void>;
  /** The first job of a content that belongs to no video. */
  enqueueGeneration(em: Em, generationId: string, trace?: TraceIds): Promise<void>;
  /** The same for one that runs again; false where it has not failed. */
  restartGeneration(em: Em, generationId: string): Promise<boolean>;
  /** The job of a video that runs again; false where it neither failed nor was canceled. */
  restart(em: Em, video: JobOfVideo): Promise<boolean>;
  /** No worker may write to the job from now on; false where it has ended or there is none. */
  cancel(em: Em, videoId: string): Promise<boolean>;
  /** The same for the job of a content that belongs to no video. */
  cancelGeneration(em: Em, generationId: string): Promise<boolean>;
  /** Takes the job from its worker, which counts as a crash, and lets it wait for another; false where it waits already. */
  reclaim(em: Em, video: JobOfVideo): Promise<boolean>;
  /** No job of the queue is claimed until it is resumed. */
  pause(em: Em, queue: QueueName): Promise<void>;
  /** Notifies workers of everything that may begin: notifications that came during the pause found nothing to claim. */
  resume(em: Em, queue: QueueName): Promise<void>;
  /** Hides the failures of the queue that operators are shown; returns how many. */
  clearFailures(em: Em, queue: QueueName): Promise<number>;
}
