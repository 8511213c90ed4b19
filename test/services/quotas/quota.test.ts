import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Plan } from '../../../src/entities/enums.ts';
import { AppError } from '../../../src/errors.ts';
import type { Claim } from '../../../src/jobs/queue/lease.ts';
import { UserFaultError } from '../../../src/services/user-fault.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { jobFixtureOn } from '../../helpers/job-fixture.ts';
import { ownerOn, videoQuotasOf } from '../../helpers/video-services.ts';

const POOL_MAX = 20;

let db: Database;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase({ poolMax: POOL_MAX });
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

const newOwner = () => ownerOn(db);

/** [used, reserved] of the day and of the month. */
async function taken({ userId }: Viewer): Promise<[number, number][]> {
  return (await videoQuotasOf(fixture, userId)).map(({ used, reserved }) => [used, reserved]);
}

async function setQuota(
  { userId }: Viewer,
  period: 'DAILY' | 'MONTHLY',
  counts: { used: number; reserved?: number; isOver?: boolean },
) {
  const resetAt = new Date(Date.now() + (counts.isOver ? -1_000 : 3_600_000));
  const row = { used: counts.used, reserved: counts.reserved ?? 0, reset_at: resetAt };
  await db
    .sql()
    .insertInto('ai_quotas')
    .values({ user_id: userId, type: 'VIDEO', period, quota_limit: 50, ...row })
    .onConflict((conflict) => conflict.columns(['user_id', 'type', 'period']).doUpdateSet(row))
    .execute();
}

async function subscribe({ userId }: Viewer, plan: Plan, endsAt: Date | null): Promise<void> {
  await db
    .sql()
    .insertInto('user_subscriptions')
    .values({ user_id: userId, plan, status: 'ACTIVE', ends_at: endsAt })
    .execute();
}

