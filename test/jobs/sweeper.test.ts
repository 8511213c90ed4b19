import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Sweeper } from '../../src/jobs/queue/sweeper.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn, silent } from '../helpers/job-fixture.ts';
import { until } from '../helpers/until.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
let sweeper: Sweeper;
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
  fixture = jobFixtureOn(db);
  sweeper = new Sweeper(fixture.jobs, () => undefined, silent);
});
afterAll(() => db.close());
afterEach(async () => {
  await sql`delete from videos`.execute(db.sql());
});

/** A new job whose first ring was lost, with these seconds since it was last rung for. */
async function waiting({ secondsAgo, rings = 0 }: { secondsAgo: number; rings?: number }): Promise<string> {
  const { jobId } = await fixture.order(ann);
  await sql`update jobs set rings = ${rings}, rung_at = now() - make_interval(secs => ${secondsAgo}),
    available_at = now() - make_interval(secs => ${secondsAgo}) where id = ${jobId}`.execute(db.sql());
  await sql`delete from outbox`.execute(db.sql());
  return jobId;
}

const rung = async () => (await db.sql().selectFrom('outbox').select('job_id').execute()).map(({ job_id }) => job_id);

describe('The sweeper', () => {
  it.each([
    [0, 9, 11],
    [1, 19, 21],
    [3, 79, 81],
    [20, 299, 301],
  ])(
    'rings again for a job that was rung for %i times before, not after %i s but after %i s',
    async (rings, early, late) => {
      const [, due] = [await waiting({ secondsAgo: early, rings }), await waiting({ secondsAgo: late, rings })];
      expect(await sweeper.sweep()).toBe(1);
      expect(await rung()).toEqual([due]);
      expect(await sweeper.sweep()).toBe(0);
    },
  );

  it('rings for a job whose worker is gone, and not for one whose worker lives', async () => {
    const [dead, alive] = [await waiting({ secondsAgo: 3 }), await waiting({ secondsAgo: 3 })];
    await fixture.claim(dead);
    await fixture.claim(alive);
    await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${dead}`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(1);
    expect(await rung()).toEqual([dead]);
  });

  it('leaves alone what waits for its next attempt, and rings when its time has come', async () => {
    const jobId = await waiting({ secondsAgo: 30 });
    await sql`update jobs set available_at = now() + interval '1 minute' where id = ${jobId}`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(0);
    await sql`update jobs set available_at = now(), rung_at = now() - interval '1 second' where id = ${jobId}`.execute(
      db.sql(),
    );
    expect(await sweeper.sweep()).toBe(1);
  });

  it('rings for nothing that has ended, and for nothing of a paused queue', async () => {
    const jobId = await waiting({ secondsAgo: 1_000 });
    await sql`update queues set paused = true where name = 'VIDEO'`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(0);
    await sql`update queues set paused = false where name = 'VIDEO'`.execute(db.sql());
    for (const status of ['DONE', 'FAILED', 'CANCELED']) {
      await sql`update jobs set status = ${status} where id = ${jobId}`.execute(db.sql());
      expect(await sweeper.sweep()).toBe(0);
    }
  });

  it('leaves alone what another sweeper is at, and does not wait for it', async () => {
    const [taken, free] = [await waiting({ secondsAgo: 60 }), await waiting({ secondsAgo: 60 })];
    await db.transaction(async (em) => {
      await em.execute('select 1 from jobs where id = ? for update', [taken]);
      expect(await sweeper.sweep()).toBe(1);
    });
    expect(await rung()).toEqual([free]);
  });

  it('goes on by itself until it is closed, and tells whoever carries rings', async () => {
    const jobId = await waiting({ secondsAgo: 60 });
    let told = 0;
    const own = new Sweeper(fixture.jobs, () => void told++, silent);
    own.start();
    await until('it has swept', () => told === 1);
    await own.close();
    expect(await rung()).toEqual([jobId]);
  });
});
