import type { AppError, ProviderService } from '../errors.ts';

/** What a call has used, as the service's price list counts it. What a service does not count is left out. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly images?: number;
  /** Characters sent to a voice, as the service counts them. */
  readonly characters?: number;
  /** Seconds of sound or of processing. */
  readonly seconds?: number;
}

/** What a provider has made. */
export interface Answer<Content> {
  readonly content: Content;
  /** The model that made it, by its name in the price list. */
  readonly model: string;
  readonly usage: Usage;
  /** What other services have done for it, e.g. the transcript that gives a voice its times. */
  readonly others?: readonly OtherUsage[];
}

/** What another service has used. */
export interface OtherUsage {
  readonly provider: string;
  readonly model: string;
  readonly usage: Usage;
}

/** How one call is made. */
export interface CallContext {
  readonly signal: AbortSignal;
  /**
   * For services that work in the background: the id of a task that an earlier, interrupted call has started. Its result is
   * fetched, and no other task is started.
   */
  readonly startedId?: string | undefined;
  /** Stores the id of a started task. The adapter awaits it before it asks for the result. */
  onStarted(id: string): Promise<void>;
}

/**
 * A provider of one kind of content. An adapter (one folder for each service) makes one or more of them.
 *
 * `call` sends the requests that make one content, and counts what all of them use: in most cases one, but a reply that cannot be used
 * is repaired once, and a text that is too long for a voice is sent in parts. An SDK's own retries are off. It has a time limit, and
 * checks what it returns, since that is stored and not requested again. It fails with an AppError:
 * - The service refused and nothing was made: <SERVICE>_INVALID_API_KEY, _QUOTA_EXCEEDED, _RATE_LIMITED (with
 *   `retryAfterSeconds` where known), _CONTENT_REJECTED, _API_ERROR; `retriable` where the same request may succeed later.
 * - A request was sent and its answer is missing: <SERVICE>_TIMEOUT. It may have been paid for: the most that it can cost, or what an
 *   UnusableAnswer as cause says.
 * - The service answered with something that cannot be used, and bills it: an UnusableAnswer is the cause.
 * - The signal was aborted: its reason.
 */
export interface ContentProvider<Request, Content> {
  /** The service in lower case, e.g. "openai". */
  readonly name: string;
  readonly service: ProviderService;
  /** The first is the one that a call uses unless the request chooses. */
  readonly models: readonly string[];
  /** True if calls cost money, even if the answer is lost. */
  readonly paid: boolean;
  /** True for one with a user's own key: its calls are billed to that user's account, and do not make the installation's provider rest. */
  readonly ownKey?: boolean;
  /** Providers with a higher priority are tried first. */
  readonly priority: number;
  /** The most calls at once, in all processes together. */
  readonly concurrency: number;
  /** Why it cannot serve this request; undefined where it can. No request is sent to find out. */
  unsuitable(request: Request): AppError | undefined;
  /** The most that a call can use: its price is reserved before the call is made. */
  mostUsage(request: Request): Usage;
  /** What a call usually uses, for an estimate; the most that it can use where this is left out. */
  usualUsage?(request: Request): Usage;
  /**
   * What the content depends on. Content that was made from the same for another video of the same user, by this provider and model,
   * is used again. Left out where each request should give another content, or where making it costs nothing.
   */
  cacheInput?(request: Request): object;
  /** The most that other services use for it, and what they usually use. */
  mostOthers?(request: Request): readonly OtherUsage[];
  usualOthers?(request: Request): readonly OtherUsage[];
  call(request: Request, context: CallContext): Promise<Answer<Content>>;
}

/** Cause of an error after which the service is, or may be, paid for this usage although there is no answer that can be used. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
  readonly model: string;
  readonly usage: Usage;
  /** What other services have done for it. */
  readonly others: readonly OtherUsage[];

  constructor(model: string, usage: Usage, reason: string, others: readonly OtherUsage[] = []) {
    super(reason);
    this.model = model;
    this.usage = usage;
    this.others = others;
  }
}
