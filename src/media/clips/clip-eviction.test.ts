import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evictClips } from './clip-eviction.ts';
import { FileClipCache } from './file-clip-cache.ts';

const DAY_MS = 24 * 3_600_000;
const { signal } = new AbortController();
const LIMITS = { days: 7, bytes: 1_000 };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clips-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function clip(name: string, daysOld: number, bytes = 1): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, 'x'.repeat(bytes));
  const then = new Date(Date.now() - daysOld * DAY_MS);
  await utimes(path, then, then);
}

const left = async () => (await readdir(folder)).toSorted();

describe('Cached clips', () => {
  it('are removed after a week without use, and not before', async () => {
    await clip('old.mp4', 7.01);
    await clip('young.mp4', 6.99);
    await clip('half.mp4.17.part', 8);
    expect(await evictClips(folder, LIMITS, signal)).toBe(2);
    expect(await left()).toEqual(['young.mp4']);
  });

  it('stay if they were used recently, however old they are', async () => {
    await clip('used.mp4', 100);
    expect(await new FileClipCache(folder).find('used')).toBe(join(folder, 'used.mp4'));
    expect(await new FileClipCache(folder).find('none')).toBeNull();
    expect(await evictClips(folder, LIMITS, signal)).toBe(0);
  });

  it('are removed beyond the size limit, least recently used first', async () => {
    for (const [name, days] of [
      ['a', 2],
      ['b', 5],
      ['c', 3],
    ] as const)
      await clip(name, days, 500);
    expect(await evictClips(folder, { days: 7, bytes: 1_500 }, signal)).toBe(0);
    expect(await evictClips(folder, { days: 7, bytes: 1_499 }, signal)).toBe(1);
    expect(await left()).toEqual(['a', 'c']);
    expect(await evictClips(folder, { days: 7, bytes: 0 }, signal)).toBe(2);
  });

  it('stay for a day whatever their size', async () => {
    await clip('now', 0.99, 5_000);
    await clip('then', 1.01, 5_000);
    expect(await evictClips(folder, LIMITS, signal)).toBe(1);
    expect(await left()).toEqual(['now']);
  });

  it('are none where the folder is missing, and subfolders are not removed', async () => {
    expect(await evictClips(join(folder, 'none'), LIMITS, signal)).toBe(0);
    await mkdir(join(folder, 'inner'));
    await utimes(join(folder, 'inner'), new Date(0), new Date(0));
    expect(await evictClips(folder, LIMITS, signal)).toBe(0);
    expect(await left()).toEqual(['inner']);
  });

  it('stay if the work is aborted', async () => {
    await clip('old', 8);
    await expect(evictClips(folder, LIMITS, AbortSignal.abort())).rejects.toThrow();
    expect(await left()).toEqual(['old']);
  });
});
