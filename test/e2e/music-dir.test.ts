import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stereoWav } from '../../src/media/sound/wav.ts';
import { TestApp } from '../helpers/app.ts';
import { HealthChecksDocument, TryVideoDocument } from '../helpers/generated/documents.ts';
import { until } from '../helpers/until.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'music-dir-'));
  const tone = Float32Array.from({ length: 6 * 8_000 }, (_, at) => 0.3 * Math.sin(at / 3));
  await writeFile(join(folder, 'waltz.wav'), stereoWav(tone, tone, 8_000));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const startApp = () => TestApp.start({ worker: false, settings: { MUSIC_DIR: folder } });

describe('MUSIC_DIR', () => {
  it('adds moods to those of createVideo, and health reports a file that is removed later', async () => {
    const app = await startApp();
    try {
      const ann = await app.signedIn('ann', 'ADMIN');
      const faultsOf = async (mood: string) => {
        const input = { script: 'One, two, three.', music: { mood, volume: 0.15 } };
        return (await ann.ask(TryVideoDocument, { input })).createVideo?.userErrors;
      };
      expect(await faultsOf('waltz')).toEqual([]);
      expect(await faultsOf('dramatic')).toEqual([]);
      const message = 'There is no music of this mood; there is calm, bright, serious, energetic, dramatic, waltz.';
      for (const mood of ['../waltz', 'waltz.wav', 'polka'])
        expect(await faultsOf(mood)).toMatchObject([{ code: 'UNSUPPORTED', message }]);

      const storage = async () => (await ann.ask(HealthChecksDocument, {})).health.checks?.storage;
      expect(await storage()).toEqual({ status: 'HEALTHY', message: null });
      await rm(join(folder, 'waltz.wav'));
      await until('health is degraded', async () => (await storage())?.status === 'DEGRADED');
      expect((await storage())?.message).toContain('The music file of the mood "waltz" can no longer be read');
    } finally {
      await app.close();
    }
  });

  it('stops the start if a file cannot be used', async () => {
    await writeFile(join(folder, 'text.mp3'), 'This is not music.');
    await expect(startApp()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('text.mp3: It is no music that FFmpeg can decode.'),
    });
  });
});
