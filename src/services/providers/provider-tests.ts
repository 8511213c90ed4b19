import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { AppError, type ProviderService as ServiceCode } from '../../errors.ts';
import type { AttemptLedger } from '../../providers/ledger.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { DirectLedger } from '../generations/direct-ledger.ts';
import type { DirectRequest } from '../generations/generation-store.ts';
import { testPrompt } from '../test-prompt.ts';
import { UserFaultError } from '../user-fault.ts';
import { noSuchProvider, type ProviderService } from './provider.service.ts';
import type { SharedProviderStates } from './shared-provider-states.ts';

/** One small call that shows whether a provider works; `Trial` of src/providers/trial.ts with its costs. */
export interface ProviderTrial {
  readonly service: ServiceCode;
  readonly request: DirectRequest;
  /** What was made, in words, or the provider's error. */
  call(ledger: AttemptLedger, generationId: string, signal: AbortSignal): Promise<string | AppError>;
}

export interface ProviderTestsParts {
  readonly db: Database;
  readonly providers: Pick<ProviderService, 'find'>;
  readonly states: Pick<SharedProviderStates, 'succeeded' | 'failed'>;
  /** Undefined where this process cannot call the provider. */
  trialOf(name: string, prompt: string | undefined): ProviderTrial | undefined;
  /** 30 s by default. */
  readonly milliseconds?: number;
}

export interface ProviderTest {
  readonly ok: boolean;
  /** Null where no call was made. */
  readonly latencyMs: number | null;
  readonly message: string;
  /** What was made: a text, or what is to say of a picture or a recording. */
  readonly reply: string | null;
  readonly error: AppError | null;
}

const TEST_MS = 30_000;

/** Calls providers for real, at an operator's request. The caller checks permissions. */
export class ProviderTests {
  readonly #parts: ProviderTestsParts;

  constructor(parts: ProviderTestsParts) {
    this.#parts = parts;
  }

  /**
   * Calls the provider once, also where it is disabled or rests; a success ends its rest. The call is recorded with its cost.
   * Throws NOT_FOUND, PROVIDER_UNAVAILABLE where a setting is missing, and TOO_LONG.
   */
  async test(actor: Actor, name: string, prompt?: string): Promise<ProviderTest> {
    const trial = this.#trialOf(name, testPrompt(prompt));
    const { db, milliseconds = TEST_MS } = this.#parts;
    // Before the call, which costs money and which no transaction takes back. Its outcome is in the ledger.
    await db.transaction((em) => appendAudit(em, entryOf(actor, { action: 'provider.test', target: name })));
    const ledger = new DirectLedger({ db, userId: actor.viewer?.userId ?? null, request: trial.request });
    const tooLate = () => {
      const sentence = `The provider ${name} did not answer within ${milliseconds / 1_000} s.`;
      ending.abort(new AppError(`${trial.service}_TIMEOUT`, sentence, { retriable: true }));
    };
    const ending = new AbortController();
    const timer = setTimeout(tooLate, milliseconds);
    const begun = performance.now();
    try {
      const outcome = await outcomeOf(trial.call(ledger, randomUUIDv7(), ending.signal));
      const latencyMs = Math.round(performance.now() - begun);
      await this.#note(name, trial.service, outcome);
      if (outcome instanceof AppError)
        return { ok: false, latencyMs, message: outcome.message, reply: null, error: outcome };
      return { ok: true, latencyMs, message: `${name} answered in ${latencyMs} ms.`, reply: outcome, error: null };
    } finally {
      clearTimeout(timer);
    }
  }

  #trialOf(name: string, prompt: string | undefined): ProviderTrial {
    const found = this.#parts.providers.find(name);
    if (!found) throw noSuchProvider(name);
    const { configured, requiredSettings } = found;
    if (!configured) throw unavailable(`The provider ${name} is not configured: set ${listOf(requiredSettings)}.`);
    const trial = this.#parts.trialOf(name, prompt);
    if (!trial)
      throw unavailable(`The provider ${name} makes no text, speech or picture here, so that it cannot be tested.`);
    return trial;
  }

  /** The same as after any call: built-in providers do not rest. */
  async #note(name: string, service: ServiceCode, outcome: string | AppError): Promise<void> {
    if (service === 'LOCAL') return;
    const { states } = this.#parts;
    await (outcome instanceof AppError ? states.failed(name, outcome.code) : states.succeeded(name));
  }
}

/** An error of the ledger or of the wait ends the test too, and is its result; the database's own errors are thrown. */
async function outcomeOf(call: Promise<string | AppError>): Promise<string | AppError> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.endsWith('_TIMEOUT')) return thrown;
    throw thrown;
  }
}

function unavailable(message: string): UserFaultError {
  return new UserFaultError({ code: 'PROVIDER_UNAVAILABLE', message, field: ['name'] });
}

/** "A", "A and B", "A, B and C". */
function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}
