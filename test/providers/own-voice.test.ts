import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { sherpaVoices } from '../../src/providers/local/speech/sherpa/sherpa-voices.ts';
import { directSpeechText } from '../../src/providers/local/speech/speech-text.ts';
import { expectSound, expectTimings } from './speech-checks.ts';

const never = new AbortController().signal;
let folder: string;
let provider: LocalSpeechProvider;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tts-model-'));
  await mkdir(join(folder, 'espeak-ng-data'));
  for (const name of ['tokens.txt', 'en_US-test-low.onnx']) await writeFile(join(folder, name), '');
  const voices = await sherpaVoices(folder, () => new URL('sherpa-onnx-node.cjs', import.meta.url).href);
  provider = new LocalSpeechProvider({}, directSpeechText, voices);
});
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true });
});

describe("A user's own model", () => {
  it('is the first voice of its language, and speaks with times for all words', async () => {
    expect(provider.voices('en')[0]?.id).toBe('piper');
    expect(provider.voices('de').map(({ id }) => id)).not.toContain('piper');
    const text = 'This is the first sentence. And here, after a pause, is another one!';
    const speech = await provider.speak({ text, language: 'en', speed: 1 }, never);
    expectSound(speech);
    expectTimings(text, speech);
    expect(speech.timings).toHaveLength(13);
    const faster = await provider.speak({ text, language: 'en', speed: 2 }, never);
    expect((faster.durationSeconds * 2) / speech.durationSeconds).toBeCloseTo(1, 1);
  });

  it('leaves the built-in voices to choose from', async () => {
    const speech = await provider.speak({ text: 'Hello.', language: 'en', voiceId: 'en-us', speed: 1 }, never);
    expect(speech.sampleRate).toBe(22_050);
    expectSound(speech);
  });
});
