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

/** A new job whose first notification was lost, with these seconds since it was last notified of. */
async function waiting({ secondsAgo, rings = 0 }: { secondsAgo: number; rings?: number }): Promise<string> {
  const { jobId } = await fixture.order(ann);
  await sql`update jobs set rings = ${rings}, rung_at = now() - make_interval(secs => ${secondsAgo}),
    available_at = now() - make_interval(secs => ${secondsAgo}) where id = ${jobId}`.execute(db.sql());
  await sql`delete from outbox`.execute(db.sql());
  return jobId;
}

const notifiedJobs = async () =>
  (await db.sql().selectFrom('outbox').select('job_id').execute()).map(({ job_id }) => job_id);

describe('The sweeper', () => {
  it.each([
    [0, 9, 11],
    [1, 19, 21],
    [3, 79, 81],
    [20, 299, 301],
  ])('notifies again of a job after %i notifications, not after %i s but after %i s', async (rings, early, late) => {
    const [, due] = [await waiting({ secondsAgo: early, rings }), await waiting({ secondsAgo: late, rings })];
    expect(await sweeper.sweep()).toBe(1);
    expect(await notifiedJobs()).toEqual([due]);
    expect(await sweeper.sweep()).toBe(0);
  });

  it('notifies of a job whose worker crashed, and not of one whose worker is alive', async () => {
    const [dead, alive] = [await waiting({ secondsAgo: 3 }), await waiting({ secondsAgo: 3 })];
    await fixture.claim(dead);
    await fixture.claim(alive);
    await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${dead}`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(1);
    expect(await notifiedJobs()).toEqual([dead]);
  });

  it('does not notify of a job before its next attempt is due, and then does', async () => {
    const jobId = await waiting({ secondsAgo: 30 });
    await sql`update jobs set available_at = now() + interval '1 minute' where id = ${jobId}`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(0);
    await sql`update jobs set available_at = now(), rung_at = now() - interval '1 second' where id = ${jobId}`.execute(
      db.sql(),
    );
    expect(await sweeper.sweep()).toBe(1);
  });

  it('does not notify of ended jobs, or of jobs of a paused queue', async () => {
    const jobId = await waiting({ secondsAgo: 1_000 });
    await sql`update queues set paused = true where name = 'VIDEO'`.execute(db.sql());
    expect(await sweeper.sweep()).toBe(0);
    await sql`update queues set paused = false where name = 'VIDEO'`.execute(db.sql());
    for (const status of ['DONE', 'FAILED', 'CANCELED']) {
      await sql`update jobs set status = ${status} where id = ${jobId}`.execute(db.sql());
      expect(await sweeper.sweep()).toBe(0);
    }
  });

  it('skips jobs that another sweeper has locked, and does not wait for it', async () => {
    const [taken, free] = [await waiting({ secondsAgo: 60 }), await waiting({ secondsAgo: 60 })];
    await db.transaction(async (em) => {
      await em.execute('select 1 from jobs where id = ? for update', [taken]);
      expect(await sweeper.sweep()).toBe(1);
    });
    expect(await notifiedJobs()).toEqual([free]);
  });

  it('repeats until it is closed, and triggers the relay', async () => {
    const jobId = await waiting({ secondsAgo: 60 });
    let sweeps = 0;
    const own = new Sweeper(fixture.jobs, () => void sweeps++, silent);
    own.start();
    await until('it has swept', () => sweeps === 1);
    await own.close();
    expect(await notifiedJobs()).toEqual([jobId]);
  });
});
