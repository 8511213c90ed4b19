import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import { AppError } from '../errors.ts';
import type { AskingStage, Ledger, LedgerEntry } from './ledger.ts';
import type {
  Analysis,
  AnalysisProvider,
  AnalysisRequest,
  ImageProvider,
  ImageRequest,
  Picture,
  ProviderFacts,
  Providers,
  Script,
  ScriptRequest,
  Speech,
  SpeechProvider,
  SpeechRequest,
  TextProvider,
} from './ports.ts';

/** What the caller of a provider does with the answer. */
export interface Order<Answer, Kept extends object> {
  /** Null, or left out, for what is made once for the whole video. */
  readonly sceneId?: string | null;
  readonly signal: AbortSignal;
  /** Stores the answer for good and returns plain data that finds it again. Only then is the request settled. */
  keep(answer: Answer): Promise<Kept>;
  readonly kept: z.ZodType<Kept>;
}

type Ask<Request, Answer> = <Kept extends object>(request: Request, order: Order<Answer, Kept>) => Promise<Kept>;

/** The providers as the pipeline sees them: what was answered once is never asked for again. */
export interface LedgeredProviders {
  readonly text: ProviderFacts & { readonly writeScript: Ask<ScriptRequest, Script> };
  readonly speech: ProviderFacts & { readonly speak: Ask<SpeechRequest, Speech> };
  readonly image: ProviderFacts & { readonly draw: Ask<ImageRequest, Picture> };
  readonly analysis: ProviderFacts & { readonly analyse: Ask<AnalysisRequest, Analysis> };
}

/** Puts the ledger of one making in front of every provider. */
export function ledgered({ text, speech, image, analysis }: Providers, ledger: Ledger): LedgeredProviders {
  return {
    text: { ...factsOf(text), writeScript: asking(ledger, 'SCRIPT', text, text.writeScript.bind(text)) },
    speech: { ...factsOf(speech), speak: asking(ledger, 'SPEECH', speech, speech.speak.bind(speech)) },
    image: { ...factsOf(image), draw: asking(ledger, 'VISUALS', image, image.draw.bind(image)) },
    analysis: { ...factsOf(analysis), analyse: asking(ledger, 'ANALYSIS', analysis, analysis.analyse.bind(analysis)) },
  };
}

export function factsOf({ name, models, paid }: ProviderFacts): ProviderFacts {
  return { name, models, paid };
}

function asking<Request extends object, Answer>(
  ledger: Ledger,
  stage: AskingStage,
  { name, models, paid }: TextProvider | SpeechProvider | ImageProvider | AnalysisProvider,
  ask: (request: Request, signal: AbortSignal) => Promise<Answer>,
): Ask<Request, Answer> {
  return async (request, { sceneId = null, signal, keep, kept }) => {
    const inputHash = hashOf({ provider: name, models, request });
    const entry: LedgerEntry = { stage, sceneId, inputHash, provider: name, paid };
    const earlier = await ledger.intend(entry);
    if (earlier) return kept.parse(earlier);

    signal.throwIfAborted();
    await ledger.send(entry);
    const result = await answered(ledger, entry, async () => await keep(await ask(request, signal)));
    await ledger.settle(entry, result);
    return result;
  };
}

/** What comes of a request that went out; where nothing comes, the ledger knows why before anybody else. */
async function answered<Kept>(ledger: Ledger, entry: LedgerEntry, work: () => Promise<Kept>): Promise<Kept> {
  try {
    return await work();
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    const written = isRefusal(code) ? ledger.refuse(entry, code) : ledger.lose(entry, code);
    // Whoever lost the lease, or the database, leaves the entry SENT: that says the same to who comes next.
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
];

/** Whether the provider said no. Anything else (a timeout, a cut connection, a full disk) may have left a paid answer behind. */
function isRefusal(code: string): boolean {
  return REFUSALS.some((refusal) => code === refusal || code.endsWith(`_${refusal}`));
}
