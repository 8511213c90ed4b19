import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { DeliveryRelay } from '../../../src/services/alerts/delivery-relay.ts';
import { queueNotification, takeDelivery } from '../../../src/services/alerts/notification-store.ts';
import type { Notifier } from '../../../src/services/alerts/notifier.ts';
import { NotifierChannels } from '../../../src/services/alerts/notifier-channels.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';
import { notification } from './notices.ts';

let db: Database;
const relays: DeliveryRelay[] = [];
let lines: { level: string; message: string; facts: Record<string, unknown> }[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  lines = [];
  await db.em().execute('truncate alert_deliveries');
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});

const down = (options: ConstructorParameters<typeof AppError>[2] = {}) =>
  new AppError('NOTIFICATION_FAILED', 'It is down.', { retriable: true, ...options });

/** A notifier that records the titles that it has sent. */
function recording(
  name: string,
  work: Notifier['send'] = async () => undefined,
): Notifier & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    name,
    opensIncidents: false,
    sent,
    takes: () => true,
    send: async (notified, delivery) => {
      await work(notified, delivery);
      sent.push(notified.title);
    },
  };
}

function relayOf(notifiers: readonly Notifier[], { firstRetrySeconds = 0, lead = notifiers } = {}): DeliveryRelay {
  const log = (level: string) => (facts: object, message: string) =>
    void lines.push({ level, message, facts: { ...facts } });
  const channels = new NotifierChannels({
    levels: { on_call: notifiers, lead, architect: lead },
    log: { error: log('error') },
  });
  const relay = new DeliveryRelay({
    db,
    channels,
    log: { debug: log('debug'), warn: log('warn'), error: log('error') },
    firstRetrySeconds,
  });
  relays.push(relay);
  return relay;
}

const queue = (title: string, recipients: 'on_call' | 'lead' = 'on_call', kind: 'firing' | 'resolved' = 'firing') =>
  db.transaction((em) => queueNotification(em, notification({ title, kind }), recipients));
const waiting = async () =>
  (await db.sql().selectFrom('alert_deliveries').select(['notifier', 'attempts']).orderBy('id').execute()).map(
    ({ notifier, attempts }) => `${notifier} ${attempts}`,
  );

