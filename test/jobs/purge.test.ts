import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { DeletedVideoPurge } from '../../src/jobs/tasks/purge-deleted-videos.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
let folder: string;
let storage: LocalStorage;
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
  folder = await mkdtemp(join(tmpdir(), 'purge-'));
  storage = await LocalStorage.open(folder);
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const { signal } = new AbortController();

it('Rows and files of deleted videos are removed after ten minutes, and everything else stays', async () => {
  const fixture = jobFixtureOn(db);
  const videos = await Promise.all([fixture.order(ann), fixture.order(ann), fixture.order(ann)]);
  const [kept, gone, other] = videos.map(({ video }) => video.id);
  if (!kept || !gone || !other) throw new Error('There are too few videos.');
  await sql`insert into video_stages (video_id, stage) select id, 'SCRIPT' from videos`.execute(db.sql());
  for (const id of [kept, gone, other]) await storage.put(`videos/${id}/film.mp4`, Buffer.from('film'));
  await fixture.videos.remove(ann, gone);
  await fixture.videos.remove(ann, other);
  const ago = (id: string, minutes: number) =>
    sql`update videos set deleted_at = now() - make_interval(secs => ${60 * minutes}) where id = ${id}`.execute(
      db.sql(),
    );

  const purge = new DeletedVideoPurge(db, storage);
  await ago(gone, 9.9);
  expect(await purge.purge(signal)).toBe(0);
  await ago(gone, 10.1);
  await expect(purge.purge(AbortSignal.abort())).rejects.toThrow();
  expect(await purge.purge(signal)).toBe(1);
  await ago(other, 10.1);
  expect(await purge.purge(signal)).toBe(1);

  const videosLeft = await db.sql().selectFrom('videos').select('id').execute();
  expect(videosLeft).toEqual([{ id: kept }]);
  for (const table of ['jobs', 'video_stages'] as const) {
    const rows = await db.sql().selectFrom(table).select('video_id').execute();
    expect(new Set(rows.map((row) => row.video_id))).toEqual(new Set([kept]));
  }
  const files = await Promise.all([kept, gone, other].map((id) => storage.stat(`videos/${id}/film.mp4`)));
  expect(files.map((file) => file !== null)).toEqual([true, false, false]);
  // A subscriber to all of the owner's videos still receives the events.
  const events = await db
    .sql()
    .selectFrom('video_events')
    .select('status')
    .where('video_id', '=', gone)
    .orderBy('seq')
    .execute();
  expect(events.map(({ status }) => status)).toEqual(['PENDING', 'CANCELED']);
});

it('The row of a worker without a heartbeat for an hour is removed', async () => {
  for (const [pid, minutes] of [
    [1, 61],
    [2, 59],
  ])
    await sql`
      insert into workers (id, hostname, pid, slots, heartbeat_at)
      values (${crypto.randomUUID()}, 'here', ${pid}, 1, now() - make_interval(mins => ${minutes}))`.execute(db.sql());
  await new DeletedVideoPurge(db, storage).purge(signal);
  expect(await db.sql().selectFrom('workers').select('pid').execute()).toEqual([{ pid: 2 }]);
});
