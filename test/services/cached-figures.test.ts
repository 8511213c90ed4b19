import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { createReadCaches } from '../../src/composition/cache.ts';
import type { Database } from '../../src/db/database.ts';
import { type Reader, readerOf } from '../../src/db/prepared.ts';
import { COMMAND_LINE } from '../../src/services/audit/actor.ts';
import { GenerationRuns } from '../../src/services/generations/generation-runs.ts';
import { ProviderService, recentCalls } from '../../src/services/providers/provider.service.ts';
import { SharedProviderStates } from '../../src/services/providers/shared-provider-states.ts';
import { QueueService } from '../../src/services/queues/queue.service.ts';
import { queueFacts } from '../../src/services/queues/queue-stats-sql.ts';
import type { NewVideo } from '../../src/services/videos/create-video-validation.ts';
import { VideoList } from '../../src/services/videos/list/video-list.ts';
import { connectedCaches, type TestCache } from '../helpers/caches.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { busWithoutRedis, inRole, jobFixtureOn } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let caches: TestCache[];
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  caches = await connectedCaches(inject('redisUrl'), 2);
  return () => {
    for (const { close } of caches) close();
  };
});
afterAll(() => db.close());

/** A reader whose reads take this long: time itself is tested, because only slow counts are cached. */
function slowReader(milliseconds: number): Reader {
  const reader = readerOf(db);
  return {
    rows: async (statement, values) => {
      await sleep(milliseconds);
      return await reader.rows(statement, values);
    },
  };
}

it('A quick count is made each time; a slow one is made once for all processes', async () => {
  const fixture = jobFixtureOn(db);
  const ann = await ownerOn(db);
  const admin = inRole(await ownerOn(db), 'ADMIN');
  const ofAllOwners = { allOwners: true, filter: { search: 'Bees' } };
  const order = (input: Partial<NewVideo> = { title: 'Bees' }) => fixture.order(ann, input);
  const listsTaking = (milliseconds: number) =>
    caches.map(({ cache }) => new VideoList(slowReader(milliseconds), createReadCaches(cache).counts));
  const [quick] = listsTaking(0);
  await order();
  expect(await quick?.count(admin, ofAllOwners)).toBe(1);
  await order();
  expect(await quick?.count(admin, ofAllOwners)).toBe(2);
  const [here, there] = listsTaking(120);
  for (const list of [here, there]) await list?.count(admin, ofAllOwners);
  expect([await here?.count(admin, ofAllOwners), await there?.count(admin, ofAllOwners)]).toEqual([2, 2]);
  await order();
  expect([await here?.count(admin, ofAllOwners), await there?.count(admin, ofAllOwners)]).toEqual([2, 2]);
  // No user gets an old number of their own videos, and the total of all is known without counting.
  expect(await here?.count(ann, { filter: { search: 'Bees' } })).toBe(3);
  expect(await here?.count(admin, { allOwners: true })).toBe(3);
  // Another query has another answer.
  expect(await here?.count(admin, { allOwners: true, filter: { search: 'Wasps' } })).toBe(0);
  expect(await here?.count(ann, ofAllOwners)).toBe(0);
});

it('An operator who pauses a queue sees it paused, although the queues are cached', async () => {
  const fixture = jobFixtureOn(db);
  const stats = caches[0]?.cache.region({
    name: 'queues',
    entries: 1,
    memorySeconds: 60,
    redisSeconds: 60,
    allowsStale: true,
    isWorthCaching: () => true,
    schema: z.array(queueFacts),
  });
  const stages = caches[0] && createReadCaches(caches[0].cache).queues.stages;
  if (!stats || !stages) throw new Error('There is a cache.');
  const bus = busWithoutRedis();
  const queues = new QueueService({
    db,
    jobs: fixture.jobs,
    runs: fixture.runs,
    generationRuns: new GenerationRuns(fixture),
    bus,
    retentionDays: 30,
    onWork: () => undefined,
    readCaches: { stats, stages },
  });
  const isPaused = async () => (await queues.stats()).find(({ name }) => name === 'VIDEO')?.paused;
  expect(await isPaused()).toBe(false);
  await sql`update queues set paused = true`.execute(db.sql());
  expect(await isPaused()).toBe(false);
  await sql`update queues set paused = false`.execute(db.sql());
  expect(await queues.pause(COMMAND_LINE, 'VIDEO')).toMatchObject({ paused: true });
  expect(await isPaused()).toBe(true);
  expect(await queues.resume(COMMAND_LINE, 'VIDEO')).toMatchObject({ paused: false });
  expect(await isPaused()).toBe(false);
});

it('Providers from Redis are the same, including the date of their last error', async () => {
  const services = caches.map(({ cache }) => {
    const seconds = { entries: 1, memorySeconds: 60, redisSeconds: 60 };
    const recent = cache.region({
      ...seconds,
      name: 'providers',
      allowsStale: true,
      isWorthCaching: () => true,
      schema: z.array(recentCalls),
    });
    return new ProviderService({
      db,
      contentProviders: [{ name: 'one', capability: 'TEXT', models: ['m'], priority: 0 }],
      services: [],
      states: new SharedProviderStates({ db, onChange: () => undefined }),
      speech: [{ name: 'one', voices: async () => [] }],
      readCaches: { recent, metrics: createReadCaches(cache).providers.metrics },
    });
  });
  await sql`
    with generation as (
      insert into ai_generations (id, type, provider, status) values (gen_random_uuid(), 'TEXT', 'one', 'COMPLETED') returning id
    )
    insert into generation_attempts
      (id, generation_id, provider, number, paid, run, state, latency_ms, error_code, error_message, sent_at, ended_at)
    select gen_random_uuid(), id, 'one', attempt.* from generation, (values
      (1, false, 1, 'REFUSED', 5, 'LOCAL_TIMEOUT', 'Late.', timestamptz '2026-01-31T09:30:00Z', timestamptz '2026-01-31T09:30:00.125Z'),
      (2, false, 1, 'SETTLED', 5, null, null, now(), now())) as attempt`.execute(db.sql());
  const [loaded, again] = [await services[0]?.list(), await services[1]?.list()];
  expect(loaded).toMatchObject([{ name: 'one', lastError: { at: new Date('2026-01-31T09:30:00.125Z') } }]);
  expect(again).toEqual(loaded);
  expect(caches[1]?.cache.stats()).toMatchObject({ redisHits: 1, misses: 0 });
});
