import { AppError } from '../errors.ts';
import { descriptionOf } from './ledgered.ts';
import type { ProviderDescription, Providers } from './ports.ts';

/** One finished call of a provider. */
export interface CallRecord {
  readonly type: 'TEXT' | 'AUDIO' | 'IMAGE';
  readonly provider: string;
  readonly model: string | undefined;
  readonly milliseconds: number;
  /** Left out if the call succeeded. */
  readonly error?: AppError;
}

/** Stores records of calls. Must not throw: a completed call must not fail because its record was lost. */
export interface CallLog {
  record(call: CallRecord): Promise<void>;
}

/** The same providers with a record of every call. Analysis counts as TEXT. */
export function withCallRecords(providers: Providers, log: CallLog): Providers {
  const { text, speech, image, analysis } = providers;
  const call = <T>(type: CallRecord['type'], provider: ProviderDescription, work: () => Promise<T>) =>
    recordedCall(log, { type, provider: provider.name, model: provider.models[0] }, work);
  return {
    text: {
      ...descriptionOf(text),
      writesTopics: text.writesTopics,
      writeScript: (request, signal) => call('TEXT', text, () => text.writeScript(request, signal)),
    },
    speech: {
      ...descriptionOf(speech),
      voices: (language) => speech.voices(language),
      speak: (request, signal) => call('AUDIO', speech, () => speech.speak(request, signal)),
    },
    image: {
      ...descriptionOf(image),
      draw: (request, signal) => call('IMAGE', image, () => image.draw(request, signal)),
    },
    analysis: {
      ...descriptionOf(analysis),
      analyse: (request, signal) => call('TEXT', analysis, () => analysis.analyse(request, signal)),
    },
  };
}

async function recordedCall<T>(
  log: CallLog,
  about: Pick<CallRecord, 'type' | 'provider' | 'model'>,
  work: () => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  const milliseconds = () => Math.round(performance.now() - begun);
  try {
    const result = await work();
    await log.record({ ...about, milliseconds: milliseconds() });
    return result;
  } catch (thrown) {
    const error = AppError.from(thrown);
    // A call that this program canceled has no information about the provider.
    if (error.code !== 'CANCELED') await log.record({ ...about, milliseconds: milliseconds(), error });
    throw thrown;
  }
}
