import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import { AppError } from '../errors.ts';
import {
  failureOf,
  heldBack,
  isDisabled,
  isFinal,
  isRejected,
  keyRemoved,
  lostEarlier,
  nameOfNext,
  nothingServes,
  type ProviderFailure,
} from './failover.ts';
import type { GenerationRequest, Ledger, OpenedGeneration, PlannedCall, StartedTask } from './ledger.ts';
import type { ContentProvider } from './provider.ts';
import { type CallParts, ProviderCalls } from './provider-calls.ts';
import type { Admission, ProviderStates } from './provider-states.ts';

/** How the caller handles the answer. */
export interface AnswerHandling<Content, Stored extends object> {
  /** Null, or left out, for a request for the whole video. */
  readonly sceneId?: string | null;
  readonly signal: AbortSignal;
  /** Stores the answer permanently and returns plain data that locates it. The attempt is settled only after that. */
  store(content: Content): Promise<Stored>;
  readonly storedSchema: z.ZodType<Stored>;
  /**
   * Copies what is stored for another video, so that this one has its own; null where it is gone. Left out where content of other
   * videos is not used.
   */
  copy?(stored: Stored): Promise<Stored | null>;
  /** A provider has failed, and the next one is called instead. */
  onFailover?(failover: Failover): Promise<void>;
}

export interface Failover extends ProviderFailure {
  /** Name of the provider that is called next. */
  readonly next: string;
}

export interface Delivered<Stored> {
  readonly stored: Stored;
  /** Name of the provider that has made it. */
  readonly provider: string;
}

/** A request that will be made. */
export interface PlannedRequest<Request> {
  readonly request: Request;
  readonly sceneId: string | null;
}

/** What the ledger shows of a request. */
export type RequestFacts = Pick<GenerationRequest, 'stage' | 'type' | 'prompt' | 'parameters'>;

export interface ChainParts extends CallParts {
  readonly ledger: Ledger;
  readonly states: ProviderStates;
  /** Whether content that one service has rejected is offered to the next one; false by default. */
  readonly offersRejected?: boolean;
}

/** Built-in providers use the processor: more at once are no faster. */
const LOCAL_PARALLEL = 2;

type OpenGeneration = Extract<OpenedGeneration, { readonly state: 'OPEN' }>;

/**
 * The providers of one capability, in the order in which they are tried. A failure goes on to the next; an answer is stored once,
 * and a request that was answered is never sent again.
 */
export class Chain<Request extends object, Content> {
  readonly #providers: readonly ContentProvider<Request, Content>[];
  readonly #parts: ChainParts;
  readonly #describe: (request: Request) => RequestFacts;
  readonly #isAlone: boolean;
  readonly #calls: ProviderCalls<Request, Content>;

  constructor(
    providers: readonly ContentProvider<Request, Content>[],
    parts: ChainParts,
    describe: (request: Request) => RequestFacts,
    { isAlone = false } = {},
  ) {
    this.#providers = providers;
    this.#parts = parts;
    this.#describe = describe;
    this.#isAlone = isAlone;
    this.#calls = new ProviderCalls(parts);
  }

  /** Name of the provider that is tried first. */
  get first(): string {
    return this.#providers[0]?.name ?? 'none';
  }

  /** How many requests are worth making side by side: as many as the provider with the highest limit takes at once. */
  get parallel(): number {
    const limits = this.#providers.map(({ concurrency }) => concurrency).filter(Number.isFinite);
    return Math.max(LOCAL_PARALLEL, ...limits);
  }

