import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { JobNotifier } from '../../src/jobs/queue/job-notifier.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { OutboxRelay } from '../../src/jobs/queue/outbox-relay.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { silent } from '../helpers/job-fixture.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

const open: JobNotifier[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((openNotifier) => openNotifier.close()));
});

function openNotifier(redisUrl: string, prefix: string, onNotification?: () => Promise<void>) {
  const states: string[] = [];
  const notifier = new JobNotifier({
    redisUrl,
    prefix,
    queue: 'VIDEO',
    ...(onNotification ? { listener: { slots: 2, onNotification } } : {}),
    onState: (state) => states.push(state),
  });
  open.push(notifier);
  notifier.open();
  return { notifier, states };
}

/** Sends as a relay does: repeatedly until it succeeds. */
async function notifyUntilSent(notifier: JobNotifier, notification: number): Promise<void> {
  const tryIt = () =>
    notifier.notify('job', notification).then(
      () => true,
      () => false,
    );
  await until('the notification can be sent', tryIt);
}

describe('The notifier', () => {
  let redis: OwnRedis;
  beforeEach(async () => {
    redis = await OwnRedis.create();
  });
  afterEach(() => redis.stop());

  it('starts without Redis, reports that once, and works as soon as Redis is reachable', async () => {
    let answers = 0;
    const queueListener = openNotifier(redis.url, 'p', async () => void answers++);
    const { notifier, states } = openNotifier(redis.url, 'p');
    await until('both have detected it', () => states.length > 0 && queueListener.states.length > 0);
    await expect(notifier.notify('job', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED', retriable: true });
    await redis.start();
    await notifyUntilSent(notifier, 1);
    await until('it was answered', () => answers === 1);
    expect([states, queueListener.states]).toEqual([
      ['lost', 'connected'],
      ['lost', 'connected'],
    ]);
  });

  it('sends notifications again after Redis was lost with all its data', async () => {
    await redis.start();
    let answers = 0;
    const queueListener = openNotifier(redis.url, 'p', async () => void answers++);
    const { notifier, states } = openNotifier(redis.url, 'p');
    await notifyUntilSent(notifier, 1);
    await until('it was answered', () => answers === 1);
    for (const notification of [2, 3]) {
      await redis.stop();
      await until('both have detected it', () => states.at(-1) === 'lost' && queueListener.states.at(-1) === 'lost');
      await redis.start();
      await until(
        'both are connected again',
        () => states.at(-1) === 'connected' && queueListener.states.at(-1) === 'connected',
      );
      await notifyUntilSent(notifier, notification);
      await until('it was answered', () => answers === notification);
    }
    expect(states).toEqual(['lost', 'connected', 'lost', 'connected']);
  });

  it('can be closed while Redis is unreachable', async () => {
    const { notifier, states } = openNotifier(redis.url, 'p');
    await until('the loss is detected', () => states.length > 0);
    await notifier.close();
    await expect(notifier.notify('job', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
  });

  it('notifies one worker of two, and continues when a callback fails', async () => {
    await redis.start();
    const answers = [0, 0];
    const count = (index: number) => async () => {
      answers[index] = (answers[index] ?? 0) + 1;
      throw new Error('The answer failed.');
    };
    openNotifier(redis.url, 'p', count(0));
    openNotifier(redis.url, 'p', count(1));
    const { notifier } = openNotifier(redis.url, 'p');
    await notifyUntilSent(notifier, 0);
    for (let notification = 1; notification < 20; notification++) await notifier.notify('job', notification);
    await until('all were answered', () => (answers[0] ?? 0) + (answers[1] ?? 0) >= 20);
    expect((answers[0] ?? 0) + (answers[1] ?? 0)).toBe(20);
  });
});

describe('The relay', () => {
  let db: Database;
  let ann: Viewer;
  beforeAll(async () => {
    db = await createTestDatabase();
    ann = await ownerOn(db);
  });
  afterAll(() => db.close());
  afterEach(async () => {
    await sql`delete from videos`.execute(db.sql());
  });

  const outbox = async () => (await db.sql().selectFrom('outbox').select(['job_id', 'ring']).execute()).length;

  it('keeps notifications that it cannot send, and sends them once Redis is reachable', async () => {
    const redis = await OwnRedis.create();
    let answers = 0;
    openNotifier(redis.url, 'p', async () => void answers++);
    const { notifier, states } = openNotifier(redis.url, 'p');
    const relay = new OutboxRelay(new JobStore(db, 30), notifier, silent);
    try {
      for (let count = 0; count < 3; count++) await videoServicesOn(db).accept(ann);
      relay.start();
      await until('the loss of Redis is detected', () => states.length > 0);
      expect(await outbox()).toBe(3);
      await redis.start();
      await until('the outbox is empty', async () => (await outbox()) === 0);
      await until('all were answered', () => answers === 3);
    } finally {
      await relay.close();
      await redis.stop();
    }
  });

  it('sends twice after a crash between sending and recording it, and the video is made once', async () => {
    const videoServices = videoServicesOn(db);
    const prefix = `t-${randomUUID()}`;
    let made = 0;
    let answered = 0;
    const worker = videoServices.worker(async () => void made++);
    openNotifier(inject('redisUrl'), prefix, async () => {
      await worker.onNotification('VIDEO');
      answered++;
    });
    const { notifier } = openNotifier(inject('redisUrl'), prefix);
    await videoServices.accept(ann);
    const [row] = await db.sql().selectFrom('outbox').select(['job_id', 'ring']).execute();
    if (!row) throw new Error('There is no notification to send.');
    await until('the notification can be sent', () =>
      notifier.notify(row.job_id, row.ring).then(
        () => true,
        () => false,
      ),
    );
    await until('it was answered', () => answered === 1);
    const relay = new OutboxRelay(new JobStore(db, 30), notifier, silent);
    relay.start();
    await until('the outbox is empty', async () => (await outbox()) === 0);
    await until('it was answered again', () => answered === 2);
    expect(made).toBe(1);
    await relay.close();
    await worker.close();
  });

  it('does not send notifications that another relay has taken', async () => {
    const prefix = `t-${randomUUID()}`;
    let answers = 0;
    const onNotification = async () => void answers++;
    openNotifier(inject('redisUrl'), prefix, onNotification);
    const { notifier } = openNotifier(inject('redisUrl'), prefix);
    for (let count = 0; count < 5; count++) await videoServicesOn(db).accept(ann);
    const relay = new OutboxRelay(new JobStore(db, 30), notifier, silent);
    await db.transaction(async (em) => {
      await em.execute('select id from outbox order by id limit 1 for update');
      relay.start();
      await until('the others were answered', () => answers === 4);
    });
    relay.trigger();
    await until('the last one was answered too', () => answers === 5);
    await relay.close();
    expect(await outbox()).toBe(0);
  });

  it('sends each notification once, however many relays there are', async () => {
    const prefix = `t-${randomUUID()}`;
    let answers = 0;
    openNotifier(inject('redisUrl'), prefix, async () => void answers++);
    const notifiers = [
      openNotifier(inject('redisUrl'), prefix).notifier,
      openNotifier(inject('redisUrl'), prefix).notifier,
    ];
    const relays = notifiers.map((notifier) => new OutboxRelay(new JobStore(db, 30), notifier, silent));
    for (let count = 0; count < 30; count++) await videoServicesOn(db).accept(ann);
    for (const relay of relays) relay.start();
    await until('the outbox is empty', async () => (await outbox()) === 0);
    await until('all were answered', () => answers >= 30);
    await Promise.all(relays.map((relay) => relay.close()));
    expect(answers).toBe(30);
  });
});
