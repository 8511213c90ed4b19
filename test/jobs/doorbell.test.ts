import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Doorbell } from '../../src/jobs/doorbell.ts';
import { Relay } from '../../src/jobs/relay.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { makingOn, ownerOn } from '../helpers/making.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { silent } from '../helpers/workshop.ts';

const open: Doorbell[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((doorbell) => doorbell.close()));
});

function doorbell(redisUrl: string, prefix: string, answer?: () => Promise<void>) {
  const states: string[] = [];
  const bell = new Doorbell({
    redisUrl,
    prefix,
    queue: 'VIDEO',
    ...(answer ? { listener: { slots: 2, answer } } : {}),
    onState: (state) => states.push(state),
  });
  open.push(bell);
  bell.open();
  return { bell, states };
}

/** Rings as a relay does: again and again until it could. */
async function ringUntilHeard(bell: Doorbell, ring: number): Promise<void> {
  const tryIt = () =>
    bell.ring('job', ring).then(
      () => true,
      () => false,
    );
  await until('the bell can be rung', tryIt);
}

describe('A doorbell', () => {
  let redis: OwnRedis;
  beforeEach(async () => {
    redis = await OwnRedis.place();
  });
  afterEach(() => redis.stop());

  it('starts without Redis, says so once, and works as soon as there is one', async () => {
    let answers = 0;
    const ear = doorbell(redis.url, 'p', async () => void answers++);
    const { bell, states } = doorbell(redis.url, 'p');
    await until('both have noticed', () => states.length > 0 && ear.states.length > 0);
    await expect(bell.ring('job', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED', retriable: true });
    await redis.start();
    await ringUntilHeard(bell, 1);
    await until('it was answered', () => answers === 1);
    expect([states, ear.states]).toEqual([
      ['lost', 'connected'],
      ['lost', 'connected'],
    ]);
  });

  it('rings again after Redis was lost with everything in it', async () => {
    await redis.start();
    let answers = 0;
    const ear = doorbell(redis.url, 'p', async () => void answers++);
    const { bell, states } = doorbell(redis.url, 'p');
    await ringUntilHeard(bell, 1);
    await until('it was answered', () => answers === 1);
    for (const ring of [2, 3]) {
      await redis.stop();
      await until('both have noticed', () => states.at(-1) === 'lost' && ear.states.at(-1) === 'lost');
      await redis.start();
      await until('both are back', () => states.at(-1) === 'connected' && ear.states.at(-1) === 'connected');
      await ringUntilHeard(bell, ring);
      await until('it was answered', () => answers === ring);
    }
    expect(states).toEqual(['lost', 'connected', 'lost', 'connected']);
  });

  it('can be closed while Redis is away', async () => {
    const { bell, states } = doorbell(redis.url, 'p');
    await until('it has noticed', () => states.length > 0);
    await bell.close();
    await expect(bell.ring('job', 0)).rejects.toMatchObject({ code: 'REDIS_CONNECTION_FAILED' });
  });

  it('is heard by one worker of two, and goes on ringing when an answer fails', async () => {
    await redis.start();
    const answers = [0, 0];
    const count = (index: number) => async () => {
      answers[index] = (answers[index] ?? 0) + 1;
      throw new Error('The answer failed.');
    };
    doorbell(redis.url, 'p', count(0));
    doorbell(redis.url, 'p', count(1));
    const { bell } = doorbell(redis.url, 'p');
    await ringUntilHeard(bell, 0);
    for (let ring = 1; ring < 20; ring++) await bell.ring('job', ring);
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

  it('keeps what it cannot ring, and rings it once Redis is there', async () => {
    const redis = await OwnRedis.place();
    let answers = 0;
    doorbell(redis.url, 'p', async () => void answers++);
    const { bell, states } = doorbell(redis.url, 'p');
    const relay = new Relay(db, bell, silent);
    try {
      for (let count = 0; count < 3; count++) await makingOn(db).accept(ann);
      relay.start();
      await until('Redis is missed', () => states.length > 0);
      expect(await outbox()).toBe(3);
      await redis.start();
      await until('the outbox is empty', async () => (await outbox()) === 0);
      await until('all were answered', () => answers === 3);
    } finally {
      await relay.close();
      await redis.stop();
    }
  });

  it('that died between ringing and noting it rings twice, and the video is made once', async () => {
    const making = makingOn(db);
    const prefix = `t-${randomUUID()}`;
    let made = 0;
    let answered = 0;
    const worker = making.worker(async () => void made++);
    doorbell(inject('redisUrl'), prefix, async () => {
      await worker.answer('VIDEO');
      answered++;
    });
    const { bell } = doorbell(inject('redisUrl'), prefix);
    await making.accept(ann);
    const [row] = await db.sql().selectFrom('outbox').select(['job_id', 'ring']).execute();
    if (!row) throw new Error('There is nothing to ring.');
    await until('the bell can be rung', () =>
      bell.ring(row.job_id, row.ring).then(
        () => true,
        () => false,
      ),
    );
    await until('it was answered', () => answered === 1);
    const relay = new Relay(db, bell, silent);
    relay.start();
    await until('the outbox is empty', async () => (await outbox()) === 0);
    await until('it was answered again', () => answered === 2);
    expect(made).toBe(1);
    await relay.close();
    await worker.close();
  });

  it('leaves to another relay what that one is at', async () => {
    const prefix = `t-${randomUUID()}`;
    let answers = 0;
    const answer = async () => void answers++;
    doorbell(inject('redisUrl'), prefix, answer);
    const { bell } = doorbell(inject('redisUrl'), prefix);
    for (let count = 0; count < 5; count++) await makingOn(db).accept(ann);
    const relay = new Relay(db, bell, silent);
    await db.transaction(async (em) => {
      await em.execute('select id from outbox order by id limit 1 for update');
      relay.start();
      await until('the others were answered', () => answers === 4);
    });
    relay.kick();
    await until('the last one was answered too', () => answers === 5);
    await relay.close();
    expect(await outbox()).toBe(0);
  });

  it('rings once for each, however many relays there are', async () => {
    const prefix = `t-${randomUUID()}`;
    let answers = 0;
    doorbell(inject('redisUrl'), prefix, async () => void answers++);
    const bells = [doorbell(inject('redisUrl'), prefix).bell, doorbell(inject('redisUrl'), prefix).bell];
    const relays = bells.map((bell) => new Relay(db, bell, silent));
    for (let count = 0; count < 30; count++) await makingOn(db).accept(ann);
    for (const relay of relays) relay.start();
    await until('the outbox is empty', async () => (await outbox()) === 0);
    await until('all were answered', () => answers >= 30);
    await Promise.all(relays.map((relay) => relay.close()));
    expect(answers).toBe(30);
  });
});
