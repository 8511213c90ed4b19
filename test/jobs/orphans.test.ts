import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { OrphanedFileRemoval } from '../../src/jobs/tasks/remove-orphaned-files.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn, silent } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

const HOUR_MS = 3_600_000;
const { signal } = new AbortController();

let db: Database;
let ann: Viewer;
let folder: string;
let storage: LocalStorage;
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.em().execute('delete from videos');
  folder = await mkdtemp(join(tmpdir(), 'orphans-'));
  storage = await LocalStorage.open(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const orphans = () => new OrphanedFileRemoval({ db, storage, logger: silent });

async function write(key: string, hoursOld: number): Promise<void> {
  await storage.put(key, Buffer.from('x'));
  const then = new Date(Date.now() - hoursOld * HOUR_MS);
  await utimes(join(folder, key), then, then);
}

/** Writes files of a video that has no row; resolves with its id. */
async function nobodys(hoursOld: number): Promise<string> {
  const id = randomUUIDv7();
  await write(`videos/${id}/film.mp4`, hoursOld);
  return id;
}

async function living(): Promise<string> {
  const { video } = await jobFixtureOn(db).order(ann);
  await write(`videos/${video.id}/voice.wav`, 100);
  return video.id;
}

const exists = async (key: string) => (await storage.stat(key)) !== null;

it('Files of a video that has no row are removed after a day, and not before', async () => {
  const [old, young] = [await nobodys(24.1), await nobodys(23.9)];
  expect(await orphans().remove(signal)).toBe(1);
  expect(await exists(`videos/${old}/film.mp4`)).toBe(false);
  expect(await exists(`videos/${young}/film.mp4`)).toBe(true);
});

it('Files stay together: one that is younger than a day keeps the others of its video', async () => {
  const id = await nobodys(100);
  await write(`videos/${id}/scenes/voice.wav`, 1);
  expect(await orphans().remove(signal)).toBe(0);
  await write(`videos/${id}/scenes/voice.wav`, 25);
  expect(await orphans().remove(signal)).toBe(1);
  expect(await exists(`videos/${id}/scenes/voice.wav`)).toBe(false);
});

it('Files of a video that has a row stay, deleted or not, and so do other stored files', async () => {
  const [one, deleted] = [await living(), await living()];
  await jobFixtureOn(db).videos.remove(ann, deleted);
  await write('videos/notes/readme.txt', 1_000);
  await write('videos/readme.txt', 1_000);
  await write('brand/logo.png', 1_000);
  expect(await orphans().remove(signal)).toBe(0);
  const keys = [`videos/${one}/voice.wav`, `videos/${deleted}/voice.wav`, 'videos/notes/readme.txt', 'brand/logo.png'];
  expect(await Promise.all(keys.map(exists))).toEqual([true, true, true, true]);
});

it('Nothing is removed where the database knows few of the files: it probably belongs to another installation', async () => {
  for (let count = 0; count < 10; count++) await nobodys(48);
  const last = await nobodys(48);
  for (let count = 0; count < 10; count++) await living();
  await expect(orphans().remove(signal)).rejects.toMatchObject({
    code: 'STORAGE_ERROR',
    message: expect.stringContaining('DATABASE_URL'),
  });
  expect(await exists(`videos/${last}/film.mp4`)).toBe(true);
  await living();
  expect(await orphans().remove(signal)).toBe(11);
});

it('A few files without a row are removed even where there are no others', async () => {
  for (let count = 0; count < 10; count++) await nobodys(48);
  expect(await orphans().remove(signal)).toBe(10);
});

it('More videos than one query looks up are all checked', async () => {
  await db.em().execute(
    `insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution)
     select gen_random_uuid(), ?, 't', '{}', 'en', 'LANDSCAPE_16_9', 'SD_480' from generate_series(1, 700)`,
    [ann.userId],
  );
  const known = await db.sql().selectFrom('videos').select('id').execute();
  for (const { id } of known) await write(`videos/${id}/film.mp4`, 48);
  for (let count = 0; count < 20; count++) await nobodys(48);
  expect(await orphans().remove(signal)).toBe(20);
  expect((await Array.fromAsync(storage.list('videos/'))).length).toBe(700);
});

it('It can be aborted, and there may be no files at all', async () => {
  expect(await orphans().remove(signal)).toBe(0);
  const id = await nobodys(48);
  await expect(orphans().remove(AbortSignal.abort())).rejects.toThrow();
  expect(await exists(`videos/${id}/film.mp4`)).toBe(true);
});
