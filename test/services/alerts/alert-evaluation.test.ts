import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { OldRows } from '../../../src/db/old-rows.ts';
import { removeOldAlerts, takeRound } from '../../../src/services/alerts/alert-store.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { GOOD, health, provider, REDIS_LOST } from './alert-cases.ts';
import { EvaluatingProcess, passMinutes, rows } from './alerts-setup.ts';

let db: Database;
let one: EvaluatingProcess;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.em().execute('truncate alerts, alert_rounds');
  one = new EvaluatingProcess(db);
});

const apply = (readings = REDIS_LOST) => one.evaluation.apply(readings);
const lost = { status: 'UNHEALTHY', message: 'x' } as const;
const alertLines = () => one.log.filter((line) => 'alert_priority' in line);

describe('An alert', () => {
  it('is raised once, counted, and resolved by itself; each is logged and announced once', async () => {
    await apply();
    await apply();
    await apply();
    expect(await rows(db)).toEqual(['redis-lost redis 3']);
    expect(one.takeQueued()).toEqual(['firing on_call']);
    expect(one.announced).toBe(1);
    await apply(GOOD);
    await passMinutes(db, 2);
    await apply(GOOD);
    expect(await rows(db)).toEqual(['redis-lost redis 3 resolved']);
    expect(one.takeQueued()).toEqual(['resolved on_call']);
    expect(one.announced).toBe(2);
    expect(alertLines()).toMatchObject([
      { level: 'ERROR' },
      { level: 'INFO', message: 'resolved: Redis does not answer.' },
    ]);
  });

  it('is announced once in ten minutes where its cause comes and goes', async () => {
    await apply();
    for (let minute = 0; minute < 9; minute += 3) {
      await apply(GOOD);
      await passMinutes(db, 2);
      await apply(GOOD);
      await passMinutes(db, 1);
      await apply();
    }
    expect(one.takeQueued()).toEqual(['firing on_call', 'resolved on_call']);
    expect(await rows(db)).toEqual(['redis-lost redis 4']);
    await passMinutes(db, 1);
    await apply();
    expect(one.takeQueued()).toEqual(['firing on_call']);
  });

  it('goes on after a restart of the process, and in another one', async () => {
    await apply();
    await new EvaluatingProcess(db).evaluation.apply(REDIS_LOST);
    one = new EvaluatingProcess(db);
    await apply();
    expect(await rows(db)).toEqual(['redis-lost redis 3']);
    expect([one.queued, one.announced, alertLines()]).toEqual([[], 0, []]);
  });

  it('is neither stored nor logged where the process dies before the commit, and raised by the next round', async () => {
    one.failsNext = true;
    await expect(apply()).rejects.toThrow('The process dies here.');
    expect([await rows(db), alertLines(), one.announced]).toEqual([[], [], 0]);
    one = new EvaluatingProcess(db);
    await apply();
    expect(await rows(db)).toEqual(['redis-lost redis 1']);
    expect(one.takeQueued()).toEqual(['firing on_call']);
  });

  it('that comes back after its end was announced is escalated again, although it was acknowledged before', async () => {
    await apply();
    await sql`update alerts set acknowledged_at = now()`.execute(db.sql());
    await apply(GOOD);
    await passMinutes(db, 2);
    await apply(GOOD);
    await passMinutes(db, 8);
    await apply();
    await passMinutes(db, 5);
    await apply();
    expect(one.takeQueued()).toEqual(['firing on_call', 'resolved on_call', 'firing on_call', 'escalated lead']);
  });

  it('exists once, whatever happens: the table refuses a second open one', async () => {
    await apply();
    const copy = sql`
      insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by)
      select gen_random_uuid(), rule, service, priority, message, action_required, details, 1, now(), now(), now() from alerts`;
    await expect(copy.execute(db.sql())).rejects.toThrow('alerts_open_unique');
  });

  it('is escalated while it is not acknowledged, over a restart', async () => {
    await apply();
    await passMinutes(db, 5);
    await apply();
    one = new EvaluatingProcess(db);
    await passMinutes(db, 5);
    await apply();
    await passMinutes(db, 60);
    await apply();
    expect(one.takeQueued()).toEqual(['escalated architect']);
  });
});