describe('A queued notification', () => {
  it('is sent once by each notifier, in the order of their queueing', async () => {
    const [slack, email] = [recording('slack'), recording('email')];
    for (const title of ['one', 'two', 'three']) await queue(title);
    for (const relay of [relayOf([slack, email]), relayOf([slack, email])]) relay.start();
    await until('all are sent', async () => (await waiting()).length === 0);
    expect(slack.sent).toEqual(['one', 'two', 'three']);
    expect(email.sent).toEqual(['one', 'two', 'three']);
  });

  it('is not sent where its transaction is rolled back', async () => {
    const slack = recording('slack');
    const failing = db.transaction(async (em) => {
      await queueNotification(em, notification(), 'on_call');
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    await queue('two');
    relayOf([slack]).start();
    await until('it is sent', async () => (await waiting()).length === 0);
    expect(slack.sent).toEqual(['two']);
  });

  it('goes to its level, and its end to the levels below as well', async () => {
    const [onCall, lead] = [recording('slack'), recording('slack-lead')];
    const relay = relayOf([onCall], { lead: [lead] });
    await queue('escalated', 'lead');
    await queue('over', 'lead', 'resolved');
    relay.start();
    await until('all are sent', async () => (await waiting()).length === 0);
    expect([onCall.sent, lead.sent]).toEqual([['over'], ['escalated', 'over']]);
  });

  it('whose notifier is down is tried again, and the others get it at once', async () => {
    let failures = 3;
    const slack = recording('slack', async () => {
      if (failures-- > 0) throw down();
    });
    const email = recording('email');
    const relay = relayOf([slack, email], { firstRetrySeconds: 0.01 });
    relay.start();
    await queue('one');
    await queue('two');
    relay.trigger();
    await until('e-mail has both', () => email.sent.length === 2);
    expect(slack.sent).toEqual([]);
    await until('Slack has both', () => slack.sent.length === 2);
    expect(slack.sent).toEqual(['one', 'two']);
    const warnings = lines.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ facts }) => [facts['notifier'], facts['attempts']])).toEqual([
      ['slack', 1],
      ['slack', 2],
      ['slack', 3],
    ]);
  });

  it('is not held back by a notifier that never answers', async () => {
    const hanging = recording('slack', () => new Promise(() => undefined));
    const email = recording('email');
    const relay = relayOf([hanging, email], { firstRetrySeconds: 60 });
    relay.start();
    for (const title of ['one', 'two']) await queue(title);
    relay.trigger();
    await until('e-mail has both', () => email.sent.length === 2);
    const begun = performance.now();
    await relay.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    // A stop is no failure, and another process sends it at once.
    expect(lines).toEqual([]);
    expect(await takeDelivery(db.sql(), 'slack')).toMatchObject({ notification: { title: 'one' }, attempts: 2 });
  });

  it('waits as long as the service asks for', async () => {
    const slack = recording('slack', async () => {
      throw down({ retryAfterSeconds: 90 });
    });
    relayOf([slack]).start();
    await queue('one');
    relays[0]?.trigger();
    await until('it has failed', () => lines.length === 1);
    await relays[0]?.close();
    expect(await seconds()).toEqual([expect.closeTo(90, -1)]);
    expect(await takeDelivery(db.sql(), 'slack')).toBeNull();
  });

  it('waits longer after each failure, up to five minutes', async () => {
    const slack = recording('slack', async () => {
      throw down();
    });
    await queue('one');
    const waits: number[] = [];
    for (let failures = 1; failures <= 7; failures++) {
      const relay = relayOf([slack], { firstRetrySeconds: 10 });
      relay.start();
      await until('it has failed once more', () => lines.length === failures);
      await relay.close();
      waits.push(...(await seconds()));
      await db.em().execute('update alert_deliveries set next_at = now()');
    }
    expect(waits.map((wait) => Math.round(wait / 10) * 10)).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it('is given up after a day, and one whose content is refused at once, so that neither holds back the next', async () => {
    const slack = recording('slack', async ({ title }) => {
      if (title === 'refused') throw new AppError('NOTIFICATION_FAILED', 'Slack answered 400 (invalid_payload).');
      if (title === 'old') throw down();
    });
    await queue('old');
    await db.em().execute("update alert_deliveries set created_at = now() - interval '25 hours'");
    await queue('refused');
    await queue('fine');
    relayOf([slack]).start();
    await until('all are done', async () => (await waiting()).length === 0);
    expect(slack.sent).toEqual(['fine']);
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'a notification could not be sent for 24 hours, and is given up'],
      ['error', 'a notification could not be sent because of its content, and is given up'],
    ]);
  });

  it('that a process has taken and not sent is sent by another', async () => {
    const slack = recording('slack');
    await queue('one');
    const dying = relayOf([recording('slack', () => new Promise(() => undefined))]);
    dying.start();
    await until('it is taken', async () => (await waiting()).join() === 'slack 1');
    expect(await takeDelivery(db.sql(), 'slack')).toBeNull();
    await db.em().execute('update alert_deliveries set next_at = now()');
    relayOf([slack]).start();
    await until('it is sent', () => slack.sent.length === 1);
  });

  it('of a later version, which this one cannot read, holds back no other', async () => {
    await db
      .em()
      .execute(
        `insert into alert_deliveries (notification_id, recipients, notification) values (gen_random_uuid(), 'on_call', '{"kind": "new"}')`,
      );
    const slack = recording('slack');
    await queue('one');
    relayOf([slack]).start();
    await until('it is sent', () => slack.sent.length === 1);
    expect(lines).toMatchObject([{ level: 'error', facts: { count: 1 } }]);
  });

  it('that an earlier version has given to a notifier, and this one cannot read, holds back no other', async () => {
    await db
      .em()
      .execute(
        `insert into alert_deliveries (notification_id, notifier, recipients, notification) values (gen_random_uuid(), 'slack', 'on_call', '{"kind": "new"}')`,
      );
    const slack = recording('slack');
    await queue('one');
    relayOf([slack]).start();
    await until('all are done', async () => (await waiting()).length === 0);
    expect(slack.sent).toEqual(['one']);
    expect(lines).toMatchObject([{ level: 'error', facts: { notifier: 'slack' } }]);
  });
});

/** Until the next attempt of each row. */
async function seconds(): Promise<number[]> {
  const rows = await db
    .em()
    .execute<{ seconds: number }[]>(
      'select extract(epoch from next_at - now())::float as seconds from alert_deliveries order by id',
    );
  return rows.map((row) => Number(row.seconds));
}
