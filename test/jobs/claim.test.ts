import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { JobPriority, valuesOf } from '../../src/entities/enums.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { Sweeper } from '../../src/jobs/queue/sweeper.ts';
import { readQueueStats } from '../../src/services/queues/queue-stats-sql.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { silent } from '../helpers/job-fixture.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

const MANY = 20_000;
const worker = randomUUIDv7();

let db: Database;
/** Another process. */
let other: Database;
let owner: Viewer;
let jobs: JobStore;
beforeAll(async () => {
  const url = await createTestDatabaseUrl();
  // A single connection, because each session reports its statistics only on request.
  [db, other] = await Promise.all([openDatabase({ url, poolMax: 1 }), openDatabase({ url, poolMax: 2 })]);
  owner = await ownerOn(db);
  await db.em().execute('alter table jobs drop constraint jobs_video_id_fkey');
  jobs = new JobStore(db, 30);
});
afterAll(async () => {
  await Promise.all([db.close(), other.close()]);
});

interface JobFacts {
  readonly status?: 'WAITING' | 'ACTIVE';
  readonly priority?: JobPriority;
  /** Seconds since it could start, and since its lease expired. */
  readonly waits?: number;
}

/** Inserts jobs in this state, without videos; returns their ids. */
async function put(count: number, { status = 'WAITING', priority = 'NORMAL', waits = 60 }: JobFacts = {}) {
  const { rows } = await sql<{ id: string }>`
    insert into jobs (id, queue, video_id, status, priority, available_at, rung_at, lease_expires_at)
    select gen_random_uuid(), 'VIDEO', gen_random_uuid(), ${status}, ${priority}, now() - make_interval(secs => ${waits}),
      now() - make_interval(secs => ${waits}), case when ${status} = 'ACTIVE' then now() - make_interval(secs => ${waits}) end
    from generate_series(1, ${count}) returning id`.execute(db.sql());
  return rows.map(({ id }) => id);
}

const claim = (...order: JobPriority[]) => jobs.claimNext('VIDEO', order, worker);

describe('Claiming', () => {
  beforeEach(() => db.em().execute('delete from jobs'));

  it('takes the job that has been available the longest', async () => {
    const [[young], [old]] = [await put(1, { waits: 10 }), await put(1, { waits: 20 })];
    expect([(await claim('NORMAL'))?.jobId, (await claim('NORMAL'))?.jobId]).toEqual([old, young]);
    expect(await claim('NORMAL')).toBeNull();
  });

  it('does not take jobs that may start later, or have a worker', async () => {
    await put(1, { waits: -60 });
    await put(1, { status: 'ACTIVE', waits: -60 });
    expect(await claim(...valuesOf(JobPriority))).toBeNull();
  });

  it('takes a job whose worker crashed before any that waits, and counts the crash', async () => {
    await put(1, { priority: 'URGENT' });
    const [dead] = await put(1, { status: 'ACTIVE', priority: 'LOW', waits: 1 });
    expect(await claim('URGENT', 'NORMAL', 'LOW')).toMatchObject({ jobId: dead, deaths: 1 });
    expect(await claim('URGENT', 'NORMAL', 'LOW')).toMatchObject({ priority: 'URGENT', deaths: 0 });
  });

  it('records when the video was first started, and keeps that time', async () => {
    const { id } = await videoServicesOn(db).accept(owner);
    const began = async () => {
      await claim('NORMAL');
      await sql`update jobs set lease_expires_at = now() - interval '1 second'`.execute(db.sql());
      return (await sql<{ at: string }>`select started_at::text as at from videos where id = ${id}`.execute(db.sql()))
        .rows[0]?.at;
    };
    const first = await began();
    expect(first).toEqual(expect.any(String));
    expect(await began()).toBe(first);
  });

  it('skips a job that another worker is claiming at the same time, and does not wait', async () => {
    const [first, second] = await put(2);
    await other.transaction(async (em) => {
      await em.execute('select 1 from jobs where id = ? for update', [first]);
      expect((await claim('NORMAL'))?.jobId).toBe(second);
      expect(await claim('NORMAL')).toBeNull();
    });
  });
});

describe('With 20,000 jobs waiting', () => {
  beforeAll(async () => {
    await db.em().execute('delete from jobs');
    // The statistics of the planner say that there are none, as after a night without jobs.
    await db.em().execute('vacuum analyze jobs');
    await put(MANY);
    await put(1, { priority: 'LOW' });
    await put(3, { status: 'ACTIVE', waits: -60 });
  });

  /** Rows of the table and of its indexes that the operation reads. */
  async function readBy(work: () => Promise<unknown>): Promise<{ jobs: number; entries: number }> {
    const before = await readSoFar();
    await work();
    const after = await readSoFar();
    return { jobs: after.jobs - before.jobs, entries: after.entries - before.entries };
  }

  async function readSoFar(): Promise<{ jobs: number; entries: number }> {
    await sql`select pg_stat_force_next_flush()`.execute(db.sql());
    const { rows } = await sql<{ jobs: number; entries: number }>`
      select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as jobs,
        (select sum(idx_tup_read)::int from pg_stat_user_indexes where relname = 'jobs') as entries
      from pg_stat_user_tables where relname = 'jobs'`.execute(db.sql());
    const [row] = rows;
    if (!row) throw new Error('Nothing is counted.');
    return row;
  }

  describe.each([
    ['that the planner has not heard of', () => Promise.resolve()],
    ['that the planner knows of', () => db.em().execute('vacuum analyze jobs')],
  ])('%s', (_, prepare) => {
    beforeAll(() => prepare());

    it.each([
      ['whose turn it is', ['NORMAL', 'URGENT', 'LOW']],
      ['behind one that has nothing', ['URGENT', 'NORMAL', 'LOW']],
      ['of the last priority', ['LOW', 'URGENT', 'NORMAL']],
    ] as const)('a claim reads no more than a handful: one %s', async (_, order) => {
      const { jobs, entries } = await readBy(async () => expect(await claim(...order)).not.toBeNull());
      expect(jobs).toBeLessThan(20);
      expect(entries).toBeLessThan(20);
    });

    it('the sweeper reads only the first 500 of each priority', async () => {
      const sweeper = new Sweeper(jobs, () => undefined, silent);
      const first = await readBy(async () => expect(await sweeper.sweep()).toBeGreaterThan(0));
      const again = await readBy(async () => expect(await sweeper.sweep()).toBe(0));
      expect(first.jobs).toBeLessThan(6_000);
      expect(again.jobs).toBeLessThan(2_000);
    });

    it('the queue statistics read no job twice', async () => {
      const { jobs } = await readBy(async () =>
        expect((await readQueueStats(db.sql(), 30))[0]?.waiting).toBeGreaterThan(MANY - 10),
      );
      expect(jobs).toBeLessThan(MANY + 100);
    });
  });
});
