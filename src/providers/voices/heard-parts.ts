import { AppError, throwIfCanceled } from '../../errors.ts';
import { isLost } from '../failover.ts';
import { type OtherUsage, UnusableAnswer, type Usage } from '../provider.ts';
import { wavFile } from './sound/pcm.ts';
import { locatedWords } from './timing/located-words.ts';
import type { TranscriptionProvider } from './transcription.ts';
import type { TimedPart } from './voice-service.ts';

/** The share of the text that a transcript must agree with; one with less is of another text, or of noise. */
const LEAST_AGREEMENT = 0.5;

/** The same provider; what its calls use is added to the list. A transcript that was lost counts with the most that it can use. */
export function counting(transcription: TranscriptionProvider, used: OtherUsage[]): TranscriptionProvider {
  const { name: provider, models, mostUsage } = transcription;
  const count = (model: string, usage: Usage) => used.push({ provider, model, usage });
  return {
    ...transcription,
    call: async (request, context) => {
      try {
        const answer = await transcription.call(request, context);
        count(answer.model, answer.usage);
        return answer;
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.cause instanceof UnusableAnswer)
          count(thrown.cause.model, thrown.cause.usage);
        else if (isLost(thrown)) count(models[0] ?? '', mostUsage(request));
        throw thrown;
      }
    },
  };
}

/** When the words of the text are heard in the samples; undefined where no transcript says so. */
export async function heardParts(
  transcription: TranscriptionProvider | undefined,
  language: string,
  text: string,
  samples: Int16Array,
  sampleRate: number,
  signal: AbortSignal,
): Promise<readonly TimedPart[] | undefined> {
  if (transcription === undefined) return undefined;
  const request = {
    wav: wavFile([samples], sampleRate),
    durationSeconds: samples.length / sampleRate,
    language,
  };
  if (transcription.unsuitable(request) !== undefined) return undefined;
  try {
    const { content } = await transcription.call(request, { signal, onStarted: async () => undefined });
    const { parts, agreement } = locatedWords(text, content.words);
    return agreement >= LEAST_AGREEMENT ? parts : undefined;
  } catch (thrown) {
    throwIfCanceled(signal);
    // The speech is there and paid: captions that are slightly early or late are no reason to lose it.
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}
