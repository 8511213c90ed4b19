import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { checkModel } from '../../src/providers/local/speech/sherpa/check-model.ts';
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

describe("The check of a user's own model", () => {
  /** What the check says of a library with this source. */
  async function checkWith(library: string): Promise<string> {
    const file = join(folder, 'library.cjs');
    await writeFile(file, library);
    const [voice] = await sherpaVoices(folder, () => pathToFileURL(file).href);
    if (voice === undefined) throw new Error('The model has no voice.');
    return await checkModel(voice).then(
      () => 'no error',
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );
  }
  const withConstructor = (body: string) => `exports.OfflineTts = class { constructor() { ${body} } };`;
  const giving = (samples: string) =>
    `exports.OfflineTts = class { generate() { return { samples: ${samples}, sampleRate: 8000 }; } };`;

  it('accepts a library that gives sound', async () => {
    expect(await checkWith(giving('new Float32Array(8000)'))).toBe('no error');
  });

  it.each([
    ['gives no sound', giving('new Float32Array(0)'), 'the model gives no sound'],
    ['ends its process', withConstructor('process.exit(3)'), 'The speech program ended with exit code 3.'],
    ['is killed', withConstructor("process.kill(process.pid, 'SIGKILL'); for (;;);"), 'ended with SIGKILL'],
    [
      'writes its reason before it throws',
      withConstructor(
        "process.stderr.write('phontab does not exist\\n'); throw new Error('Please check your config!');",
      ),
      'Error: Please check your config!\nphontab does not exist',
    ],
    [
      'has no program for this machine',
      "throw new Error('Could not find it');",
      `cannot be loaded on ${process.platform}`,
    ],
  ])('reports a library that %s', async (_, library, expected) => {
    const said = await checkWith(library);
    expect(said).toContain(expected);
    expect(said).toMatch(/^CONFIG_INVALID: The model of TTS_MODEL_DIR cannot speak/);
  });
});
