import type { JobPriority } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';

interface ClaimFacts {
  readonly jobId: string;
  readonly fence: number;
  readonly priority: JobPriority;
  /** How often the job has been claimed, this time included. */
  readonly attempt: number;
  /** Workers that crashed at it since a stage was last finished. */
  readonly deaths: number;
  /** Of the request that ordered the work, and its span; null for a job that an earlier version has accepted. */
  readonly traceId: string | null;
  readonly spanId: string | null;
}

export interface VideoClaim extends ClaimFacts {
  readonly videoId: string;
}

/** Of a content that belongs to no video. */
export interface GenerationClaim extends ClaimFacts {
  readonly generationId: string;
}

/** The right to work on a job, until the lease ends or a worker claims it with a higher fence. It names what the job makes. */
export type Claim = VideoClaim | GenerationClaim;

/** The claim is no longer valid: another worker has the job, or none may have it. */
export function leaseLost(): AppError {
  return new AppError('LEASE_LOST', 'Another worker has taken this job over, or what it makes was deleted.');
}
