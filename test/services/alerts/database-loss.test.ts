import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { AlertChanges } from '../../../src/events/redis/alert-changes.ts';
import { RedisPubSub } from '../../../src/events/redis/redis-pub-sub.ts';
import { encodeId } from '../../../src/ids.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { DatabaseLoss, type DatabaseLossParts, type LossClaims } from '../../../src/services/alerts/database-loss.ts';
import type { Notification } from '../../../src/services/alerts/notification.ts';
import { NotifierChannels, type SendOutcome } from '../../../src/services/alerts/notifier-channels.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';
import { GOOD } from './alert-cases.ts';
import { EvaluatingProcess, passMinutes, rows } from './alerts-setup.ts';
import { notification } from './notices.ts';

const MESSAGE = 'PostgreSQL does not answer.';

let db: Database;
let pubSub: RedisPubSub;
let changes: AlertChanges;
let sent: Notification[];
let one: EvaluatingProcess;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
afterEach(() => void vi.useRealTimers());
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

const inRedis = (): LossClaims => ({
  claim: (id, level) => changes.claimLoss(id, level),
  settle: (id, level, isSent) => changes.settleLoss(id, level, isSent),
  end: (levels) => changes.endLoss(levels),
});
const withoutRedis: LossClaims = {
  claim: async () => null,
  settle: async () => undefined,
  end: async () => false,
};
const inSlack = (error: AppError | null): SendOutcome[] => [
  { notifier: 'log', error: null },
  { notifier: 'slack', error },
];
const down = new AppError('NOTIFICATION_FAILED', 'It is down.', { retriable: true });

function processWith(claims: LossClaims, changed: Partial<DatabaseLossParts> = {}) {
  const rule = ALERT_RULES.find((each) => each.name === 'database-lost');
  if (!rule) throw new Error('The rule is missing.');
  const loss = new DatabaseLoss({
    db,
    rule,
    log: one.logger,
    claims,
    quietMs: 600_000,
    graceMs: 300_000,
    sendNow: async (given) => {
      sent.push(given);
      return inSlack(null);
    },
    onChanged: () => one.announced++,
    ...changed,
  });
  return {
    lost: (signal = new AbortController().signal) => loss.lost(MESSAGE, signal),
    found: () => loss.found(),
  };
}
const stored = async () =>
  await db.sql().selectFrom('alerts').select(['id', 'raised_at', 'notified_at', 'level']).executeTakeFirst();

