import { describe, expect, it } from 'vitest';
import { encodeId } from '../../../src/ids.ts';
import { notify } from '../../../src/services/alerts/alert-messages.ts';
import type { AlertRecord } from '../../../src/services/alerts/alert-record.ts';
import { ALERT_TIMES } from '../../../src/services/alerts/alert-round.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { alert, at } from './alert-cases.ts';

type Digests = Parameters<typeof notify>[0]['digests'];

function sentAt(minutes: number, alerts: readonly AlertRecord[], digests: Digests = []) {
  return notify({ alerts, rules: ALERT_RULES, now: at(minutes), times: ALERT_TIMES, digests });
}
const kinds = (outcome: ReturnType<typeof sentAt>) =>
  outcome.messages.map(({ recipients, notification: { kind, alerts } }) => [kind, recipients, alerts.length]);
const failures = (index: number, given: Partial<AlertRecord> = {}) =>
  alert({
    id: `019a0000-0000-7000-8000-0000000${10_000 + index}`,
    rule: 'failures-in-a-row',
    priority: 'P1',
    ...given,
  });

describe('An alert of P0', () => {
  it('is announced at once, and once', () => {
    const first = sentAt(0, [alert()]);
    expect(first.messages).toEqual([
      {
        recipients: 'on_call',
        notification: {
          kind: 'firing',
          priority: 'P0',
          title: 'Redis does not answer.',
          text: null,
          alerts: [
            {
              id: encodeId('alert', alert().id),
              rule: 'redis-lost',
              priority: 'P0',
              errorCode: 'REDIS_CONNECTION_FAILED',
              service: 'redis',
              message: 'Redis does not answer.',
              actionRequired: 'Check that Redis runs.',
              count: 1,
              raisedAt: '2026-03-01T03:00:00.000Z',
              respondBy: '2026-03-01T03:00:00.000Z',
            },
          ],
        },
      },
    ]);
    expect(sentAt(1, first.alerts).messages).toEqual([]);
  });

  it('goes together with a hundred others in one message', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      alert({
        id: `019a0000-0000-7000-8000-0000000${10_000 + index}`,
        service: `service-${index}`,
        rule: `rule-${index}`,
      }),
    );
    const [message, ...others] = sentAt(0, many).messages;
    expect(others).toEqual([]);
    expect(message?.notification.alerts).toHaveLength(100);
    expect(message?.notification.title.length).toBe(200);
    expect(message?.notification.title).toMatch(/^100 alerts: rule-0, rule-1, .*…$/);
  });

  it('is announced again when it ends', () => {
    const ended = sentAt(12, [alert({ notifiedAt: at(0), resolvedAt: at(12) })]);
    expect(kinds(ended)).toEqual([['resolved', 'on_call', 1]]);
    expect(sentAt(13, ended.alerts).messages).toEqual([]);
  });

  it('that flaps is announced at most once in ten minutes, and not forgotten', () => {
    const reopened = alert({ notifiedAt: at(0), endNotifiedAt: at(4) });
    expect(sentAt(6, [reopened]).messages).toEqual([]);
    expect(sentAt(9.9, [reopened]).messages).toEqual([]);
    expect(kinds(sentAt(10, [reopened]))).toEqual([['firing', 'on_call', 1]]);
    expect(sentAt(8, [alert({ notifiedAt: at(0), endNotifiedAt: at(4), resolvedAt: at(8) })]).messages).toEqual([]);
  });
});

