import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { sqlOf } from '../../../src/db/orm.ts';
import { Availability } from '../../../src/services/reports/availability.ts';
import {
  readAvailability,
  readAvailabilityOfDay,
  recordRound,
} from '../../../src/services/reports/availability-store.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => sql`delete from availability_days`.execute(db.sql()));

const record = (isGood: boolean, lostSeconds = 0) => recordRound(db.sql(), { isGood, lostSeconds });
/** Time passes. */
const pass = (seconds: number) =>
  sql`update availability_days set last_round_at = last_round_at - make_interval(secs => ${seconds})`.execute(db.sql());
const days = async () =>
  (await sql<{ good: number; bad: number }>`select good, bad from availability_days order by day`.execute(db.sql()))
    .rows;
const day = (ago: number, good: number, bad: number) =>
  sql`insert into availability_days (day, good, bad, last_round_at)
    values ((now() at time zone 'utc')::date - ${ago}::int, ${good}, ${bad}, now() - make_interval(days => ${ago}))`.execute(
    db.sql(),
  );

describe('A round of the health check', () => {
  it('counts for its day as good or bad', async () => {
    await record(true);
    await pass(30);
    await record(false);
    await pass(30);
    await record(true);
    expect(await days()).toEqual([{ good: 2, bad: 1 }]);
  });

  it('counts once, however many processes judge it at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => record(true)));
    await pass(30);
    await Promise.all(Array.from({ length: 8 }, () => record(false)));
    expect(await days()).toEqual([{ good: 1, bad: 1 }]);
  });

  it('counts once where one process writes while another has begun to', async () => {
    await record(true);
    await pass(30);
    const other = await db.transaction(async (em) => {
      await recordRound(sqlOf(em), { isGood: true, lostSeconds: 0 });
      const waiting = record(true);
      await until('the other waits', async () => {
        const { rows } = await sql`select from pg_locks where not granted`.execute(db.sql());
        return rows.length > 0;
      });
      return { waiting };
    });
    await other.waiting;
    expect(await days()).toEqual([{ good: 2, bad: 0 }]);
  });

  it('counts later as bad where the database was lost, once for all processes', async () => {
    await record(true);
    await pass(300);
    // Of the ten half minutes the last is this round, which is good again.
    await Promise.all(Array.from({ length: 8 }, () => record(true, 290)));
    expect(await days()).toEqual([{ good: 2, bad: 9 }]);
  });

  it('does not count for a time in which nothing ran, or in which another process could record it', async () => {
    await record(true);
    await pass(3_600);
    await record(true, 60);
    expect(await days()).toEqual([{ good: 2, bad: 2 }]);
    await pass(30);
    await record(true, 600);
    expect(await days()).toEqual([{ good: 3, bad: 2 }]);
  });
});

describe('A process that judges the installation', () => {
  it('counts what works in part as good, and goes on without the database', async () => {
    let now = 0;
    let isLost = false;
    const availability = new Availability({
      db: {
        sql: () => {
          if (isLost) throw new Error('The database is lost.');
          return db.sql();
        },
      },
      now: () => now,
    });
    now += 60_000;
    await availability.record('DEGRADED');
    isLost = true;
    for (let round = 0; round < 4; round++) {
      now += 30_000;
      await pass(30);
      await availability.record('UNHEALTHY');
    }
    isLost = false;
    now += 30_000;
    await pass(30);
    await availability.record('HEALTHY');
    expect(await days()).toEqual([{ good: 2, bad: 4 }]);
    await pass(30);
    await availability.record('UNHEALTHY');
    expect(await days()).toEqual([{ good: 2, bad: 5 }]);
  });
});

it('A process that begins counts nothing in its first minute: its worker is not there yet', async () => {
  let now = 5_000;
  const availability = new Availability({ db, now: () => now });
  for (const seconds of [0, 30, 59.9, 60]) {
    now = 5_000 + 1_000 * seconds;
    await availability.record(seconds < 60 ? 'UNHEALTHY' : 'HEALTHY');
  }
  expect(await days()).toEqual([{ good: 1, bad: 0 }]);
});

describe('Availability', () => {
  it('is the share of good rounds of the last days', async () => {
    await day(30, 0, 2_880);
    await day(29, 2_880, 0);
    await day(1, 2_760, 100);
    await day(0, 20, 0);
    expect(await readAvailability(db.sql(), 30)).toBeCloseTo((100 * 5_660) / 5_760, 9);
    expect(await readAvailability(db.sql(), 2)).toBeCloseTo((100 * 2_780) / 2_880, 9);
  });

  it('is unknown before there are as many rounds as a day has', async () => {
    expect(await readAvailability(db.sql(), 30)).toBeNull();
    await day(1, 2_868, 1);
    await day(0, 5, 5);
    expect(await readAvailability(db.sql(), 30)).toBeNull();
    expect(await readAvailabilityOfDay(db.sql(), new Date().toISOString().slice(0, 10))).toBe(50);
    expect(await readAvailabilityOfDay(db.sql(), '2020-01-01')).toBeNull();
  });
});
