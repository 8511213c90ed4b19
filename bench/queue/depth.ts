import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Database } from '../../src/db/database.ts';
import { JobPriority, valuesOf } from '../../src/entities/enums.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { Sweeper } from '../../src/jobs/queue/sweeper.ts';
import { PriorityOrder } from '../../src/priority-order.ts';
import { readQueueStats } from '../../src/services/queues/queue-stats-sql.ts';
import { percentile, row, say } from '../shared/measure.ts';

const FINISHED = 100_000;
const DEPTHS = [10, 1_000, 100_000];
const CLAIMS = 200;
const LOOKS = 20;

/** The time of one claim, one pass of the sweeper and one query of all queues, by the number of waiting jobs. */
export async function measureDepth(db: Database): Promise<void> {
  say(`\nDepth: milliseconds by number of waiting jobs, with ${FINISHED.toLocaleString('en')} finished ones`);
  row('waiting', 'claim p50', 'claim p95', 'sweep p50', 'stats p50');
  await sql`alter table jobs drop constraint jobs_video_id_fkey`.execute(db.sql());
  await putJobs(db, FINISHED, 'DONE');
  let waiting = 0;
  for (const depth of DEPTHS) {
    await putJobs(db, depth - waiting, 'WAITING');
    waiting = depth;
    await db.em().execute('vacuum analyze jobs');
    const claims = await timesOfClaims(db);
    const sweeper = new Sweeper(new JobStore(db, 30), () => undefined, pino({ level: 'silent' }));
    const sweeps = await timesOf(LOOKS, () => sweeper.sweep());
    const looks = await timesOf(LOOKS, () => readQueueStats(db.sql(), 30));
    row(depth.toLocaleString('en'), ms(claims, 0.5), ms(claims, 0.95), ms(sweeps, 0.5), ms(looks, 0.5));
  }
}

/**
 * Inserts jobs of all priorities directly into the table and without videos, which none of the measured queries reads.
 */
async function putJobs(db: Database, count: number, status: 'DONE' | 'WAITING'): Promise<void> {
  await sql`
    insert into jobs (id, queue, video_id, status, priority, available_at, finished_at)
    select gen_random_uuid(), 'VIDEO', gen_random_uuid(), ${status},
      (${[...valuesOf(JobPriority)]}::text[])[1 + floor(3 * random())], now() - random() * interval '1 hour',
      case when ${status} = 'DONE' then now() - random() * interval '20 days' end
    from generate_series(1, ${count})`.execute(db.sql());
}

/** Each claimed job is finished immediately and another one added, so that the depth is constant. */
async function timesOfClaims(db: Database): Promise<number[]> {
  const jobs = new JobStore(db, 30);
  const order = new PriorityOrder();
  const workerId = randomUUIDv7();
  const times: number[] = [];
  for (let turn = 0; turn < CLAIMS; turn++) {
    const wanted = order.next();
    const begun = performance.now();
    const claim = await jobs.claimNext('VIDEO', wanted, workerId);
    times.push(performance.now() - begun);
    if (!claim) throw new Error('There was nothing to claim.');
    order.took(claim.priority, wanted);
    await sql`update jobs set status = 'DONE', finished_at = now(), lease_expires_at = null where id = ${claim.jobId}`.execute(
      db.sql(),
    );
    await putJobs(db, 1, 'WAITING');
  }
  return times;
}

async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

function ms(times: readonly number[], share: number): string {
  return percentile(times, share).toFixed(2);
}