describe('The loss of the database', () => {
  it('is sent at once by one of many processes, and recorded with its time when the database is back', async () => {
    const processes = [processWith(inRedis()), processWith(inRedis()), processWith(inRedis())];
    const begun = Date.now();
    for (let round = 0; round < 3; round++) await Promise.all(processes.map((each) => each.lost()));
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
    await lossy.lost();
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
    await lossy.lost();
    await lossy.found();
    await lossy.lost();
    await processWith(inRedis()).lost();
    await lossy.found();
    expect(sent).toHaveLength(1);
    expect(await rows(db)).toEqual(['database-lost postgresql 2']);
  });

  it('is sent by each process where Redis is away too', async () => {
    for (const each of [processWith(withoutRedis), processWith(withoutRedis)]) {
      await each.lost();
      await each.lost();
      await each.found();
    }
    expect(sent).toHaveLength(2);
    expect(await rows(db)).toEqual(['database-lost postgresql 2']);
  });

  it('is recorded although it could not be sent, which is logged', async () => {
    const sendNow = async () => {
      throw new Error('No way out.');
    };
    const mute = processWith(inRedis(), { sendNow });
    await mute.lost();
    await mute.found();
    expect(one.log).toContainEqual(
      expect.objectContaining({ message: 'the loss of the database could not be reported' }),
    );
    expect(await rows(db)).toEqual(['database-lost postgresql 1']);
  });

  it('is sent again in each round until one service has it, by any process', async () => {
    let failures = 2;
    const tries: string[] = [];
    const flaky = (name: string) =>
      processWith(inRedis(), {
        sendNow: async () => {
          tries.push(name);
          return inSlack(failures-- > 0 ? down : null);
        },
      });
    const [first, second] = [flaky('first'), flaky('second')];
    await first.lost();
    await second.lost();
    await second.lost();
    await first.lost();
    await second.lost();
    expect(tries).toEqual(['first', 'second', 'second']);
    await first.found();
    expect((await stored())?.notified_at).not.toBeNull();
  });

  it('that no service could be notified of is announced once the database is back', async () => {
    const mute = processWith(inRedis(), { sendNow: async () => inSlack(down) });
    await mute.lost();
    await mute.found();
    expect((await stored())?.notified_at).toBeNull();
    await one.evaluation.apply(GOOD);
    expect(one.takeQueued()).toEqual(['firing on_call']);
  });

  it('that a process was about to send when it was killed is sent by another one a minute later', async () => {
    await changes.claimLoss('killed', 0);
    const other = processWith(inRedis());
    await other.lost();
    expect(sent).toEqual([]);
    const seconds = await pubSub.evaluate("return redis.call('TTL', KEYS[1])", 'alerts:database-lost', []);
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
    await pubSub.evaluate("return redis.call('DEL', KEYS[1])", 'alerts:database-lost', []);
    await other.lost();
    expect(sent).toHaveLength(1);
  });

  it('is not sent again by a process that was restarted during it, which records the alert that was sent', async () => {
    await processWith(inRedis()).lost();
    const restarted = processWith(inRedis());
    await restarted.lost();
    await restarted.found();
    expect(sent).toHaveLength(1);
    expect(encodeId('alert', (await stored())?.id ?? '')).toBe(sent[0]?.alerts[0]?.id);
  });

  it('leaves no mark behind where its process was killed: the first good round of any process removes it', async () => {
    await processWith(inRedis()).lost();
    expect(await changes.claimLoss('later', 0)).toMatchObject({ state: 'sent' });
    await processWith(inRedis()).found();
    expect(await changes.claimLoss('later', 0)).toEqual({ state: 'quiet' });
  });

  it('that lasts goes to the lead and to the architect, once for all processes, as does its end', async () => {
    const sendNow: DatabaseLossParts['sendNow'] = async (given, recipients) => {
      escalated.push(`${given.kind} ${recipients}`);
      return inSlack(null);
    };
    const escalated: string[] = [];
    const processes = [0, 1].map(() => processWith(inRedis(), { graceMs: 60_000, sendNow }));
    const round = async (minutes: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: begun + minutes * 60_000 });
      for (const each of processes) await each.lost();
    };
    const begun = Date.now() - 300_000;
    await round(0);
    await round(0.9);
    expect(escalated).toEqual(['firing on_call']);
    await round(1);
    await round(1.9);
    expect(escalated).toEqual(['firing on_call', 'escalated lead']);
    await round(2);
    await round(5);
    expect(escalated).toEqual(['firing on_call', 'escalated lead', 'escalated architect']);
    vi.useRealTimers();
    for (const each of processes) await each.found();
    expect(await stored()).toMatchObject({ level: 2 });
    await one.evaluation.apply(GOOD);
    await passMinutes(db, 2);
    await one.evaluation.apply(GOOD);
    expect(one.takeQueued()).toEqual(['resolved architect']);
    expect(await changes.claimLoss('later', 1)).toEqual({ state: 'claimed' });
  });

  it('ends once although the clock of the process that sent it is ahead', async () => {
    const ahead = processWith(inRedis());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    await ahead.lost();
    vi.useRealTimers();
    await ahead.found();
    await one.evaluation.apply(GOOD);
    await passMinutes(db, 2);
    for (let round = 0; round < 3; round++) await one.evaluation.apply(GOOD);
    expect(one.takeQueued()).toEqual(['resolved on_call']);
  });
});

describe('While a notification is sent', () => {
  it('the process can end at once', async () => {
    const begun = Promise.withResolvers<void>();
    const silent = {
      name: 'slack',
      opensIncidents: false,
      takes: () => true,
      send: async () => {
        begun.resolve();
        await new Promise(() => undefined);
      },
    };
    const channels = new NotifierChannels({ levels: { on_call: [silent], lead: [], architect: [] }, log: one.logger });
    const closing = new AbortController();
    const lost = processWith(inRedis(), { sendNow: (...given) => channels.sendNow(...given) }).lost(closing.signal);
    await begun.promise;
    const stopped = performance.now();
    closing.abort();
    await lost;
    expect(performance.now() - stopped).toBeLessThan(1_500);
    expect(await changes.claimLoss('other', 0)).toEqual({ state: 'claimed' });
  });

  it('no further attempt begins after the end of the process', async () => {
    const closing = new AbortController();
    let attempts = 0;
    const failing = {
      name: 'slack',
      opensIncidents: false,
      takes: () => true,
      send: async () => {
        attempts++;
        setTimeout(() => closing.abort(), 10);
        throw down;
      },
    };
    const channels = new NotifierChannels({ levels: { on_call: [failing], lead: [], architect: [] }, log: one.logger });
    const stopped = performance.now();
    await channels.sendNow(notification(), 'on_call', closing.signal);
    expect(performance.now() - stopped).toBeLessThan(1_500);
    expect(attempts).toBe(1);
  });
});
