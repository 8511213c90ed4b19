import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltInVoice } from '../../src/providers/local/speech/built-in-voice.ts';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { checkModel } from '../../src/providers/local/speech/sherpa/check-model.ts';
import { sherpaVoices } from '../../src/providers/local/speech/sherpa/sherpa-voices.ts';
import { directSpeechText } from '../../src/providers/local/speech/speech-text.ts';
import { expectSound, expectTimings } from './speech-checks.ts';
import { SAMPLE_RATE, SECONDS_PER_LETTER, writeTinyModel } from './tiny-voice-model.ts';

/** Not a dependency, since it has 33 MB. Type `npm install --no-save sherpa-onnx-node` to run these tests. */
function isInstalled(): boolean {
  try {
    return createRequire(import.meta.url).resolve('sherpa-onnx-node') !== '';
  } catch {
    return false;
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tts-model-'));
  await writeTinyModel(folder);
});
afterEach(() => rm(folder, { recursive: true }));

async function voiceOfModel(): Promise<BuiltInVoice> {
  const [voice] = await sherpaVoices(folder);
  if (voice === undefined) throw new Error('The model has no voice.');
  return voice;
}

describe.skipIf(!isInstalled())('The real sherpa-onnx', () => {
  it('speaks with a model, at the requested speed', async () => {
    const voice = await voiceOfModel();
    await checkModel(voice);
    const provider = new LocalSpeechProvider({}, directSpeechText, [voice]);
    try {
      const text = 'This is a sentence.';
      const speak = (speed: number) =>
        provider.speak({ text, language: 'en', voiceId: 'piper', speed }, new AbortController().signal);
      const speech = await speak(1);
      expect(speech.sampleRate).toBe(SAMPLE_RATE);
      expectSound(speech);
      expectTimings(text, speech);
      expect(speech.durationSeconds).toBeCloseTo(text.length * SECONDS_PER_LETTER, 1);
      expect((await speak(2)).durationSeconds).toBeCloseTo((text.length * SECONDS_PER_LETTER) / 2, 1);
    } finally {
      await provider.close();
    }
  });

  it('ends its process with a broken model, which the check reports', async () => {
    await truncate(join(folder, 'en_US-tone-low.onnx'), 400);
    await expect(checkModel(await voiceOfModel())).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('Protobuf parsing failed'),
    });
  });
});
