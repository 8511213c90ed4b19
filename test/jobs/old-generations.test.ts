import { randomUUIDv7 } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { OldGenerationRemoval } from '../../src/jobs/tasks/forget-old-generations.ts';
import { completeOrder, insertOrder } from '../../src/services/generations/ordered-generations-sql.ts';
import { OwnedFiles } from '../../src/services/owned-files.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { contentOn, TIMEOUT } from '../services/generations/made-content.ts';

const ROOT = `/tmp/autovideo-old-generations-${process.pid}`;
let db: Database;
let storage: LocalStorage;
let ann: Viewer;
const { send, settle, fail } = contentOn(() => db);
beforeAll(async () => {
  db = await createTestDatabase();
  storage = await LocalStorage.open(ROOT);
  ann = await ownerOn(db);
});
afterAll(async () => {
  await db.close();
  await rm(ROOT, { recursive: true, force: true });
});

/** An order that was given so many days ago, with a file. */
async function ordered(days: number, outcome: 'completed' | 'failed' | 'pending') {
  const id = randomUUIDv7();
  const order = { type: 'IMAGE', prompt: 'A bee', language: 'en', aspectRatio: 'SQUARE_1_1' } as const;
  const key = `generations/${id}/picture-1.png`;
  await storage.put(key, Buffer.from('a picture'));
  await db.transaction(async (em) => {
    await insertOrder(em, { id, userId: ann.userId, order }, { prompt: 'A bee', parameters: { language: 'en' } });
  });
  if (outcome === 'completed') {
    await settle(await send(id), { key, hash: 'x' });
    await db.transaction((em) => completeOrder(em, id));
  }
  if (outcome === 'failed') await fail(await send(id), TIMEOUT);
  await sql`
    update ai_generations set created_at = now() - make_interval(days => ${days}),
      status = case when ${outcome === 'failed'} then 'FAILED' else status end
    where id = ${id}`.execute(db.sql());
  return { id, key };
}

const rowOf = async (id: string) =>
  await db.sql().selectFrom('ai_generations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const task = () => new OldGenerationRemoval({ db, storage, days: 30, archive: null });
const signal = new AbortController().signal;

describe('Contents that belong to no video', () => {
  it('are removed with their files after the days set, those of failed ones too; what they cost stays', async () => {
    const old = await ordered(31, 'completed');
    const failed = await ordered(31, 'failed');
    const files = new OwnedFiles(db, storage);
    expect(await files.stat(old.key)).toMatchObject({ size: 9 });
    expect(await task().remove(signal)).toBe(2);
    for (const { id, key } of [old, failed]) {
      expect(await storage.stat(key)).toBeNull();
      expect(await rowOf(id)).toMatchObject({ prompt: '', parameters: {}, result: null, content_order: null });
    }
    expect(await rowOf(old.id)).toMatchObject({ status: 'COMPLETED', cost: '0.0250' });
    expect(await task().remove(signal)).toBe(0);
  });

  it('stay until then, and while they are being made', async () => {
    const [young, pending] = [await ordered(29, 'completed'), await ordered(31, 'pending')];
    expect(await task().remove(signal)).toBe(0);
    for (const { id, key } of [young, pending]) {
      expect(await storage.stat(key)).not.toBeNull();
      expect(await rowOf(id)).toMatchObject({ prompt: 'A bee' });
    }
  });

  it('are archived with their texts before these are removed; others are not', async () => {
    const [old, young] = [await ordered(31, 'completed'), await ordered(29, 'completed')];
    const written: string[] = [];
    const archive = { write: async (_table: string, rows: readonly string[]) => void written.push(...rows) };
    await new OldGenerationRemoval({ db, storage, days: 30, archive }).remove(signal);
    expect(written.map((row) => JSON.parse(row))).toEqual([
      expect.objectContaining({ id: old.id, prompt: 'A bee', result: expect.objectContaining({ key: old.key }) }),
    ]);
    expect([(await rowOf(old.id)).prompt, (await rowOf(young.id)).prompt]).toEqual(['', 'A bee']);
  });

  it('stay with their files where they cannot be archived', async () => {
    const { id, key } = await ordered(31, 'completed');
    const archive = { write: () => Promise.reject(new Error('the disk is full')) };
    await expect(new OldGenerationRemoval({ db, storage, days: 30, archive }).remove(signal)).rejects.toThrow('full');
    expect(await storage.stat(key)).not.toBeNull();
    expect((await rowOf(id)).prompt).toBe('A bee');
    await task().remove(signal);
  });

  it('cannot be fetched any more once their content is forgotten, also where the file is still there', async () => {
    const { id, key } = await ordered(31, 'completed');
    const broken = { list: (prefix: string) => storage.list(prefix), removeAll: async () => undefined };
    expect(await new OldGenerationRemoval({ db, storage: broken, days: 30, archive: null }).remove(signal)).toBe(1);
    expect(await storage.stat(key)).not.toBeNull();
    expect(await new OwnedFiles(db, storage).stat(key)).toBeNull();
    expect((await rowOf(id)).result).toBeNull();
  });
});
