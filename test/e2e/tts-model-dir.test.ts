import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../helpers/app.ts';

/** A folder with a model and, beside it, a package that ends its process as the library does with a broken file. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tts-model-'));
  const library = join(folder, 'node_modules', 'sherpa-onnx-node');
  await mkdir(library, { recursive: true });
  await mkdir(join(folder, 'espeak-ng-data'));
  for (const name of ['tokens.txt', 'en_US-broken-low.onnx']) await writeFile(join(folder, name), '');
  await writeFile(
    join(library, 'index.js'),
    `exports.OfflineTts = class {
      constructor() {
        process.stderr.write("vits-model.cc:169 'sample_rate' does not exist in the metadata\\n");
        process.exit(255);
      }
    };`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const startApp = (parts: { api: boolean; worker: boolean }) =>
  TestApp.start({ ...parts, settings: { TTS_MODEL_DIR: folder } });

describe('TTS_MODEL_DIR', () => {
  it('stops the start of a worker if the model cannot be used, with what the library has written', async () => {
    const starting = startApp({ api: false, worker: true });
    await expect(starting).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /TTS_MODEL_DIR cannot speak .*ended with exit code 255\.\n.*'sample_rate' does not exist/s,
      ),
    });
  });

  it('does not load the model in an API', async () => {
    const app = await startApp({ api: true, worker: false });
    expect(app.url).toContain('http://');
    await app.close();
  });
});
