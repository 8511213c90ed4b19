import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMake } from '../cli/run-make.ts';
import { useProcesses } from '../helpers/fixtures.ts';

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

const processes = useProcesses();
const withModel = () => ({ TTS_MODEL_DIR: folder });

describe('TTS_MODEL_DIR', { timeout: 120_000 }, () => {
  it.each([
    ['a worker', 'worker', {}],
    ['a group of processes', 'start', { WEB_CONCURRENCY: '2' }],
  ] as const)(
    'stops the start of %s if the model cannot be used, with what the library has written',
    async (_, command, more) => {
      const starting = processes.start(command, { settings: { ...withModel(), ...more } });
      await expect(starting).rejects.toThrow(
        /TTS_MODEL_DIR cannot speak .*ended with exit code 255\.\n.*'sample_rate' does not exist/s,
      );
    },
  );

  it('stops make before it starts a database', async () => {
    const dataDir = join(folder, 'data');
    const { failure } = await runMake({ demo: true, env: { ...withModel(), DATA_DIR: dataDir } });
    expect(failure).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('TTS_MODEL_DIR cannot speak'),
    });
    expect(await readdir(dataDir)).toEqual(['secrets.json']);
  });

  it('does not load the model in an API', async () => {
    const app = await processes.start('serve', { settings: withModel() });
    expect(app.hasEnded).toBe(false);
    await app.stop();
  });
});
