import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyOf, store } from '../../src/pipeline/artefacts.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';

let folder: string;
let storage: LocalStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autovideo-tests-'));
  storage = await LocalStorage.open(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = Buffer.from('A picture of bees.');

describe('A file of another video', () => {
  it('is copied, and the copy remains when the other video is deleted', async () => {
    const original = { ...(await store(storage, 'one', 'picture', 'png', bytes)), hasRoomForWords: true };
    const copy = await copyOf(storage, 'two', 'picture', original);
    expect(copy).toEqual({ ...original, key: original.key.replace('one', 'two') });
    await storage.removeAll('videos/one/');
    expect(Buffer.from(await storage.read(copy?.key ?? ''))).toEqual(bytes);
  });

  it('is not copied where it is gone', async () => {
    const original = await store(storage, 'one', 'voice', 'wav', bytes);
    await storage.removeAll('videos/one/');
    expect(await copyOf(storage, 'two', 'voice', original)).toBeNull();
  });

  it('is not used where its bytes have changed', async () => {
    const original = await store(storage, 'one', 'voice', 'wav', bytes);
    await writeFile(await storage.localPath(original.key), 'Something else.');
    expect(await copyOf(storage, 'two', 'voice', original)).toBeNull();
  });
});