describe('A user who requests more than the plan allows', () => {
  it('gets exactly what it allows, however many requests are concurrent', async () => {
    const ann = await newOwner();
    const tries = await Promise.all(Array.from({ length: 60 }, () => faultsOf(fixture.order(ann))));
    expect(tries.filter((faults) => faults.length === 0)).toHaveLength(50);
    expect(tries.filter(([fault]) => fault?.[0] === 'QUOTA_EXCEEDED')).toHaveLength(10);
    expect(await taken(ann)).toEqual([
      [0, 50],
      [0, 50],
    ]);
    const rows = await db.sql().selectFrom('videos').select('id').where('owner_id', '=', ann.userId).execute();
    expect(rows).toHaveLength(50);
  });

  it('with room for ten gets ten of 200 concurrent requests', async () => {
    const ann = await newOwner();
    await fixture.order(ann);
    await setQuota(ann, 'DAILY', { used: 40, reserved: 0 });
    const tries = await Promise.all(Array.from({ length: 200 }, () => faultsOf(fixture.order(ann))));
    expect(tries.filter((faults) => faults.length === 0)).toHaveLength(10);
    expect(tries.filter(([fault]) => fault?.[0] === 'QUOTA_EXCEEDED')).toHaveLength(190);
    expect((await taken(ann))[0]).toEqual([40, 10]);
  });

  it('is limited by the month too', async () => {
    const ann = await newOwner();
    await setQuota(ann, 'MONTHLY', { used: 499 });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    const refused: unknown = await fixture.order(ann).catch((thrown: unknown) => thrown);
    const seconds = refused instanceof UserFaultError ? refused.faults[0]?.retryAfterSeconds : undefined;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(31 * 86_400);
    expect(await taken(ann)).toEqual([
      [0, 1],
      [499, 1],
    ]);
  });

  it('gets exactly what is left, however many requests are concurrent, also for the first time in a month', async () => {
    const [ann, bob] = [await newOwner(), await newOwner()];
    await fixture.order(ann);
    await setQuota(ann, 'DAILY', { used: 40, reserved: 2 });
    await setQuota(bob, 'DAILY', { used: 42 });
    for (const who of [ann, bob]) {
      const keys = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? `key ${index}` : undefined));
      const tries = await Promise.all(keys.map((key) => faultsOf(fixture.accept(who, {}, key))));
      expect(tries.filter((faults) => faults.length === 0)).toHaveLength(8);
      expect(tries.filter(([fault]) => fault?.[0] === 'QUOTA_EXCEEDED')).toHaveLength(12);
    }
    expect((await taken(ann))[1]).toEqual([0, 9]);
    expect((await taken(bob))[1]).toEqual([0, 8]);
  });

  it.each([undefined, 'once'])('gets an error with the exceeded period, and loses nothing (key: %s)', async (key) => {
    const ann = await newOwner();
    await fixture.order(ann);
    await setQuota(ann, 'MONTHLY', { used: 500 });
    const [day, month] = await videoQuotasOf(fixture, ann.userId);
    const sentence = `Your plan allows 500 videos a month; try again after ${month?.resetAt.toISOString()}.`;
    await expect(fixture.accept(ann, {}, key)).rejects.toThrow(sentence);
    expect(await taken(ann)).toEqual([
      [0, 1],
      [500, 0],
    ]);
    await setQuota(ann, 'MONTHLY', { used: 499 });
    await setQuota(ann, 'DAILY', { used: 50 });
    const other = `Your plan allows 50 videos a day; try again after ${day?.resetAt.toISOString()}.`;
    await expect(fixture.accept(ann, {}, key)).rejects.toThrow(other);
    await setQuota(ann, 'DAILY', { used: 49 });
    expect(await fixture.accept(ann, {}, key)).toMatchObject({ status: 'PENDING' });
  });

  it('has the limits of the current plan, whatever the plan was before', async () => {
    const ann = await newOwner();
    await subscribe(ann, 'CREATOR', null);
    await fixture.order(ann);
    await setQuota(ann, 'DAILY', { used: 60, reserved: 1 });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    const plan = (change: object) =>
      db.sql().updateTable('user_subscriptions').set(change).where('user_id', '=', ann.userId).execute();
    await plan({ ends_at: new Date(Date.now() - 1_000) });
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    await plan({ ends_at: null, plan: 'PREMIUM' });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    await setQuota(ann, 'DAILY', { used: 999, reserved: 0 });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    await plan({ status: 'CANCELED' });
    await setQuota(ann, 'DAILY', { used: 49, reserved: 0 });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
  });

  it('has higher limits on a larger plan, until it ends', async () => {
    const [paying, past] = [await newOwner(), await newOwner()];
    await subscribe(paying, 'CREATOR', new Date(Date.now() + 60_000));
    await subscribe(past, 'CREATOR', new Date(Date.now() - 1_000));
    for (const who of [paying, past]) await setQuota(who, 'DAILY', { used: 50 });
    expect(await faultsOf(fixture.order(paying))).toEqual([]);
    expect(await faultsOf(fixture.order(past))).toEqual([['QUOTA_EXCEEDED', undefined]]);
  });
});

describe('A new day', () => {
  it('begins with nothing used, but with the reservations of running work', async () => {
    const ann = await newOwner();
    await setQuota(ann, 'DAILY', { used: 50, reserved: 49, isOver: true });
    expect(await taken(ann)).toEqual([
      [0, 49],
      [0, 0],
    ]);
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    expect(await taken(ann)).toEqual([
      [0, 50],
      [0, 1],
    ]);
    const [day] = await videoQuotasOf(fixture, ann.userId);
    expect(day?.resetAt.getTime()).toBeGreaterThan(Date.now());
    expect(day?.resetAt.toISOString()).toMatch(/T00:00:00\.000Z$/);
  });
});

