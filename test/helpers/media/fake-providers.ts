import { setTimeout as sleep } from 'node:timers/promises';
import type { Providers } from '../../../src/providers/ports.ts';
import { analysisOf, colouredPicture, SAMPLE_RATE, SPEECH_SECONDS, scriptOf, tone } from './fake-content.ts';
import { testProvider } from './test-provider.ts';

const FAKE = { name: 'fake', models: ['f1'] } as const;

/**
 * Providers for tests in which it does not matter what a film shows: a tone, pictures of one colour, no words over them.
 * A video then costs a third of the processor time. `sceneMs`: each voice and picture takes so long, so that a test can do
 * something meanwhile; `pictureMs` where pictures take another time.
 */
export function fakeProviders({
  sceneMs = 0,
  pictureMs = sceneMs,
}: {
  readonly sceneMs?: number;
  readonly pictureMs?: number;
} = {}): Providers {
  return {
    text: [testProvider({ ...FAKE, call: async ({ source }) => scriptOf(source) })],
    speech: [
      {
        ...testProvider({
          ...FAKE,
          call: async ({ text }, signal) => {
            await sleep(sceneMs, undefined, { signal });
            const timing = { text, textStart: 0, textEnd: text.length, startSeconds: 0, endSeconds: SPEECH_SECONDS };
            return { wav: tone(300), sampleRate: SAMPLE_RATE, durationSeconds: SPEECH_SECONDS, timings: [timing] };
          },
        }),
        voices: async () => [{ id: 'fake', name: 'A tone', languages: ['en'] }],
      },
    ],
    image: [
      testProvider({
        ...FAKE,
        call: async ({ width, height, index }, signal) => {
          await sleep(pictureMs, undefined, { signal });
          const bytes = await colouredPicture({ width, height }, 40 * index);
          return { bytes, contentType: 'image/png', width, height };
        },
      }),
    ],
    analysis: [testProvider({ ...FAKE, call: async ({ title }) => analysisOf(title) })],
  };
}
