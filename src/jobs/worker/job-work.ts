import type { Em } from '../../db/orm.ts';
import type { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { QuotaService } from '../../services/quotas/quota.service.ts';
import type { JobTrace } from './job-trace.ts';

/** When a run has to end: `now` at once, `afterStage` when the stage under way is finished. */
export interface StopSignals {
  readonly now: AbortSignal;
  readonly afterStage: AbortSignal;
}

/** What a claimed job does. */
export interface JobWork {
  /** For the log, e.g. "video". */
  readonly noun: string;
  readonly logFields: Readonly<Record<string, string>>;
  /** Resolves when what is made is stored; `AttemptOutcomes` records it as complete. */
  make(stop: StopSignals, trace: JobTrace): Promise<void>;
  /** What is known of the progress of earlier workers, for people. */
  lastProgress(): Promise<string>;
}

/** A retry that is planned. */
export interface Retry {
  readonly delaySeconds: number;
  /** From 1. */
  readonly retry: number;
  readonly maxRetries: number;
}

/** Writes how an attempt has ended, beside the job itself: in its transaction, with the job locked. */
export interface JobEnding {
  complete(em: Em): Promise<void>;
  /** `traceId` links the error that the client sees to the log. */
  planRetry(em: Em, error: AppError, traceId: string, retry: Retry): Promise<void>;
  /** The run has ended. */
  fail(em: Em, error: AppError, traceId: string): Promise<void>;
  /** Called after the commit. */
  publish(): void;
}

export interface EndingParts {
  readonly quotas: QuotaService;
  readonly bus: EventBus;
}
