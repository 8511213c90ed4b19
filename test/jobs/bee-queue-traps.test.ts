import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import BeeQueue from 'bee-queue';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobNotifier } from '../../src/jobs/queue/job-notifier.ts';
import { consistently } from '../helpers/consistently.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';

// Each problem has two checks: plain bee-queue has it, and our notifier in the same situation does not. Where the first
// check fails, a new bee-queue may have fixed the problem, and the notifier can become simpler.

let redis: OwnRedis;
const open: { close(): Promise<unknown> }[] = [];
beforeEach(async () => {
  redis = await OwnRedis.create();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
  await redis.stop();
});

type Work = (job: BeeQueue.Job<{ at: number }>) => Promise<void>;

/** As in its manual, except that its errors are handled. */
async function plainQueue(settings: object = {}, slots = 1, work?: Work) {
  const queue = new BeeQueue<{ at: number }>('plain', { redis: { url: redis.url }, ...settings });
  queue.on('error', () => undefined);
  if (work) queue.process(slots, work);
  open.push({ close: () => queue.close(1).catch(() => undefined) });
  await queue.ready();
  return queue;
}

/** Without a callback it only sends notifications. */
async function openNotifier(onNotification?: () => Promise<void>, { slots = 1, connected = true } = {}) {
  const states: string[] = [];
  const notifier = new JobNotifier({
    redisUrl: redis.url,
    prefix: 'ours',
    queue: 'VIDEO',
    stalledMs: 200,
    onState: (state) => states.push(state),
    ...(onNotification ? { listener: { slots, onNotification } } : {}),
  });
  open.push(notifier);
  notifier.open();
  if (connected) await until('it is connected', () => notifier.connected);
  return { notifier, states };
}

async function restart(): Promise<void> {
  await redis.stop();
  await redis.start();
}

const notifications = async (notifier: JobNotifier, notification: number) =>
  await until('a notification can be sent', () =>
    notifier.notify('job', notification).then(
      () => true,
      () => false, // not yet
    ),
  );

describe('bee-queue after a restart of Redis', () => {
  beforeEach(() => redis.start());

  it('can no longer save jobs, because its scripts are missing; the notifier sends notifications', async () => {
    const plain = await plainQueue();
    await plain.createJob({ at: 1 }).save();
    await restart();
    await until('it is connected again', () => Reflect.get(Reflect.get(plain, 'client'), 'ready') === true);
    await expect(plain.createJob({ at: 2 }).save()).rejects.toThrow(/NOSCRIPT/);
    let answers = 0;
    // Only now: after a restart it loads the same scripts again, for every client of this Redis.
    const { notifier } = await openNotifier(async () => void answers++);
    await restart();
    await notifications(notifier, 1);
    await until('it is answered', () => answers === 1);
  });

  it('doubles its delay for each slot that waited, without a limit; the notifier reconnects quickly', async () => {
    const slots = 8;
    const fill = Promise.withResolvers<void>();
    let busy = 0;
    const work = async () => {
      busy++;
      await fill.promise;
    };
    const firstPause = 5;
    const plain = await plainQueue({ initialRedisFailureRetryDelay: firstPause }, slots, work);
    const { notifier } = await openNotifier(work, { slots });
    for (let at = 0; at < slots; at++) {
      await plain.createJob({ at }).save();
      await notifier.notify('job', at);
    }
    await until('all slots are busy', () => busy === 2 * slots);
    fill.resolve();
    await until('all slots wait again', () => Reflect.get(plain, 'queued') === slots);
    await redis.stop();
    const pause = () => Reflect.get(plain, '_redisFailureRetryDelay');
    await until('all slots have noticed', () => pause() === firstPause * 2 ** (slots - 1));
    await redis.start();
    for (let at = slots; at < 2 * slots; at++) await notifications(notifier, at);
    await until('all are answered', () => busy >= 3 * slots, 5);
    expect(busy).toBe(3 * slots);
  });
});

