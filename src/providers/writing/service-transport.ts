import { z } from 'zod';
import { AppError, canceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { type RefusalRules, refusalError, SERVICE_NAMES } from '../http/refusals.ts';
import { unreadableAnswer } from '../http/service-client.ts';

/** Refusals that may be about the form of the request rather than about who sends it or what it is about. */
const REFUSED_FORM: readonly number[] = [400, 415, 422, 501];

const failed = z.looseObject({ error: z.looseObject({}) });

/**
 * The `fetch` of an SDK, and what its errors mean. Refusals become AppErrors before the SDK reads them: its own errors hold the
 * prompt and the service's sentences.
 */
export class ServiceTransport {
  readonly fetch: typeof fetch;
  readonly #settings: ServiceSettings;
  readonly #rules: RefusalRules;
  #isSent = false;
  #refused: number | undefined;
  /** The body of the last successful answer. */
  #body = '';

  /** `send` is the service's `fetch`. */
  constructor(settings: ServiceSettings, rules: RefusalRules, send: typeof fetch) {
    this.#settings = settings;
    this.#rules = rules;
    this.fetch = async (input, init) => {
      this.#isSent = true;
      this.#refused = undefined;
      const response = await send(input, init);
      this.#body = await response.clone().text();
      if (response.ok) return response;
      this.#refused = response.status;
      throw this.#refusal(response.status, Object.fromEntries(response.headers));
    };
  }

  /** True where an error may mean that this form of reply is unknown here. */
  isAboutForm(thrown: unknown): boolean {
    const isRefusal = thrown instanceof AppError && thrown.code.endsWith('_API_ERROR') && !thrown.retriable;
    return isRefusal && this.#refused !== undefined && REFUSED_FORM.includes(this.#refused);
  }

  /** Runs the SDK's call. Whatever it throws becomes an AppError without the prompt, the key and the service's sentences. */
  async around<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      if (signal.aborted) throw canceled(signal);
      throw appErrorIn(thrown) ?? this.#unusable(thrown);
    }
  }

  #unusable(thrown: unknown): AppError {
    const { service } = this.#settings;
    if (!this.#isSent) {
      const what = thrown instanceof Error ? thrown.name : typeof thrown;
      return new AppError('INTERNAL_ERROR', `The request to ${SERVICE_NAMES[service]} could not be made (${what}).`);
    }
    // OpenAI's Responses API, and some compatible servers, answer 200 with an error in the body.
    return failed.safeParse(jsonIn(this.#body)).success ? this.#refusal(500, {}) : unreadableAnswer(service);
  }

  #refusal(status: number, headers: Readonly<Record<string, string>>): AppError {
    return refusalError(this.#settings.service, { status, headers, body: this.#body }, this.#rules);
  }
}

/** The SDK wraps an error whose causes look like one of the network. */
function appErrorIn(thrown: unknown): AppError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) if (error instanceof AppError) return error;
  return undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
