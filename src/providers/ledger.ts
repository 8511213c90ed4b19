import { AppError } from '../errors.ts';
import type { Money } from '../money.ts';

/** The stages that call providers. */
export type ProviderStage = 'SCRIPT' | 'SPEECH' | 'VISUALS' | 'ANALYSIS';
export type GenerationKind = 'TEXT' | 'AUDIO' | 'IMAGE' | 'VIDEO';

/** One content. A video needs exactly one generation of it, however often the video is restarted. */
export interface GenerationRequest {
  /** Null for a content that belongs to no video. */
  readonly stage: ProviderStage | null;
  /** Id of the scene; null for a request for the whole video. */
  readonly sceneId: string | null;
  /** SHA-256, hex, of the request; the same for every provider. */
  readonly inputHash: string;
  readonly type: GenerationKind;
  /** What users see of the request. */
  readonly prompt: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A task that an interrupted call has started at its service. */
export interface StartedTask {
  readonly attemptId: string;
  readonly provider: string;
  /** Id of the task at the service. */
  readonly startedId: string;
  /** True where it was started with the user's own key. */
  readonly ownKey?: boolean;
  /** True where a user has retried the video since. */
  readonly isOfEarlierRun?: boolean;
}

export type OpenedGeneration =
  | { readonly state: 'STORED'; readonly stored: object; readonly provider: string }
  | {
      readonly state: 'OPEN';
      readonly id: string;
      /** Its result can be fetched, so that nothing is paid again. */
      readonly started?: StartedTask;
      /** Paid providers whose answer to this request was lost; they are not called again before a user retries the video. */
      readonly lostBy: readonly string[];
    };

export interface AttemptRequest {
  readonly generationId: string;
  readonly provider: string;
  readonly model: string | undefined;
  readonly paid: boolean;
  /** True where it is made with the user's own key. */
  readonly ownKey?: boolean;
  /** The most that it can cost: reserved until it has ended. */
  readonly mostCost: Money;
  /** The most calls of this provider at once, in all processes together; of one user where the key is the user's. */
  readonly concurrency: number;
}

/** A call that will be made. */
export interface PlannedCall extends Pick<GenerationRequest, 'sceneId' | 'inputHash'> {
  /** The provider that will be called first. */
  readonly provider: string;
  /** The most that it can cost. */
  readonly mostCost: Money;
}

export interface SettledAttempt {
  /** Plain data that locates the stored answer. */
  readonly stored: object;
  readonly provider: string;
  readonly model: string;
  readonly tokens: number | undefined;
  readonly cost: Money;
  readonly milliseconds: number;
  /** SHA-256, hex, by which requests of other videos find the content; left out where it is not used again. */
  readonly cacheKey?: string | undefined;
}

/** What was made for another video, and is used again. */
export interface CachedContent {
  /** Plain data that locates the copy. */
  readonly stored: object;
  readonly provider: string;
  readonly model: string | undefined;
  readonly cacheKey: string;
}

export interface FailedAttempt {
  /** REFUSED: nothing was made, or what was made is of no use. UNCERTAIN: something may have been made that was not received. */
  readonly state: 'REFUSED' | 'UNCERTAIN';
  readonly code: string;
  readonly message: string;
  /** What it costs nevertheless; for an uncertain attempt the most that it can. */
  readonly cost: Money;
  readonly milliseconds: number;
}

/**
 * Records provider calls before and after they are made. Each attempt goes from SENT to SETTLED, REFUSED or UNCERTAIN; at most one
 * of a generation is SENT. Each method is one commit that verifies that the worker still holds the job's lease, and throws
 * LEASE_LOST otherwise.
 */
export interface Ledger {
  /**
   * Finds the stored answer, or records the intent to call. Throws ANSWER_LOST where a worker crashed during a paid call, and
   * calling again may pay twice and no user has confirmed it.
   */
  open(request: GenerationRequest): Promise<OpenedGeneration>;
  /**
   * Throws BUDGET_EXCEEDED where these calls together may cost more than is left of the limit. Those whose content is stored, or whose task
   * is started, cost nothing more. Records and reserves nothing.
   */
  ensureBudget(calls: readonly PlannedCall[]): Promise<void>;
  /**
   * Records that a request is about to be sent, and reserves its cost: it is sent after this has resolved, not before. Returns
   * the attempt's id, or null while the provider has as many calls as it takes. Throws BUDGET_EXCEEDED.
   */
  send(attempt: AttemptRequest): Promise<string | null>;
  /** The service has started a task, and gave it this id. */
  started(attemptId: string, startedId: string): Promise<void>;
  /** The answer is stored. */
  settle(attemptId: string, settled: SettledAttempt): Promise<void>;
  fail(attemptId: string, failed: FailedAttempt): Promise<void>;
  /** Where the same content is stored for another video of the same user; null where it is not. */
  findCached(generationId: string, cacheKey: string): Promise<object | null>;
  /** A copy of it is stored for this request, so that none is sent. */
  settleCached(generationId: string, cached: CachedContent): Promise<void>;
}

/** The steps of one call. */
export type AttemptLedger = Omit<Ledger, 'open' | 'ensureBudget' | 'findCached' | 'settleCached'>;

/** The error of a request that is not sent again before a user retries the video. */
export function answerLost(providers: readonly string[], stage: GenerationRequest['stage']): AppError {
  const request = stage === null ? 'The request' : `A request of the stage ${stage}`;
  const decision = stage === null ? 'Generate it anew to send it again.' : 'Retry the video to send it again.';
  return new AppError(
    'ANSWER_LOST',
    `${request} went out to ${providers.join(' and ')} and its answer was lost, so it may have been paid for. ${decision}`,
  );
}
