import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { OldRows } from '../../src/db/old-rows.ts';
import type { Em } from '../../src/db/orm.ts';
import { JobPriority, JobStatus, valuesOf } from '../../src/entities/enums.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import {
  JOB_TRANSITIONS,
  type JobState,
  type JobTransition,
  type JobTransitionName,
} from '../../src/jobs/queue/job-transitions.ts';
import type { Claim } from '../../src/jobs/queue/lease.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

const ERROR = { code: 'FFMPEG_FAILED', message: 'It failed.' };
const WORKER = randomUUIDv7();

let db: Database;
let jobs: JobStore;
let videoId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  jobs = new JobStore(db, 30);
});
afterAll(() => db.close());
beforeEach(async () => {
  await sql`delete from videos`.execute(db.sql());
  videoId = (await videoServicesOn(db).accept(await ownerOn(db))).id;
});

const inTransaction = <T>(work: (em: Em) => Promise<T>) => db.transaction(work);

/** How a test makes each transition happen; those that need a claim receive one. */
const TRIES: Readonly<Record<JobTransitionName, (claim: Claim) => Promise<unknown>>> = {
  enqueue: () => inTransaction((em) => jobs.enqueue(em, { videoId, priority: 'NORMAL' })),
  claim: () => jobs.claimNext('VIDEO', valuesOf(JobPriority), WORKER),
  renew: (claim) => jobs.renew(claim),
  forgetFailures: (claim) => inTransaction((em) => jobs.forgetFailures(em, claim)),
  release: (claim) => jobs.release(claim),
  retryLater: (claim) => inTransaction((em) => jobs.retryLater(em, claim, ERROR, 0)),
  finish: (claim) => inTransaction((em) => jobs.finish(em, claim)),
  fail: (claim) => inTransaction((em) => jobs.fail(em, claim, ERROR)),
  quarantine: (claim) => inTransaction((em) => jobs.quarantine(em, claim, ERROR)),
  cancel: () => inTransaction((em) => jobs.cancel(em, videoId)),
  restart: () => inTransaction((em) => jobs.restart(em, { videoId, priority: 'NORMAL' })),
  reclaim: () => inTransaction((em) => jobs.reclaim(em, { videoId, priority: 'NORMAL' })),
  notifyDue: () => jobs.notifyDue(),
  clearFailure: () => inTransaction((em) => jobs.clearFailures(em, 'VIDEO')),
  removeOld: () => jobs.removeOld(new OldRows(db, null), 1, 10),
};
const NAMES: readonly JobTransitionName[] = ['enqueue', ...namesExcept('enqueue')];
const STATES: readonly JobState[] = ['ABSENT', ...valuesOf(JobStatus)];

function namesExcept(first: JobTransitionName): JobTransitionName[] {
  const isName = (name: string): name is JobTransitionName => name in JOB_TRANSITIONS;
  return Object.keys(JOB_TRANSITIONS)
    .filter(isName)
    .filter((name) => name !== first);
}

/** Brings the video's job into the state; it may be claimed, has ended long ago, and its notifications are lost. */
async function bringInto(state: JobState): Promise<Claim> {
  const job = await jobRow();
  if (!job) throw new Error('The video has no job.');
  const ended = state === 'DONE' || state === 'FAILED' || state === 'CANCELED';
  if (state === 'ABSENT') await sql`delete from jobs`.execute(db.sql());
  else
    await sql`
      update jobs set status = ${state}, fence = 7, attempt = 1, available_at = now() - interval '2 days',
        rung_at = now() - interval '2 days', lease_expires_at = ${state === 'ACTIVE' ? sql`now() - interval '1 second'` : null},
        finished_at = ${ended ? sql`now() - interval '2 days'` : null}`.execute(db.sql());
  await sql`delete from outbox`.execute(db.sql());
  return { jobId: job.id, videoId, fence: 7, priority: 'NORMAL', attempt: 1, deaths: 0, traceId: null, spanId: null };
}

const jobRow = async () =>
  await db.sql().selectFrom('jobs').selectAll().where('video_id', '=', videoId).executeTakeFirst();
const outbox = async () => await db.sql().selectFrom('outbox').select('job_id').execute();

describe.each(NAMES)('%s', (name) => {
  const { from, to }: JobTransition = JOB_TRANSITIONS[name];

  it.each(STATES.filter((state) => from.includes(state)))('is allowed for a job that is %s', async (state) => {
    const claim = await bringInto(state);
    await TRIES[name](claim);
    expect((await jobRow())?.status ?? 'ABSENT').toBe(to === 'SAME' ? state : to);
  });

  it.each(STATES.filter((state) => !from.includes(state)))('changes nothing of a job that is %s', async (state) => {
    const claim = await bringInto(state);
    const before = await jobRow();
    const refused = await TRIES[name](claim).catch((thrown: unknown) => thrown);
    expect(await jobRow()).toEqual(before);
    expect(await outbox()).toEqual([]);
    expect(refused).not.toBe(true);
  });
});

describe('A transition of a worker', () => {
  it.each(['renew', 'forgetFailures', 'release', 'retryLater', 'finish', 'fail', 'quarantine'] as const)(
    '%s is refused with the fence of an earlier claim',
    async (name) => {
      const claim = await bringInto('ACTIVE');
      const before = await jobRow();
      await TRIES[name]({ ...claim, fence: claim.fence - 1 }).catch((thrown: unknown) =>
        expect(thrown).toMatchObject({ code: 'LEASE_LOST' }),
      );
      expect(await jobRow()).toEqual(before);
      expect(await outbox()).toEqual([]);
    },
  );
});

describe('A job that may begin', () => {
  it.each([
    ['enqueue', 'ABSENT'],
    ['release', 'ACTIVE'],
    ['restart', 'FAILED'],
    ['reclaim', 'ACTIVE'],
    ['notifyDue', 'WAITING'],
  ] as const)('is notified of in the transaction of %s', async (name, state) => {
    const claim = await bringInto(state);
    await TRIES[name](claim);
    expect(await outbox()).toEqual([{ job_id: (await jobRow())?.id }]);
  });

  it('is neither written nor notified of where the transaction fails', async () => {
    await bringInto('ABSENT');
    const failing = inTransaction(async (em) => {
      await jobs.enqueue(em, { videoId, priority: 'NORMAL' });
      throw new Error('The transaction fails.');
    });
    await expect(failing).rejects.toThrow('The transaction fails.');
    expect([await jobRow(), await outbox()]).toEqual([undefined, []]);
  });
});
