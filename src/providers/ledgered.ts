import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import { AppError } from '../errors.ts';
import type { Ledger, LedgerRequest, ProviderStage } from './ledger.ts';
import type {
  Analysis,
  AnalysisProvider,
  AnalysisRequest,
  ImageProvider,
  ImageRequest,
  Picture,
  ProviderDescription,
  Providers,
  Script,
  ScriptRequest,
  Speech,
  SpeechProvider,
  SpeechRequest,
  TextProvider,
} from './ports.ts';

/** How the caller handles the answer. */
export interface AnswerHandling<Answer, Stored extends object> {
  /** Null, or left out, for a request for the whole video. */
  readonly sceneId?: string | null;
  readonly signal: AbortSignal;
  /** Stores the answer permanently and returns plain data that locates it. The request is settled only after that. */
  store(answer: Answer): Promise<Stored>;
  readonly storedSchema: z.ZodType<Stored>;
}

type LedgeredCall<Request, Answer> = <Stored extends object>(
  request: Request,
  handling: AnswerHandling<Answer, Stored>,
) => Promise<Stored>;

/** The providers as the pipeline uses them: a request that was answered is never sent again. */
export interface LedgeredProviders {
  readonly text: ProviderDescription & { readonly writeScript: LedgeredCall<ScriptRequest, Script> };
  readonly speech: ProviderDescription & { readonly speak: LedgeredCall<SpeechRequest, Speech> };
  readonly image: ProviderDescription & { readonly draw: LedgeredCall<ImageRequest, Picture> };
  readonly analysis: ProviderDescription & { readonly analyse: LedgeredCall<AnalysisRequest, Analysis> };
}

/** Puts the ledger of one run in front of every provider. */
export function withLedger({ text, speech, image, analysis }: Providers, ledger: Ledger): LedgeredProviders {
  return {
    text: { ...descriptionOf(text), writeScript: throughLedger(ledger, 'SCRIPT', text, text.writeScript.bind(text)) },
    speech: { ...descriptionOf(speech), speak: throughLedger(ledger, 'SPEECH', speech, speech.speak.bind(speech)) },
    image: { ...descriptionOf(image), draw: throughLedger(ledger, 'VISUALS', image, image.draw.bind(image)) },
    analysis: {
      ...descriptionOf(analysis),
      analyse: throughLedger(ledger, 'ANALYSIS', analysis, analysis.analyse.bind(analysis)),
    },
  };
}

export function descriptionOf({ name, models, paid }: ProviderDescription): ProviderDescription {
  return { name, models, paid };
}

function throughLedger<Request extends object, Answer>(
  ledger: Ledger,
  stage: ProviderStage,
  { name, models, paid }: TextProvider | SpeechProvider | ImageProvider | AnalysisProvider,
  ask: (request: Request, signal: AbortSignal) => Promise<Answer>,
): LedgeredCall<Request, Answer> {
  return async (request, { sceneId = null, signal, store, storedSchema }) => {
    const inputHash = hashOf({ provider: name, models, request });
    const entry: LedgerRequest = { stage, sceneId, inputHash, provider: name, paid };
    const earlier = await ledger.intend(entry);
    if (earlier) return storedSchema.parse(earlier);

    signal.throwIfAborted();
    await ledger.send(entry);
    const result = await recordingFailure(ledger, entry, async () => await store(await ask(request, signal)));
    await ledger.settle(entry, result);
    return result;
  };
}

/** Awaits the result of a sent request; an error is recorded in the ledger before it is thrown. */
async function recordingFailure<Stored>(
  ledger: Ledger,
  entry: LedgerRequest,
  work: () => Promise<Stored>,
): Promise<Stored> {
  try {
    return await work();
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    const written = isRefusal(code) ? ledger.refuse(entry, code) : ledger.lose(entry, code);
    // A worker that lost the lease, or the database, leaves the entry SENT: to the next worker that has the same
    // meaning.
    await written.catch(() => undefined);
    throw thrown;
  }
}

const REFUSALS: readonly string[] = [
  'API_ERROR',
  'CONTENT_REJECTED',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'INVALID_API_KEY',
  'UNSUPPORTED_LANGUAGE',
  'UNKNOWN_VOICE',
  'PROVIDER_UNAVAILABLE',
];

/**
 * True if the provider refused the request. Any other error (a timeout, a cut connection, a full disk) may have left a
 * paid answer behind.
 */
function isRefusal(code: string): boolean {
  return REFUSALS.some((refusal) => code === refusal || code.endsWith(`_${refusal}`));
}