  /**
   * Chains of one provider each, for content that one provider has to make as a whole, such as the voice of a film: those that can
   * serve all requests and are enabled, in order. What one of them has made is not taken for another's. Throws the reason where there is none.
   */
  async alone(requests: readonly Request[]): Promise<readonly Chain<Request, Content>[]> {
    const reasonOf = (one: ContentProvider<Request, Content>) =>
      requests.map((request) => one.unsuitable(request)).find((reason) => reason !== undefined);
    const suitable = this.#providers.filter((one) => reasonOf(one) === undefined);
    const [first] = suitable;
    if (first === undefined) throw this.#providers.map(reasonOf)[0] ?? nothingServes();
    const areEnabled = await Promise.all(suitable.map(({ name }) => this.#parts.states.isEnabled(name)));
    const enabled = suitable.filter((_, index) => areEnabled[index]);
    if (enabled.length === 0) throw heldBack(first.name, { admitted: false, because: 'DISABLED' });
    return enabled.map((one) => new Chain([one], this.#parts, this.#describe, { isAlone: true }));
  }

  /**
   * Throws the provider's error where only one was tried, ALL_PROVIDERS_FAILED where several were, PROVIDER_UNAVAILABLE where none can
   * serve the request; ANSWER_LOST, BUDGET_EXCEEDED and LEASE_LOST from the ledger; and the reason of the caller's abort.
   */
  async call<Stored extends object>(
    request: Request,
    handling: AnswerHandling<Content, Stored>,
  ): Promise<Delivered<Stored>> {
    const { sceneId = null, signal, storedSchema } = handling;
    const opened = await this.#parts.ledger.open(this.#generationOf(request, sceneId));
    if (opened.state === 'STORED') return { stored: storedSchema.parse(opened.stored), provider: opened.provider };

    const failures: ProviderFailure[] = [];
    const candidates = this.#candidates(request, opened);
    const { started } = opened;
    if (started?.ownKey && !candidates.some((one) => hasStarted(one, started))) {
      const failure = { provider: started.provider, error: keyRemoved(started.provider) };
      failures.push(failure);
      if (candidates[0]) await handling.onFailover?.({ ...failure, next: candidates[0].name });
    }
    for (const [index, provider] of candidates.entries()) {
      signal.throwIfAborted();
      const outcome = await this.#try(provider, request, opened, handling);
      if (!(outcome instanceof AppError)) return { stored: outcome, provider: provider.name };
      failures.push({ provider: provider.name, error: outcome });
      // That an operator has disabled a provider is no news of a video.
      if (isDisabled(outcome)) continue;
      const next = candidates[index + 1];
      if (next) {
        const { name } = provider;
        await handling.onFailover?.({ provider: name, error: outcome, next: nameOfNext(name, next.name) });
      }
    }
    throw failureOf(failures);
  }

  /**
   * Throws BUDGET_EXCEEDED where the requests that are still to be made may cost more together than the limit allows: for contents that are
   * of no use one without the other. Nothing is sent, recorded or reserved.
   */
  async ensureBudget(requests: readonly PlannedRequest<Request>[]): Promise<void> {
    const calls: PlannedCall[] = [];
    for (const { request, sceneId } of requests) {
      const provider = await this.#firstFor(request);
      if (!provider) continue;
      const { inputHash } = this.#generationOf(request, sceneId);
      calls.push({ sceneId, inputHash, provider: provider.name, mostCost: this.#calls.mostCost(provider, request) });
    }
    await this.#parts.ledger.ensureBudget(calls);
  }

  /** The provider that will be called first. */
  async #firstFor(request: Request): Promise<ContentProvider<Request, Content> | undefined> {
    for (const one of this.#providers)
      if (one.unsuitable(request) === undefined && (await this.#parts.states.isEnabled(one.name))) return one;
    return undefined;
  }

  #generationOf(request: Request, sceneId: string | null): GenerationRequest {
    const facts = this.#describe(request);
    const owner = this.#isAlone ? { provider: this.first } : {};
    return { ...facts, sceneId, inputHash: hashOf({ stage: facts.stage, request, ...owner }) };
  }

  /** True where no other provider is tried after the error. */
  endsWith(error: AppError): boolean {
    return isFinal(error) && !(this.#parts.offersRejected === true && isRejected(error));
  }

  /** A started task is looked up before anything else is called. */
  #candidates(request: Request, { started, lostBy }: OpenGeneration): readonly ContentProvider<Request, Content>[] {
    const suitable = this.#providers.filter((provider) => provider.unsuitable(request) === undefined);
    if (suitable.length === 0) throw this.#providers[0]?.unsuitable(request) ?? nothingServes();
    const starter = suitable.filter((one) => hasStarted(one, started));
    // Where the user's own key has started it and is removed, the installation pays the same service for it only once the user has retried.
    const isLeft = started?.ownKey === true && started.isOfEarlierRun !== true;
    const isTaken = (name: string) => name === started?.provider && (starter.length > 0 || isLeft);
    const others = suitable.filter(({ name }) => !isTaken(name) && !lostBy.includes(name));
    if (starter.length + others.length === 0 && !isLeft) throw lostEarlier(lostBy, this.#describe(request).stage);
    return [...starter, ...others];
  }

  /** The stored answer, or the error after which the next provider is tried; other errors are thrown. */
  async #try<Stored extends object>(
    provider: ContentProvider<Request, Content>,
    request: Request,
    generation: OpenGeneration,
    handling: AnswerHandling<Content, Stored>,
  ): Promise<Stored | AppError> {
    const { states } = this.#parts;
    const { name, service, ownKey = false } = provider;
    const started = hasStarted(provider, generation.started) ? generation.started : undefined;
    const cacheKey = cacheKeyOf(provider, request);
    const cached = started ? null : await this.#cached(provider, cacheKey, generation, handling);
    if (cached) return cached;
    const admission = started ? ({ admitted: true } as const) : await this.#admission(name, ownKey);
    if (!admission.admitted) return heldBack(name, admission);

    const outcome = await this.#calls.call(provider, request, {
      generationId: generation.id,
      facts: this.#describe(request),
      started,
      cacheKey,
      ...handling,
    });
    // Built-in providers do not rest: there is nothing after them. What happens with a user's own key says nothing of the installation's.
    const rests = service !== 'LOCAL' && !ownKey;
    if (!(outcome instanceof AppError)) {
      if (rests) await states.succeeded(name);
      return outcome;
    }
    if (this.endsWith(outcome)) throw outcome;
    if (rests) await states.failed(name, outcome.code);
    return outcome;
  }

  /** One with a user's own key does not rest, but an operator can disable it. */
  async #admission(name: string, ownKey: boolean): Promise<Admission> {
    const { states } = this.#parts;
    if (!ownKey) return await states.admit(name);
    return (await states.isEnabled(name)) ? { admitted: true } : { admitted: false, because: 'DISABLED' };
  }

  /** A copy of what the provider has made for another video of the same user. */
  async #cached<Stored extends object>(
    { name, models }: ContentProvider<Request, Content>,
    cacheKey: string | undefined,
    { id }: OpenGeneration,
    { copy, storedSchema }: AnswerHandling<Content, Stored>,
  ): Promise<Stored | null> {
    if (cacheKey === undefined || !copy) return null;
    const found = await this.#parts.ledger.findCached(id, cacheKey);
    // Of an earlier version, perhaps, which stored something else.
    const parsed = found === null ? undefined : storedSchema.safeParse(found);
    const stored = parsed?.success ? await copy(parsed.data) : null;
    if (stored) await this.#parts.ledger.settleCached(id, { stored, provider: name, model: models[0], cacheKey });
    return stored;
  }
}

/** Whether the task was started by this provider, with the same key. */
function hasStarted(
  { name, ownKey = false }: Pick<ContentProvider<object, unknown>, 'name' | 'ownKey'>,
  started: StartedTask | undefined,
): boolean {
  return started !== undefined && started.provider === name && (started.ownKey ?? false) === ownKey;
}

/** Undefined where the provider's content is not used again. */
function cacheKeyOf<Request, Content>(
  { name, models, cacheInput }: ContentProvider<Request, Content>,
  request: Request,
): string | undefined {
  const input = cacheInput?.(request);
  return input && hashOf({ provider: name, model: models[0] ?? '', input });
}