describe('bee-queue', () => {
  it('ends the process that makes a queue while Redis is down; the notifier waits', async () => {
    const program = `import BeeQueue from 'bee-queue';
      new BeeQueue('plain', { redis: { url: '${redis.url}' } }).on('error', () => undefined);
      setTimeout(() => process.exit(0), 10_000);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('ECONNREFUSED') });
    let answers = 0;
    const { notifier, states } = await openNotifier(async () => void answers++, { connected: false });
    await until('the loss is detected', () => states.includes('lost'));
    await redis.start();
    await notifications(notifier, 1);
    await until('it is answered', () => answers === 1);
  });
});

describe('bee-queue while Redis works', () => {
  beforeEach(() => redis.start());

  it('does not check for jobs whose worker crashed; the notifier does', async () => {
    const done: number[] = [];
    const maker = await plainQueue({ isWorker: false });
    await maker.createJob({ at: 1 }).save();
    await redis.command('RPOPLPUSH', 'bq:plain:waiting', 'bq:plain:active');
    const plain = await plainQueue({ stallInterval: 100 }, 1, async ({ data }) => void done.push(data.at));

    let answers = 0;
    const { notifier } = await openNotifier();
    await notifier.notify('job', 1);
    await redis.command('RPOPLPUSH', 'ours:bq:video:waiting', 'ours:bq:video:active');
    await openNotifier(async () => void answers++);
    await until('it is answered', () => answers === 1);
    expect(done).toEqual([]);
    await until('it is handled after a check for stalled jobs', async () => {
      await plain.checkStalledJobs();
      return done.length === 1;
    });
  });

  it('silently drops a job whose id it has seen; each notification has a unique id', async () => {
    const plain = await plainQueue();
    expect((await plain.createJob({ at: 1 }).setId('same').save()).id).toBe('same');
    expect((await plain.createJob({ at: 2 }).setId('same').save()).id).toBeNull();
    let answers = 0;
    const { notifier } = await openNotifier(async () => void answers++);
    for (const notification of [1, 2, 3]) await notifier.notify('job', notification);
    await until('each is answered', () => answers === 3);
  });

  it('never runs a delayed job or a delayed retry; the notifier leaves both to the sweeper', async () => {
    let tries = 0;
    const plain = await plainQueue({}, 1, async ({ data }) => {
      tries++;
      if (data.at === 1) throw new Error('It fails.');
    });
    await plain.createJob({ at: 1 }).retries(3).backoff('fixed', 20).save();
    await plain
      .createJob({ at: 2 })
      .delayUntil(Date.now() + 20)
      .save();
    let answers = 0;
    const { notifier } = await openNotifier(async () => {
      answers++;
      throw new Error('It fails.');
    });
    await notifier.notify('job', 1);
    await until('both were tried once', () => tries === 1 && answers === 1);
    await consistently('it is tried once', 400, () => tries === 1);
    expect(tries).toBe(1);
    // Nothing of it stays in Redis, so the sweeper can send another notification when it is due.
    expect(await redis.command('KEYS', 'ours:*:delayed')).toEqual([]);
    expect(await redis.command('HLEN', 'ours:bq:video:jobs')).toBe(0);
    await notifier.notify('job', 2);
    await until('it was tried again', () => answers === 2);
  });

  it('lets a handler continue after its timeout and starts the next; a callback keeps its slot until it ends', async () => {
    let running = 0;
    let most = 0;
    let gate = Promise.withResolvers<void>();
    const work = async () => {
      most = Math.max(most, ++running);
      await gate.promise;
      running--;
    };
    const plain = await plainQueue({}, 1, work);
    for (const at of [1, 2]) await plain.createJob({ at }).timeout(50).save();
    await until('both ran at once in one slot', () => most === 2);
    gate.resolve();
    await until('they have ended', () => running === 0);

    most = 0;
    gate = Promise.withResolvers<void>();
    let ended = 0;
    const { notifier } = await openNotifier(async () => {
      await work();
      ended++;
    });
    for (const notification of [1, 2, 3]) await notifier.notify('job', notification);
    await until('one runs', () => running === 1);
    await consistently('only one runs', 100, () => running === 1);
    gate.resolve();
    await until('all were answered', () => ended === 3);
    expect(most).toBe(1);
  });
});
