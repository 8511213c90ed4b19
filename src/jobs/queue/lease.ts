import type { JobPriority } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';

/** The right to work on a job, until the lease ends or a worker claims it with a higher fence. */
export interface Claim {
  readonly jobId: string;
  readonly videoId: string;
  readonly fence: number;
  readonly priority: JobPriority;
  /** How often the job has been claimed, this time included. */
  readonly attempt: number;
  /** Workers that crashed at it since a stage was last finished. */
  readonly deaths: number;
}

/** The claim is no longer valid: another worker has the job, or none may have it. */
export function leaseLost(): AppError {
  return new AppError('LEASE_LOST', 'Another worker has taken this video over, or it was deleted.');
}
