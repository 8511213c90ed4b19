import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Money } from '../money.ts';
import { isFinal, isLost, refusalOf, waitBeforeRetry } from './failover.ts';
import type { AttemptLedger, GenerationRequest, StartedTask } from './ledger.ts';
import { type Answer, type ContentProvider, type OtherUsage, UnusableAnswer, type Usage } from './provider.ts';
import { plausibleOthers, plausibleUsage } from './usage.ts';

export interface CallParts {
  readonly ledger: AttemptLedger;
  costOf(provider: string, model: string, usage: Usage): Money;
  /** Counts attempts when they end; none are counted where left out. */
  readonly metrics?: CallMetrics | undefined;
  /** Traces attempts; none are traced where left out. */
  readonly spans?: CallSpans | undefined;
}

export interface CallSpans {
  /** An attempt is sent. The values are those of its metric; `stage` is the one that needs the content, where there is one. */
  beginCall(call: Omit<CallEnd, 'status'> & { readonly stage?: string | undefined }): CallSpan;
}

export interface CallSpan {
  /** Once, with the status of the attempt's metric. */
  end(status: string): void;
}

export interface CallMetrics {
  callEnded(call: CallEnd): void;
}

/** An attempt that has ended. */
export interface CallEnd {
  readonly provider: string;
  /** One of the provider's own models, or other: the name of a model can come from a user. */
  readonly model: string;
  /** What it makes: text, audio, image, video or analysis. */
  readonly type: string;
  /** success; the kind of a refusal, such as rate_limited; timeout, lost where no answer came, or aborted by the caller. */
  readonly status: string;
}