describe('A new month', () => {
  it('begins with nothing used for users with earlier videos', async () => {
    const ann = await newOwner();
    await fixture.order(ann);
    await setQuota(ann, 'DAILY', { used: 50, isOver: true });
    await setQuota(ann, 'MONTHLY', { used: 500, isOver: true });
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
    expect(await taken(ann)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    const quotas = await videoQuotasOf(fixture, ann.userId);
    const rows = db
      .sql()
      .selectFrom('ai_quotas')
      .select('reset_at')
      .where('user_id', '=', ann.userId)
      .orderBy('period');
    expect((await rows.execute()).map(({ reset_at }) => new Date(reset_at))).toEqual(
      quotas.map(({ resetAt }) => resetAt),
    );
  });
});

describe('A reservation', () => {
  it('becomes use once the video is ready', async () => {
    const ann = await newOwner();
    const { jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    await fixture.outcomes.complete(claim);
    expect(await taken(ann)).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('is released where the video fails', async () => {
    const ann = await newOwner();
    const { jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    await fixture.outcomes.fail(claim, new AppError('FFMPEG_FAILED', 'It failed.'), 'trace');
    expect(await taken(ann)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('is released where an unfinished video is deleted, and stays used where a finished one is deleted', async () => {
    const ann = await newOwner();
    const [waiting, finished] = [await fixture.order(ann), await fixture.order(ann)];
    const claim = await fixture.claim(finished.jobId);
    await fixture.outcomes.complete(claim);
    expect(await taken(ann)).toEqual([
      [1, 1],
      [1, 1],
    ]);
    await fixture.videos.remove(ann, waiting.video.id);
    await fixture.videos.remove(ann, finished.video.id);
    expect(await taken(ann)).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('is correct after concurrent changes of all kinds, without a deadlock', async () => {
    const ann = await newOwner();
    const orders = await Promise.all(Array.from({ length: 30 }, () => fixture.order(ann)));
    const claims: Claim[] = [];
    for (const { jobId } of orders.slice(0, 15)) claims.push(await fixture.claim(jobId));
    const stopped = orders.slice(25);
    for (const { video } of stopped) await fixture.runs.cancel(ann, video.id);
    // So few rows are in one page, which PostgreSQL then reads from its beginning to its end instead of in an order.
    await sql`analyze ai_quotas`.execute(db.sql());
    const before = await deadlocks();
    await Promise.all([
      ...claims.map((claim) => fixture.outcomes.complete(claim)),
      ...orders.slice(15, 25).map(({ video }) => fixture.videos.remove(ann, video.id)),
      ...stopped.map(({ video }) => fixture.runs.retry(ann, video.id)),
      ...Array.from({ length: 20 }, () => fixture.order(ann)),
    ]);
    expect(await taken(ann)).toEqual([
      [15, 25],
      [15, 25],
    ]);
    expect(await deadlocks()).toBe(before);
  });
});

async function deadlocks(): Promise<number> {
  // Each session reports its statistics at the end of this statement, before the answer; the pause makes every connection run it.
  const flush = () => sql`select pg_stat_force_next_flush(), pg_sleep(0.05)`.execute(db.sql());
  await Promise.all(Array.from({ length: POOL_MAX }, flush));
  const { rows } = await sql<{ deadlocks: string }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(db.sql());
  return Number(rows[0]?.deadlocks);
}

describe('The status of a quota', () => {
  it.each([
    [39, 'HEALTHY', 78],
    [40, 'WARNING', 80],
    [44, 'WARNING', 88],
    [45, 'CRITICAL', 90],
    [49, 'CRITICAL', 98],
    [50, 'EXCEEDED', 100],
  ])('%i of 50 is %s', async (used, status, percentage) => {
    const ann = await newOwner();
    await setQuota(ann, 'DAILY', { used: used - 1, reserved: 1 });
    const [day] = await videoQuotasOf(fixture, ann.userId);
    expect(day).toMatchObject({ period: 'DAILY', limit: 50, status, percentage, remaining: 50 - used });
  });
});