describe('The line of the log', () => {
  it('has the fields of dashboards, and of a quota its figures, as ERROR from 90 % and as WARNING from 80 %', async () => {
    const quota = (used: number) => ({
      ...GOOD,
      quotas: [
        {
          service: 'gemini',
          used,
          total: 200,
          percentage: used / 2,
          status: 'HEALTHY',
          resetAt: new Date(0),
          checkedAt: new Date(0),
        } as const,
      ],
    });
    await apply(quota(182));
    await apply(quota(162));
    expect(alertLines()).toMatchObject([
      {
        level: 'ERROR',
        alert_priority: 'P1',
        error_code: 'GEMINI_QUOTA_EXCEEDED',
        alert: 'quota-critical',
        message: '91 % of the quota of gemini are used: 182 of 200.',
        details: {
          service: 'gemini',
          action_required: 'Add credit to the account of the service, or spread the load to another one.',
          quota_used: 182,
          quota_remaining: 18,
          quota_total: 200,
          quota_percentage: 91,
          reset_date: '1970-01-01T00:00:00.000Z',
        },
      },
      { level: 'WARNING', alert_priority: 'P2', alert: 'quota-warning', details: { quota_percentage: 81 } },
    ]);
  });

  it('is WARNING for P1 and INFO for P2', async () => {
    const database = { connectionsPercent: 81, slowestMeanMs: null };
    await apply({ ...GOOD, database, services: [provider('gemini', { consecutiveFailures: 6 }, 'GEMINI_TIMEOUT')] });
    expect(
      alertLines().map(({ level, alert_priority: priority, error_code: code }) => [level, priority, code]),
    ).toEqual([
      ['WARNING', 'P1', 'GEMINI_TIMEOUT'],
      ['INFO', 'P2', null],
    ]);
  });
});

describe('Many causes', () => {
  it('in one round are one message, and one more when they end', async () => {
    const services = Array.from({ length: 100 }, (_, index) =>
      provider(`service${index}`, { consecutiveFailures: 11 }, 'LOCAL_TIMEOUT'),
    );
    await apply({ ...GOOD, services, health: health({ redis: lost, ffmpeg: lost }) });
    expect(one.queued[0]?.notification.alerts).toHaveLength(102);
    expect(one.takeQueued()).toEqual(['firing on_call']);
    await apply(GOOD);
    await passMinutes(db, 2);
    await apply(GOOD);
    expect(one.takeQueued()).toEqual(['resolved on_call']);
  });
});

describe('P1 and P2', () => {
  const failing = {
    ...GOOD,
    services: [provider('gemini', { consecutiveFailures: 6 }, 'GEMINI_TIMEOUT')],
    database: { connectionsPercent: 81, slowestMeanMs: null },
  };

  it('are announced in the digests of the next hour and of the next day, once each', async () => {
    await apply(failing);
    await apply(failing);
    expect(one.takeQueued()).toEqual([]);
    await sql`update alert_rounds set at = date_trunc('hour', now(), 'UTC') - interval '1 second' where name = 'P1'`.execute(
      db.sql(),
    );
    await apply(failing);
    await apply(failing);
    expect(
      one.queued.map(({ notification }) => [notification.kind, notification.priority, notification.alerts.length]),
    ).toEqual([['digest', 'P1', 1]]);
    await sql`update alert_rounds set at = date_trunc('day', now(), 'UTC') - interval '1 second' where name = 'P2'`.execute(
      db.sql(),
    );
    await apply(failing);
    expect(one.queued.at(-1)).toMatchObject({
      recipients: 'on_call',
      notification: { kind: 'digest', priority: 'P2' },
    });
    expect(one.queued).toHaveLength(2);
  });

  it('that began and ended within the hour are in its digest too', async () => {
    await apply(failing);
    await apply(GOOD);
    await passMinutes(db, 2);
    await apply(GOOD);
    await sql`update alert_rounds set at = now() - interval '61 minutes' where name = 'P1'`.execute(db.sql());
    await apply(GOOD);
    expect(one.queued.at(-1)?.notification).toMatchObject({
      kind: 'digest',
      alerts: [],
      text: 'Resolved: The last 6 calls of gemini failed.',
    });
  });
});

describe('A round', () => {
  it('is taken by one of many processes, and again after its time', async () => {
    const takers = await Promise.all(Array.from({ length: 8 }, () => takeRound(db.sql(), 25)));
    expect(takers.filter(Boolean)).toHaveLength(1);
    await sql`update alert_rounds set at = now() - interval '24 seconds'`.execute(db.sql());
    expect(await takeRound(db.sql(), 25)).toBe(false);
    await sql`update alert_rounds set at = now() - interval '25 seconds'`.execute(db.sql());
    expect(await takeRound(db.sql(), 25)).toBe(true);
  });
});

it('Resolved alerts are deleted after their time, and open ones never', async () => {
  await apply({ ...GOOD, health: health({ redis: lost, ffmpeg: lost }) });
  await sql`update alerts set raised_at = now() - interval '99 days'`.execute(db.sql());
  await sql`update alerts set resolved_at = now() - interval '90 days 1 second' where rule = 'redis-lost'`.execute(
    db.sql(),
  );
  expect(await removeOldAlerts(new OldRows(db, null), 91, 10)).toBe(0);
  expect(await removeOldAlerts(new OldRows(db, null), 90, 10)).toBe(1);
  expect(await rows(db)).toEqual(['ffmpeg-failing ffmpeg 1']);
});
