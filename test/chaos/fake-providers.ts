import { z } from 'zod';
import { AppError } from '../../src/errors.ts';
import type { Analysis, Providers, Script, Speech } from '../../src/providers/ports.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { FAKE_PROVIDER } from './fake-provider-server.ts';

const script: z.ZodType<Script> = z.object({
  title: z.string(),
  scenes: z.array(z.object({ narration: z.string(), visualPrompt: z.string() })),
});
const speech = z.object({ wav: z.base64(), durationSeconds: z.number() });
const image = z.object({ png: z.base64() });
const analysis: z.ZodType<Analysis> = z.object({
  summary: z.string(),
  suggestedTitle: z.string(),
  suggestedDescription: z.string(),
  suggestedTags: z.array(z.string()),
  chapters: z.array(z.object({ title: z.string(), startSeconds: z.number() })),
  seo: z.object({ title: z.string(), description: z.string(), keywords: z.array(z.string()) }),
});

const TIMEOUT_MS = 10_000;

/** The providers of a worker under test, which call the fake provider over HTTP, without retries. */
export function fakeProvidersAt(url: string): Providers {
  const ask = async <T>(kind: string, answer: z.ZodType<T>, request: object, signal: AbortSignal): Promise<T> => {
    const timeoutSignal = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ kind, request }),
      signal: timeoutSignal,
    }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new AppError('LOCAL_TIMEOUT', 'The fake provider did not answer.', { cause, retriable: true });
    });
    if (!response.ok) throw new AppError('LOCAL_API_ERROR', 'The fake provider is busy.', { retriable: true });
    return answer.parse(await response.json());
  };
  return {
    text: [testProvider({ ...FAKE_PROVIDER, call: (request, signal) => ask('text', script, request, signal) })],
    speech: [
      {
        ...testProvider({
          ...FAKE_PROVIDER,
          call: async (request, signal) => {
            const { wav, durationSeconds } = await ask('speech', speech, request, signal);
            return spoken(request.text, Buffer.from(wav, 'base64'), durationSeconds);
          },
        }),
        voices: async () => [],
      },
    ],
    image: [
      testProvider({
        ...FAKE_PROVIDER,
        call: async (request, signal) => {
          const { png } = await ask('image', image, request, signal);
          const { width, height } = request;
          return { bytes: Buffer.from(png, 'base64'), contentType: 'image/png', width, height };
        },
      }),
    ],
    analysis: [
      testProvider({ ...FAKE_PROVIDER, call: (request, signal) => ask('analysis', analysis, request, signal) }),
    ],
  };
}

/** One unit of speech: the whole text. */
function spoken(text: string, wav: Buffer, durationSeconds: number): Speech {
  const timing = { text, textStart: 0, textEnd: text.length, startSeconds: 0, endSeconds: durationSeconds };
  return { wav, sampleRate: 22_050, durationSeconds, timings: [timing] };
}
