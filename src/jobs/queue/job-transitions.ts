import type { JobStatus } from '../../entities/enums.ts';

/** The status of a job, or that a video has none. */
export type JobState = JobStatus | 'ABSENT';

export interface JobTransition {
  readonly from: readonly JobState[];
  readonly to: JobState | 'SAME';
}

/**
 * Everything that can happen to a job. `JobStore` has a method for each, which leaves a job in any other state as it is.
 * Those of a worker (from renew to quarantine) also need its claim: another fence is refused.
 */
export const JOB_TRANSITIONS = {
  enqueue: { from: ['ABSENT'], to: 'WAITING' },
  /** A job that is ACTIVE only once its lease has expired. */
  claim: { from: ['WAITING', 'ACTIVE'], to: 'ACTIVE' },

  renew: { from: ['ACTIVE'], to: 'ACTIVE' },
  /** A stage is finished, so that earlier failures no longer count. */
  forgetFailures: { from: ['ACTIVE'], to: 'ACTIVE' },
  release: { from: ['ACTIVE'], to: 'WAITING' },
  retryLater: { from: ['ACTIVE'], to: 'WAITING' },
  finish: { from: ['ACTIVE'], to: 'DONE' },
  fail: { from: ['ACTIVE'], to: 'FAILED' },
  quarantine: { from: ['ACTIVE'], to: 'FAILED' },

  cancel: { from: ['WAITING', 'ACTIVE'], to: 'CANCELED' },
  /** A new run of a video that failed or was canceled; its ended job may have been removed. */
  restart: { from: ['ABSENT', 'FAILED', 'CANCELED'], to: 'WAITING' },
  /** The same run of a video that makes no progress, whatever its job says; one that waits has no worker to take it from. */
  reclaim: { from: ['ABSENT', 'ACTIVE', 'DONE', 'FAILED', 'CANCELED'], to: 'WAITING' },

  /** A notification is written again: for a job whose last one may be lost, or whose lease has expired. */
  notifyDue: { from: ['WAITING', 'ACTIVE'], to: 'SAME' },
  /** An operator hides the failure; the job stays. */
  clearFailure: { from: ['FAILED'], to: 'FAILED' },
  removeOld: { from: ['DONE', 'FAILED', 'CANCELED'], to: 'ABSENT' },
} as const satisfies Readonly<Record<string, JobTransition>>;

export type JobTransitionName = keyof typeof JOB_TRANSITIONS;
