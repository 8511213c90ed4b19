import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AlertChanges } from '../../../src/events/redis/alert-changes.ts';
import { RedisPubSub } from '../../../src/events/redis/redis-pub-sub.ts';
import { encodeId } from '../../../src/ids.ts';
import { AlertMonitor } from '../../../src/services/alerts/alert-monitor.ts';
import type { AlertReadings, HealthReadings } from '../../../src/services/alerts/alert-readings.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { DatabaseLoss, type LossName } from '../../../src/services/alerts/database-loss.ts';
import type { Notification } from '../../../src/services/alerts/notification.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';
import { GOOD, health } from './alert-cases.ts';
import { EvaluatingProcess, passMinutes, rows } from './alerts-setup.ts';

const LOST = { status: 'UNHEALTHY', message: 'PostgreSQL does not answer.' } as const;

let db: Database;
let pubSub: RedisPubSub;
let changes: AlertChanges;
let sent: Notification[];
let one: EvaluatingProcess;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.em().execute('truncate alerts, alert_rounds');
  sent = [];
  one = new EvaluatingProcess(db);
  pubSub = new RedisPubSub({ redisUrl: inject('redisUrl'), prefix: `loss-${Math.random()}` });
  pubSub.open();
  await until('Redis is connected', () => pubSub.connected);
  changes = new AlertChanges(pubSub);
  return () => pubSub.close();
});

const inRedis = (): LossName => ({ claim: (id) => changes.claimLoss(id), end: () => changes.endLoss() });
const withoutRedis: LossName = { claim: async () => null, end: async () => undefined };

function processWith(name: LossName, sendNow = async (notification: Notification) => void sent.push(notification)) {
  const rule = ALERT_RULES.find((each) => each.name === 'database-lost');
  if (!rule) throw new Error('The rule is missing.');
  return new DatabaseLoss({
    db,
    rule,
    log: one.logger,
    name,
    quietMs: 600_000,
    sendNow,
    onChanged: () => one.announced++,
  });
}

describe('The loss of the database', () => {
  it('is sent at once by one of many processes, and recorded with its time when the database is back', async () => {
    const processes = [processWith(inRedis()), processWith(inRedis()), processWith(inRedis())];
    const begun = Date.now();
    for (let round = 0; round < 3; round++) await Promise.all(processes.map((each) => each.lost(LOST.message)));
    expect(sent).toMatchObject([
      {
        kind: 'firing',
        priority: 'P0',
        title: 'PostgreSQL does not answer.',
        alerts: [{ rule: 'database-lost', service: 'postgresql', errorCode: 'DATABASE_CONNECTION_FAILED' }],
      },
    ]);
    expect(one.log.filter(({ level }) => level === 'ERROR')).toMatchObject(
      processes.map(() => ({ alert_priority: 'P0', error_code: 'DATABASE_CONNECTION_FAILED', alert: 'database-lost' })),
    );
    for (const each of processes) await each.found();
    const [row] = await db.sql().selectFrom('alerts').select(['id', 'raised_at']).execute();
    expect(encodeId('alert', row?.id ?? '')).toBe(sent[0]?.alerts[0]?.id);
    expect(Math.abs((row?.raised_at.getTime() ?? 0) - begun)).toBeLessThan(5_000);
    expect(await rows(db)).toEqual(['database-lost postgresql 3']);
  });

  it('is announced no second time by the next round, and its end is', async () => {
    const lossy = processWith(inRedis());
    await lossy.lost(LOST.message);
    await lossy.found();
    await one.evaluation.apply(GOOD);
    expect(one.takeQueued()).toEqual([]);
    await passMinutes(db, 2);
    await one.evaluation.apply(GOOD);
    expect(one.takeQueued()).toEqual(['resolved on_call']);
    expect(await rows(db)).toEqual(['database-lost postgresql 1 resolved']);
  });

  it('that follows another one within minutes reopens its alert, and is not announced again', async () => {
    const lossy = processWith(inRedis());
    await lossy.lost(LOST.message);
    await lossy.found();
    await lossy.lost(LOST.message);
    await processWith(inRedis()).lost(LOST.message);
    await lossy.found();
    expect(sent).toHaveLength(1);
    expect(await rows(db)).toEqual(['database-lost postgresql 2']);
  });

  it('is sent by each process where Redis is away too', async () => {
    for (const each of [processWith(withoutRedis), processWith(withoutRedis)]) {
      await each.lost(LOST.message);
      await each.lost(LOST.message);
      await each.found();
    }
    expect(sent).toHaveLength(2);
    expect(await rows(db)).toEqual(['database-lost postgresql 2']);
  });

  it('is recorded although it could not be sent, which is logged', async () => {
    const mute = processWith(inRedis(), async () => {
      throw new Error('No way out.');
    });
    await mute.lost(LOST.message);
    await mute.found();
    expect(one.log).toContainEqual(
      expect.objectContaining({ message: 'the loss of the database could not be reported' }),
    );
    expect(await rows(db)).toEqual(['database-lost postgresql 1']);
  });
});

describe('Looking for alerts', () => {
  interface Part {
    readonly answers?: HealthReadings[];
    readonly read?: () => Promise<Omit<AlertReadings, 'health'>>;
  }
  const applied: AlertReadings[] = [];
  const faults: unknown[] = [];
  const calls: string[] = [];

  /** Gives the answers of the health check in turn, the last one for ever. */
  function monitor({ answers = [health()], read = async () => ({}) }: Part) {
    let next = 0;
    applied.length = 0;
    calls.length = 0;
    return new AlertMonitor({
      db,
      health: async () => answers[Math.min(next++, answers.length - 1)] ?? health(),
      read,
      evaluation: { apply: async (readings) => void applied.push(readings) },
      loss: { lost: async (message) => void calls.push(message), found: async () => void calls.push('found') },
      times: { everyMs: 20, recheckMs: 1 },
      onFault: (thrown) => faults.push(thrown),
    });
  }

  it('gives the rules what was read with the health, again and again', async () => {
    const one = monitor({ read: async () => ({ meanMakingSeconds: 60 }) });
    one.open();
    await until('there were two rounds', () => applied.length >= 2);
    await one.close();
    expect(applied[0]).toEqual({ health: health(), meanMakingSeconds: 60 });
    const rounds = applied.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(applied).toHaveLength(rounds);
  });

  it('counts a part as failed only where it fails in four checks in a row', async () => {
    const down = health({ ffmpeg: { status: 'UNHEALTHY', message: 'It does not answer within 1 s.' } });
    const slow = monitor({ answers: [down, down, down, health(), down, down, down, down] });
    slow.open();
    await until('there were two rounds', () => applied.length >= 2);
    await slow.close();
    expect(applied.slice(0, 2).map((readings) => readings.health?.ffmpeg.status)).toEqual(['HEALTHY', 'UNHEALTHY']);
  });

  it('asks nothing of a database that does not answer', async () => {
    const lossy = monitor({ answers: [health({ database: LOST })] });
    lossy.open();
    await until('the loss was seen twice', () => calls.length >= 2);
    await lossy.close();
    expect(new Set(calls)).toEqual(new Set([LOST.message]));
    expect(applied).toEqual([]);
  });

  it('goes on after a round that failed, which is reported once', async () => {
    let reads = 0;
    const read = async () => {
      if (++reads < 3) throw new Error('No figures.');
      return {};
    };
    const flaky = monitor({ read });
    flaky.open();
    await until('a round succeeds', () => applied.length > 0);
    await flaky.close();
    expect(faults).toMatchObject([{ message: 'No figures.' }]);
  });
});
