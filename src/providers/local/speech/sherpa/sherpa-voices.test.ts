import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sherpaVoices } from './sherpa-voices.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tts-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

const installed = () => 'file:///packages/sherpa-onnx-node/sherpa-onnx.js';
const write = (...names: string[]) => Promise.all(names.map((name) => writeFile(join(folder, name), '')));

async function problem(voices: Promise<unknown>): Promise<string> {
  return await voices.then(
    () => '',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
}

describe('A model of the user', () => {
  it('of Piper has the language of its description', async () => {
    await mkdir(join(folder, 'espeak-ng-data'));
    await write('tokens.txt', 'voice.onnx');
    await writeFile(join(folder, 'voice.onnx.json'), '{"language":{"code":"de_DE"}}');
    const [voice, ...others] = await sherpaVoices(folder, installed);
    expect(others).toEqual([]);
    expect(voice).toMatchObject({ id: 'piper', primary: 'de', languages: ['de', 'de-DE'] });
    expect(voice?.request(['Hallo.'], 1.5)).toEqual({
      program: 'sherpa',
      module: installed(),
      model: {
        vits: {
          model: join(folder, 'voice.onnx'),
          tokens: join(folder, 'tokens.txt'),
          dataDir: join(folder, 'espeak-ng-data'),
        },
      },
      speed: 1.5,
      pieces: ['Hallo.'],
    });
  });

  it('of Piper without a description has the language in its name', async () => {
    await mkdir(join(folder, 'espeak-ng-data'));
    await write('tokens.txt', 'en_GB-cori-medium.onnx');
    expect((await sherpaVoices(folder, installed)).map(({ languages }) => languages)).toEqual([['en', 'en-GB']]);
  });

  it('of Kokoro with a Chinese lexicon has a voice for each language', async () => {
    await mkdir(join(folder, 'espeak-ng-data'));
    await write('tokens.txt', 'model.onnx', 'voices.bin', 'lexicon-us-en.txt', 'lexicon-zh.txt');
    const voices = await sherpaVoices(folder, installed);
    expect(voices.map(({ id, primary }) => [id, primary])).toEqual([
      ['kokoro', 'en'],
      ['kokoro-zh', 'zh'],
    ]);
    expect(voices[0]?.request([], 1)).toMatchObject({
      model: {
        kokoro: {
          voices: join(folder, 'voices.bin'),
          lexicon: `${join(folder, 'lexicon-us-en.txt')},${join(folder, 'lexicon-zh.txt')}`,
        },
      },
    });
  });

  it('is refused without the package, with what to type', async () => {
    expect(await problem(sherpaVoices(folder))).toContain('CONFIG_INVALID: TTS_MODEL_DIR is set');
    expect(await problem(sherpaVoices(folder))).toContain(`npm install --prefix "${folder}" sherpa-onnx-node`);
  });

  it('is spoken by a package that is installed beside it', async () => {
    const library = join(folder, 'node_modules', 'sherpa-onnx-node');
    await mkdir(library, { recursive: true });
    await writeFile(join(library, 'index.js'), '');
    await mkdir(join(folder, 'espeak-ng-data'));
    await write('tokens.txt', 'en_GB-cori-medium.onnx');
    const [voice] = await sherpaVoices(folder);
    const module = pathToFileURL(join(await realpath(library), 'index.js')).href;
    expect(voice?.request([], 1)).toMatchObject({ program: 'sherpa', module });
  });

  it('is refused if a part is missing, which is named', async () => {
    await write('tokens.txt');
    expect(await problem(sherpaVoices(folder, installed))).toContain('lacks a model (.onnx) and espeak-ng-data');
    expect(await problem(sherpaVoices(join(folder, 'none'), installed))).toContain('cannot be read');
  });

  it('of Piper is refused if its language is not known', async () => {
    await mkdir(join(folder, 'espeak-ng-data'));
    await write('tokens.txt', 'voice.onnx');
    expect(await problem(sherpaVoices(folder, installed))).toContain('The language of the model');
    for (const text of ['{}', 'no JSON', '{"language":{"code":7}}']) {
      await writeFile(join(folder, 'voice.onnx.json'), text);
      expect(await problem(sherpaVoices(folder, installed))).toContain('CONFIG_INVALID: The description of the model');
    }
  });
});
