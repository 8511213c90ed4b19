import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import { AppError } from '../errors.ts';
import type { Money } from '../money.ts';
import { isFinal, isLost, nothingServes, waitBeforeRetry } from './failover.ts';
import { answerLost, type GenerationRequest, type Ledger, type OpenedGeneration, type StartedTask } from './ledger.ts';
import { type ContentProvider, UnusableAnswer, type Usage } from './provider.ts';

/** How the caller handles the answer. */
export interface AnswerHandling<Content, Stored extends object> {
  /** Null, or left out, for a request for the whole video. */
  readonly sceneId?: string | null;
  readonly signal: AbortSignal;
  /** Stores the answer permanently and returns plain data that locates it. The attempt is settled only after that. */
  store(content: Content): Promise<Stored>;
  readonly storedSchema: z.ZodType<Stored>;
}

export interface Delivered<Stored> {
  readonly stored: Stored;
  /** Name of the provider that has made it. */
  readonly provider: string;
}

/** What the ledger shows of a request. */
export type RequestFacts = Pick<GenerationRequest, 'stage' | 'type' | 'prompt' | 'parameters'>;

export interface ChainParts {
  readonly ledger: Ledger;
  costOf(provider: string, model: string, usage: Usage): Money;
}

type OpenGeneration = Extract<OpenedGeneration, { readonly state: 'OPEN' }>;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * The providers of one capability, in the order in which they are tried. A failure goes on to the next; an answer is stored once,
 * and a request that was answered is never sent again.
 */
export class Chain<Request extends object, Content> {
  readonly #providers: readonly ContentProvider<Request, Content>[];
  readonly #parts: ChainParts;
  readonly #describe: (request: Request) => RequestFacts;

  constructor(
    providers: readonly ContentProvider<Request, Content>[],
    parts: ChainParts,
    describe: (request: Request) => RequestFacts,
  ) {
    this.#providers = providers;
    this.#parts = parts;
    this.#describe = describe;
  }

  /** Name of the provider that is tried first; the built-in one where there is no other. */
  get first(): string {
    return this.#providers[0]?.name ?? 'local';
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
    const facts = this.#describe(request);
    const inputHash = hashOf({ stage: facts.stage, request });
    const opened = await this.#parts.ledger.open({ ...facts, sceneId, inputHash });
    if (opened.state === 'STORED') return { stored: storedSchema.parse(opened.stored), provider: opened.provider };

    const failures: ProviderFailure[] = [];
    for (const provider of this.#candidates(request, opened, facts)) {
      signal.throwIfAborted();
      const outcome = await this.#try(provider, request, opened, handling);
      if (!(outcome instanceof AppError)) return { stored: outcome, provider: provider.name };
      failures.push({ provider: provider.name, error: outcome });
    }
    throw failureOf(failures);
  }

  /** A started task is looked up before anything else is called. */
  #candidates(
    request: Request,
    { started, lostBy }: OpenGeneration,
    { stage }: RequestFacts,
  ): readonly ContentProvider<Request, Content>[] {
    const suitable = this.#providers.filter((provider) => provider.unsuitable(request) === undefined);
    if (suitable.length === 0) throw this.#providers[0]?.unsuitable(request) ?? nothingServes(stage);
    const starter = suitable.filter(({ name }) => name === started?.provider);
    const others = suitable.filter(({ name }) => name !== started?.provider && !lostBy.includes(name));
    if (starter.length + others.length === 0) throw answerLost(lostBy, stage);
    return [...starter, ...others];
  }

  /** The stored answer, or the error after which the next provider is tried; other errors are thrown. */
  async #try<Stored extends object>(
    provider: ContentProvider<Request, Content>,
    request: Request,
    generation: OpenGeneration,
    handling: AnswerHandling<Content, Stored>,
  ): Promise<Stored | AppError> {
    for (let attempt = 1; ; attempt++) {
      const started = attempt === 1 && generation.started?.provider === provider.name ? generation.started : undefined;
      const outcome = await this.#attempt(provider, request, { generation, started }, handling);
      if (!(outcome instanceof AppError)) return outcome;
      if (isFinal(outcome)) throw outcome;
      const seconds = waitBeforeRetry(outcome, attempt);
      if (seconds === undefined) return outcome;
      await pause(seconds * 1_000, handling.signal);
    }
  }

  async #attempt<Stored extends object>(
    provider: ContentProvider<Request, Content>,
    request: Request,
    { generation, started }: { generation: OpenGeneration; started: StartedTask | undefined },
    { signal, store }: AnswerHandling<Content, Stored>,
  ): Promise<Stored | AppError> {
    const { ledger, costOf } = this.#parts;
    const { name } = provider;
    const mostCost = costOf(name, provider.models[0] ?? '', provider.mostUsage(request));
    const attemptId = started?.attemptId ?? (await this.#send(provider, generation.id, mostCost, signal));
    const begun = performance.now();
    const fail = async (thrown: unknown, state: 'REFUSED' | 'UNCERTAIN', cost: Money): Promise<AppError> => {
      const error = AppError.from(thrown);
      const { code, message } = error;
      const milliseconds = Math.round(performance.now() - begun);
      // A worker that lost the lease, or the database, leaves the attempt SENT: to the next worker that has the same meaning.
      await ledger.fail(attemptId, { state, code, message, cost, milliseconds }).catch(() => undefined);
      return error;
    };

    let answer: Awaited<ReturnType<typeof provider.call>>;
    try {
      const onStarted = (id: string) => ledger.started(attemptId, id);
      answer = await provider.call(request, { signal, startedId: started?.startedId, onStarted });
    } catch (thrown) {
      const { cause } = AppError.from(thrown);
      if (cause instanceof UnusableAnswer) return await fail(thrown, 'REFUSED', costOf(name, cause.model, cause.usage));
      const lost = isLost(thrown);
      return await fail(thrown, lost ? 'UNCERTAIN' : 'REFUSED', lost ? mostCost : 0);
    }

    const { content, model, usage } = answer;
    const cost = costOf(name, model, usage);
    let stored: Stored;
    try {
      stored = await store(content);
    } catch (thrown) {
      // The answer is paid for and gone; another provider would not mend the disk.
      throw await fail(thrown, 'UNCERTAIN', cost);
    }
    const milliseconds = Math.round(performance.now() - begun);
    await ledger.settle(attemptId, { stored, provider: name, model, tokens: tokensOf(usage), cost, milliseconds });
    return stored;
  }

  /** Waits while the provider has as many calls as it takes. */
  async #send(
    { name, models, paid, concurrency }: ContentProvider<Request, Content>,
    generationId: string,
    mostCost: Money,
    signal: AbortSignal,
  ): Promise<string> {
    const attempt = { generationId, provider: name, model: models[0], paid, mostCost, concurrency };
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      signal.throwIfAborted();
      const attemptId = await this.#parts.ledger.send(attempt);
      if (attemptId !== null) return attemptId;
      await pause(wait * (0.5 + Math.random()), signal);
    }
  }
}

interface ProviderFailure {
  readonly provider: string;
  readonly error: AppError;
}

function failureOf(failures: readonly ProviderFailure[]): AppError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first.error;
  const list = failures.map(({ provider, error }) => `${provider}: ${error.message} (${error.code})`).join(' ');
  return new AppError('ALL_PROVIDERS_FAILED', `Every provider failed. ${list}`, {
    retriable: failures.some(({ error }) => error.retriable),
  });
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
