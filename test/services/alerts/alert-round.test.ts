import { describe, expect, it } from 'vitest';
import type { AlertReadings } from '../../../src/services/alerts/alert-readings.ts';
import type { AlertRecord } from '../../../src/services/alerts/alert-record.ts';
import { ALERT_TIMES, evaluate } from '../../../src/services/alerts/alert-round.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { alert, at, GOOD, health, REDIS_LOST } from './alert-cases.ts';

const NEW = '019a0000-0000-7000-8000-0000000000ff';

function round(readings: AlertReadings, minutes: number, ...alerts: readonly AlertRecord[]) {
  return evaluate({ rules: ALERT_RULES, readings, alerts, now: at(minutes), times: ALERT_TIMES, newId: () => NEW });
}

describe('A cause', () => {
  it('raises one alert, with what is wrong, what to do and by when', () => {
    expect(round(REDIS_LOST, 1)).toEqual([
      {
        kind: 'raised',
        alert: {
          id: NEW,
          rule: 'redis-lost',
          service: 'redis',
          priority: 'P0',
          errorCode: 'REDIS_CONNECTION_FAILED',
          message: 'Redis does not answer.',
          actionRequired: 'Check that Redis runs, can be reached at REDIS_URL and has memory left.',
          details: { docs: 'docs/operations/alerts.md#redis-lost' },
          count: 1,
          raisedAt: at(1),
          lastSeenAt: at(1),
          respondBy: at(1),
          goodSince: null,
          resolvedAt: null,
          acknowledgedAt: null,
          notifiedAt: null,
          endNotifiedAt: null,
          level: 0,
        },
      },
    ]);
  });

  it('may say more exactly than its rule what to do', () => {
    const actionRequired = 'Start the Redis of rack 7.';
    const causes = () => [{ service: 'redis', message: 'Redis does not answer.', actionRequired }];
    const rules = ALERT_RULES.filter(({ name }) => name === 'redis-lost').map((rule) => ({ ...rule, causes }));
    const [change] = evaluate({ rules, readings: GOOD, alerts: [], now: at(1), times: ALERT_TIMES, newId: () => NEW });
    expect(change?.alert.actionRequired).toBe(actionRequired);
  });

  it('that lasts is counted in its alert, with the newest figures', () => {
    const message = 'Redis accepts no writes, because it is out of memory: raise its maxmemory.';
    const readings = { ...GOOD, health: health({ redis: { status: 'UNHEALTHY', message } }) };
    expect(round(readings, 5, alert({ count: 9 }))).toEqual([
      {
        kind: 'repeated',
        alert: expect.objectContaining({ id: alert().id, count: 10, message, raisedAt: at(0), lastSeenAt: at(5) }),
      },
    ]);
  });

  it('of two services raises an alert for each', () => {
    const lost = { status: 'UNHEALTHY', message: 'x' } as const;
    const found = round({ ...GOOD, health: health({ redis: lost, storage: lost }) }, 1, alert());
    expect(found.map(({ kind, alert: { rule } }) => [kind, rule])).toEqual([
      ['repeated', 'redis-lost'],
      ['raised', 'storage-failing'],
    ]);
  });
});

describe('An alert', () => {
  it('is resolved when its cause has been gone for two minutes, and not before', () => {
    const [first] = round(GOOD, 10, alert());
    expect(first).toMatchObject({ kind: 'recovering', alert: { goodSince: at(10), resolvedAt: null } });
    expect(round(GOOD, 11.9, alert({ goodSince: at(10) }))).toMatchObject([{ kind: 'recovering' }]);
    expect(round(GOOD, 12, alert({ goodSince: at(10) }))).toMatchObject([
      { kind: 'resolved', alert: { resolvedAt: at(12), count: 1 } },
    ]);
  });

  it('stays open where its cause comes back within the two minutes', () => {
    const [back] = round(REDIS_LOST, 11, alert({ goodSince: at(10) }));
    expect(back).toMatchObject({ kind: 'repeated', alert: { goodSince: null, resolvedAt: null, count: 2 } });
  });

  it('is reopened where its cause comes back within ten minutes after its end, and keeps who acknowledged it before its end is announced', () => {
    const ended = alert({ resolvedAt: at(12), notifiedAt: at(0), acknowledgedAt: at(2), level: 1 });
    expect(round(REDIS_LOST, 21.9, ended)).toMatchObject([
      {
        kind: 'reopened',
        alert: { id: ended.id, resolvedAt: null, count: 2, raisedAt: at(0), acknowledgedAt: at(2), level: 0 },
      },
    ]);
    const announced = { ...ended, endNotifiedAt: at(12) };
    expect(round(REDIS_LOST, 21.9, announced)).toMatchObject([
      { kind: 'reopened', alert: { id: ended.id, acknowledgedAt: null, level: 0 } },
    ]);
    expect(round(REDIS_LOST, 22, ended)).toMatchObject([{ kind: 'raised', alert: { id: NEW, count: 1 } }]);
  });

  it('stays as it is where its figures could not be read', () => {
    const { health: _, ...rest } = GOOD;
    expect(round(rest, 10, alert({ goodSince: at(1) }))).toEqual([]);
  });

  it('of a service that is no longer used, and of a rule that is no longer there, is resolved', () => {
    const key = alert({ rule: 'invalid-api-key', service: 'gemini', goodSince: at(1) });
    const former = alert({ rule: 'moon-is-full', goodSince: at(1) });
    expect(round(GOOD, 9, key, former)).toMatchObject([{ kind: 'resolved' }, { kind: 'resolved' }]);
  });
});
