import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import { createReadCaches } from '../../../src/composition/cache.ts';
import type { Database } from '../../../src/db/database.ts';
import { LanguageDetector } from '../../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../../src/language/detection/model-file.ts';
import { VideoService } from '../../../src/services/videos/video.service.ts';
import { ALL_COLUMNS, VIDEO_PARTS, videoParts } from '../../../src/services/videos/video-parts.ts';
import { connectedCaches, type TestCache } from '../../helpers/caches.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { busWithoutRedis, inRole, jobFixtureOn } from '../../helpers/job-fixture.ts';
import { until } from '../../helpers/until.ts';
import { ABLE, ownerOn } from '../../helpers/video-services.ts';

let db: Database;
let fixture: ReturnType<typeof jobFixtureOn>;
let caches: TestCache[];
/** The caches of two API processes. */
let here: VideoService;
let there: VideoService;
let ann: Viewer;
let bob: Viewer;
let admin: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
  caches = await connectedCaches(inject('redisUrl'), 2);
  const [one, other] = caches.map(({ cache }) => serviceWith(cache));
  if (!one || !other) throw new Error('There are two.');
  [here, there] = [one, other];
  ann = await ownerOn(db);
  bob = await ownerOn(db);
  admin = inRole(await ownerOn(db), 'ADMIN');
});
afterAll(async () => {
  for (const { close } of caches) close();
  await db.close();
});

function serviceWith(cache: TestCache['cache']): VideoService {
  const bus = busWithoutRedis();
  return new VideoService({
    db,
    jobs: fixture.jobs,
    quotas: fixture.quotas,
    readCache: createReadCaches(cache).videos,
    runs: fixture.runs,
    abilities: ABLE,
    finder: new LanguageDetector(readModelFile),
    bus,
    onWork: () => undefined,
  });
}

/** Without the owner's name, which is not cached. */
const EVERYTHING = videoParts(VIDEO_PARTS.filter((part) => part !== 'ownerName'));

/** The loads of each process. */
const misses = () => caches.map(({ cache }) => cache.stats().misses);

async function completedVideo(): Promise<string> {
  const { video } = await fixture.order(ann, { title: 'Bees' });
  await sql`
    update videos set status = 'COMPLETED', progress = 100, started_at = '2026-01-01T00:00:00.25Z',
      completed_at = '2026-01-01T00:01:00Z', analysis = '{"summary": "Of bees.", "suggestedTitle": "", "suggestedDescription": "", "suggestedTags": [], "chapters": []}' where id = ${video.id}`.execute(
    db.sql(),
  );
  await sql`
    insert into scenes (id, video_id, position, narration, visual_prompt)
    values (${randomUUID()}::uuid, ${video.id}::uuid, 0, 'Bees dance.', 'A bee')`.execute(db.sql());
  await sql`
    insert into video_stages (video_id, stage, status, started_at)
    values (${video.id}, 'SCRIPT', 'COMPLETED', '2026-01-01T00:00:00.25Z')`.execute(db.sql());
  return video.id;
}

describe('A completed video', () => {
  let id: string;
  beforeEach(async () => {
    id = await completedVideo();
  });

  it('is the same from PostgreSQL, from memory and from Redis, including all dates', async () => {
    const [before] = [misses()];
    const loaded = await here.find(ann, id, EVERYTHING);
    expect(loaded).toMatchObject({ startedAt: new Date('2026-01-01T00:00:00.250Z'), publishedAt: null });
    expect(loaded?.stages?.[0]?.startedAt).toEqual(new Date('2026-01-01T00:00:00.250Z'));
    expect(loaded?.scenes).toHaveLength(1);
    expect(await here.find(ann, id, EVERYTHING)).toEqual(loaded);
    expect(await there.find(ann, id, EVERYTHING)).toEqual(loaded);
    expect(loaded).toEqual({
      ...(await fixture.videos.find(ann, id, EVERYTHING)),
    });
    expect(misses()).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });

  it('that is cached is returned only to its owner and to administrators', async () => {
    expect(await here.find(bob, id)).toBeNull();
    for (const service of [here, there]) {
      expect(await service.find(ann, id)).toMatchObject({ id, title: 'Bees' });
      expect(await service.find(bob, id)).toBeNull();
      expect(await service.find(bob, id, videoParts(['title']))).toBeNull();
      expect(await service.find(admin, id)).toMatchObject({ id });
    }
  });

  it('that its owner changes is changed at once, in every process', async () => {
    for (const service of [here, there]) await service.find(ann, id);
    await here.update(ann, id, { title: 'Wasps' });
    expect(await here.find(ann, id)).toMatchObject({ title: 'Wasps' });
    await until('the other has it', async () => (await there.find(ann, id))?.title === 'Wasps');
  });

  it('that is deleted is gone for all users', async () => {
    for (const service of [here, there]) await service.find(ann, id);
    await there.remove(ann, id);
    expect(await there.find(ann, id)).toBeNull();
    await until('it is gone here', async () => (await here.find(ann, id)) === null);
    expect(await here.find(admin, id)).toBeNull();
  });

  it('is shown with the current name of its owner', async () => {
    const parts = videoParts(['title', 'ownerName']);
    await here.find(ann, id, parts);
    await sql`update users set username = 'ann-now' where id = ${ann.userId}`.execute(db.sql());
    expect(await here.find(ann, id, parts)).toMatchObject({ ownerName: 'ann-now' });
  });
});

describe('A video in progress', () => {
  it('is read each time: a worker’s change is visible at once, without an invalidation', async () => {
    const { video } = await fixture.order(ann, { title: 'Bees' });
    for (const progress of [10, 20, 30]) {
      await sql`update videos set progress = ${progress} where id = ${video.id}`.execute(db.sql());
      expect(await here.find(ann, video.id, ALL_COLUMNS)).toMatchObject({ progress });
    }
    await sql`update videos set status = 'FAILED' where id = ${video.id}`.execute(db.sql());
    expect(await here.find(ann, video.id)).toMatchObject({ status: 'FAILED' });
    await here.find(ann, video.id);
    await sql`update videos set status = 'PENDING' where id = ${video.id}`.execute(db.sql());
    expect(await here.find(ann, video.id)).toMatchObject({ status: 'PENDING' });
  });

  it('is cached once it is completed', async () => {
    const { video } = await fixture.order(ann);
    await here.find(ann, video.id);
    await sql`update videos set status = 'COMPLETED' where id = ${video.id}`.execute(db.sql());
    const before = caches[0]?.cache.stats().localHits ?? 0;
    for (let turn = 0; turn < 3; turn++) expect(await here.find(ann, video.id)).toMatchObject({ status: 'COMPLETED' });
    expect(caches[0]?.cache.stats().localHits).toBe(before + 1);
  });

  it('of another user stays invisible', async () => {
    const { video } = await fixture.order(ann);
    for (let turn = 0; turn < 3; turn++) expect(await here.find(bob, video.id)).toBeNull();
    expect(await here.find(ann, video.id)).toMatchObject({ id: video.id });
  });
});