describe('An alert that is not acknowledged', () => {
  it('goes to the lead after its time, and then to the architect', () => {
    const first = alert({ notifiedAt: at(0) });
    expect(sentAt(4.9, [first]).messages).toEqual([]);
    const lead = sentAt(5, [first]);
    expect(kinds(lead)).toEqual([['escalated', 'lead', 1]]);
    expect(sentAt(9.9, lead.alerts).messages).toEqual([]);
    const architect = sentAt(10, lead.alerts);
    expect(kinds(architect)).toEqual([['escalated', 'architect', 1]]);
    expect(sentAt(1_000, architect.alerts).messages).toEqual([]);
  });

  it('has the time of its rule: an hour for a full disk, half an hour for failures in a row', () => {
    const disk = alert({ rule: 'disk-critical', notifiedAt: at(0) });
    const row = alert({
      id: '019a0000-0000-7000-8000-00000000000d',
      rule: 'many-failures-in-a-row',
      notifiedAt: at(0),
    });
    expect(kinds(sentAt(30, [disk, row]))).toEqual([['escalated', 'lead', 1]]);
    expect(kinds(sentAt(60, [disk, { ...row, notifiedAt: at(59) }]))).toEqual([['escalated', 'lead', 1]]);
  });

  it('of P1 is escalated an hour after its digest, of P2 never', () => {
    expect(kinds(sentAt(70, [failures(1, { notifiedAt: at(10) })]))).toEqual([['escalated', 'lead', 1]]);
    expect(sentAt(69, [failures(1, { notifiedAt: at(10) })]).messages).toEqual([]);
    expect(sentAt(9_000, [failures(1, { priority: 'P2', notifiedAt: at(10) })]).messages).toEqual([]);
  });

  it('is not escalated once it is acknowledged', () => {
    expect(sentAt(60, [alert({ notifiedAt: at(0), acknowledgedAt: at(3) })]).messages).toEqual([]);
  });

  it('is not escalated while its cause is gone, and is where it comes back', () => {
    const recovering = alert({ notifiedAt: at(0), goodSince: at(30) });
    expect(sentAt(30, [recovering]).messages).toEqual([]);
    expect(kinds(sentAt(31, [{ ...recovering, goodSince: null }]))).toEqual([['escalated', 'lead', 1]]);
  });

  it('announces its end to the level that was notified last', () => {
    const ended = [
      alert({ notifiedAt: at(5), level: 1, resolvedAt: at(20) }),
      failures(1, { notifiedAt: at(6), level: 2, resolvedAt: at(20) }),
    ];
    expect(kinds(sentAt(20, ended))).toEqual([
      ['resolved', 'lead', 1],
      ['resolved', 'architect', 1],
    ]);
  });
});

describe('The digest', () => {
  const since = at(0);
  const P1: Digests = [{ priority: 'P1', since }];

  it('has what is open, what began and what ended, in one message', () => {
    const alerts = [
      failures(1, { raisedAt: at(10) }),
      failures(2, { raisedAt: at(-300), notifiedAt: at(10) }),
      failures(3, { raisedAt: at(5), resolvedAt: at(30), message: 'The last 7 calls of gemini failed.' }),
      alert({ notifiedAt: at(58) }),
    ];
    const { messages, alerts: changed } = sentAt(59, alerts, P1);
    expect(messages).toMatchObject([
      {
        recipients: 'on_call',
        notification: {
          kind: 'digest',
          priority: 'P1',
          title: '2 alerts open, 1 resolved since 2026-03-01T03:00:00.000Z',
          alerts: [{ rule: 'failures-in-a-row' }, { rule: 'failures-in-a-row' }],
          text: 'Resolved: The last 7 calls of gemini failed.',
        },
      },
    ]);
    expect(changed.find(({ id }) => id === failures(1).id)).toMatchObject({ notifiedAt: at(59) });
    expect(changed.find(({ id }) => id === failures(2).id)).toMatchObject({ notifiedAt: at(10) });
  });

  it('leaves out what someone has taken on and has not changed, and is not sent without anything', () => {
    const known = failures(1, { raisedAt: at(-300), notifiedAt: at(-240), acknowledgedAt: at(-200) });
    const former = failures(2, { raisedAt: at(-300), resolvedAt: at(-10) });
    expect(sentAt(59, [known, former], P1).messages).toEqual([]);
    expect(sentAt(59, [], P1).messages).toEqual([]);
  });

  it('of P2 has only P2', () => {
    const messages = sentAt(59, [failures(1), failures(2, { priority: 'P2' })], [{ priority: 'P2', since }]).messages;
    expect(messages).toMatchObject([{ notification: { priority: 'P2', alerts: [{ priority: 'P2' }] } }]);
  });
});