/** One content that a provider is called for. */
export interface CallRequest<Content, Stored> {
  readonly generationId: string;
  /** What it makes. */
  readonly facts: Pick<GenerationRequest, 'type'> & Partial<Pick<GenerationRequest, 'stage'>>;
  /** The task of an interrupted call, whose result is fetched. */
  readonly started: StartedTask | undefined;
  readonly signal: AbortSignal;
  readonly cacheKey?: string | undefined;
  store(content: Content): Promise<Stored>;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** Calls of one provider, each recorded in the ledger before it is sent and after it has ended. */
export class ProviderCalls<Request extends object, Content> {
  readonly #parts: CallParts;

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  /**
   * The stored answer, or the provider's error after as many attempts as it allows. Throws errors of the ledger, of the storage, and
   * the reason of the caller's abort while it waits.
   */
  async call<Stored extends object>(
    provider: ContentProvider<Request, Content>,
    request: Request,
    call: CallRequest<Content, Stored>,
  ): Promise<Stored | AppError> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.callOnce(provider, request, attempt === 1 ? call : { ...call, started: undefined });
      if (!(outcome instanceof AppError) || isFinal(outcome)) return outcome;
      // The service no longer knows the task of an interrupted call: nothing prevents a new one.
      if (attempt === 1 && call.started !== undefined && !isLost(outcome)) continue;
      const seconds = waitBeforeRetry(outcome, attempt);
      if (seconds === undefined) return outcome;
      await pause(seconds * 1_000, call.signal);
    }
  }

  /** The most that one call can cost. */
  mostCost(provider: ContentProvider<Request, Content>, request: Request): Money {
    const { name, mostUsage, mostOthers } = provider;
    const own = this.#parts.costOf(name, modelOf(provider, request) ?? '', mostUsage(request));
    return own + this.#costOfOthers(mostOthers?.(request));
  }

  #costOfOthers(others: readonly OtherUsage[] = []): Money {
    return others.reduce((sum, { provider, model, usage }) => sum + this.#parts.costOf(provider, model, usage), 0);
  }

  /** The same with one attempt only. */
  async callOnce<Stored extends object>(
    provider: ContentProvider<Request, Content>,
    request: Request,
    { generationId, facts, started, signal, cacheKey, store }: CallRequest<Content, Stored>,
  ): Promise<Stored | AppError> {
    const { ledger } = this.#parts;
    const { name, models } = provider;
    const mostUsage = provider.mostUsage(request);
    const costOf = (model: string, usage: Usage) => this.#parts.costOf(name, model, plausibleUsage(usage, mostUsage));
    const costOfOthers = (others?: readonly OtherUsage[]) =>
      this.#costOfOthers(plausibleOthers(others, provider.mostOthers?.(request)));
    const mostCost = this.mostCost(provider, request);
    const chosen = modelOf(provider, request);
    const attemptId = started?.attemptId ?? (await this.#send(provider, chosen, { generationId, mostCost, signal }));
    const labels = {
      provider: name,
      model: chosen !== undefined && models.includes(chosen) ? chosen : 'other',
      type: facts.stage === 'ANALYSIS' ? 'analysis' : facts.type.toLowerCase(),
    };
    const span = this.#parts.spans?.beginCall({ ...labels, stage: facts.stage ?? undefined });
    const count = (status: string) => {
      this.#parts.metrics?.callEnded({ ...labels, status });
      span?.end(status);
    };
    const begun = performance.now();
    const milliseconds = () => Math.round(performance.now() - begun);
    const fail = async (thrown: unknown, state: 'REFUSED' | 'UNCERTAIN', cost: Money): Promise<AppError> => {
      const error = AppError.from(thrown);
      const { code, message } = error;
      count(signal.aborted ? 'aborted' : statusOf(error));
      // A worker that lost the lease, or the database, leaves the attempt SENT: to the next worker that has the same meaning.
      await ledger.fail(attemptId, { state, code, message, cost, milliseconds: milliseconds() }).catch(() => undefined);
      return error;
    };

    let answer: Answer<Content>;
    try {
      const onStarted = (id: string) => ledger.started(attemptId, id);
      answer = await provider.call(request, { signal, startedId: started?.startedId, onStarted });
    } catch (thrown) {
      const { cause } = AppError.from(thrown);
      const lost = isLost(thrown);
      const known =
        cause instanceof UnusableAnswer ? costOf(cause.model, cause.usage) + costOfOthers(cause.others) : undefined;
      return await fail(thrown, lost ? 'UNCERTAIN' : 'REFUSED', known ?? (lost ? mostCost : 0));
    }

    const { content, model, usage, others } = answer;
    const cost = costOf(model, usage) + costOfOthers(others);
    let stored: Stored;
    try {
      stored = await store(content);
    } catch (thrown) {
      // The answer is paid for and gone; another provider would not mend the disk.
      throw await fail(thrown, 'UNCERTAIN', cost);
    }
    const tokens = tokensOf(plausibleUsage(usage, mostUsage));
    const settled = { stored, provider: name, model, tokens, cost, milliseconds: milliseconds(), cacheKey };
    try {
      await ledger.settle(attemptId, settled);
    } catch (thrown) {
      throw await fail(thrown, 'UNCERTAIN', cost);
    }
    count('success');
    return stored;
  }

  /** Waits while the provider has as many calls as it takes. */
  async #send(
    { name, paid, ownKey = false, concurrency }: ContentProvider<Request, Content>,
    model: string | undefined,
    { generationId, mostCost, signal }: { generationId: string; mostCost: Money; signal: AbortSignal },
  ): Promise<string> {
    const attempt = { generationId, provider: name, model, paid, ownKey, mostCost, concurrency };
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      signal.throwIfAborted();
      const attemptId = await this.#parts.ledger.send(attempt);
      if (attemptId !== null) return attemptId;
      await pause(wait * (0.5 + Math.random()), signal);
    }
  }
}

/** Of an error, as metrics name it. */
function statusOf(error: AppError): string {
  return refusalOf(error)?.toLowerCase() ?? (error.code.endsWith('_TIMEOUT') ? 'timeout' : 'lost');
}

/** The model that a call uses. */
function modelOf({ models }: { readonly models: readonly string[] }, request: object): string | undefined {
  return 'model' in request && typeof request.model === 'string' ? request.model : models[0];
}

function tokensOf({ inputTokens, outputTokens }: Usage): number | undefined {
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** Ends at once, with the signal's reason, where it is aborted. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}
