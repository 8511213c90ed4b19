import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Job } from '../../src/entities/job.ts';
import { Video } from '../../src/entities/video.ts';
import { VideoEvent } from '../../src/entities/video-event.ts';
import { VideoStage } from '../../src/entities/video-stage.ts';
import { AppError } from '../../src/errors.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import type { StageStore } from '../../src/pipeline/stage-store.ts';
import { faultsOf } from '../helpers/accounts.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

let db: Database;
let videoServices: ReturnType<typeof videoServicesOn>;
let owner: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
});
afterAll(() => db.close());

/** Each test has an owner of its own and an empty queue. */
async function fresh(): Promise<void> {
  owner = await ownerOn(db);
  await db.em().execute('delete from videos');
}

const SCRIPT = { stage: 'SCRIPT', stageProgress: 0, progress: 10, message: 'Writing the script.' } as const;
const begin = (stageStore: StageStore) => stageStore.begin({ ...SCRIPT, stageStatus: 'RUNNING' }, 'local');
const finish = (stageStore: StageStore) =>
  stageStore.complete(
    { ...SCRIPT, stageStatus: 'COMPLETED', stageProgress: 100 },
    { inputHash: 'x'.repeat(64), output: {} },
    {},
  );

const videoOf = (id: string) => db.em().findOneOrFail(Video, { id });
const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
const scriptOf = (videoId: string) => db.em().findOneOrFail(VideoStage, { videoId, stage: 'SCRIPT' });
const messagesOf = async (videoId: string) =>
  (await db.em().find(VideoEvent, { videoId }, { orderBy: { seq: 'asc' } })).map(
    ({ status, run }) => `${run} ${status}`,
  );
const reserved = async () => (await videoServices.quotas.quotasOf(owner.userId))[0]?.reserved;

describe('A stage whose error may pass', () => {
  beforeAll(fresh);

  it('is tried again as often as the setting says, and then the video fails with its reason', async () => {
    const { id } = await videoServices.accept(owner);
    const worker = videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      throw new AppError('LOCAL_TIMEOUT', 'The voice did not answer.', { retriable: true });
    });
    const attempts: [string, number, number][] = [];
    for (let turn = 0; turn < 4; turn++) {
      await worker.onNotification('VIDEO');
      const { status, attempt, maxAttempts } = await scriptOf(id);
      attempts.push([status, attempt, maxAttempts]);
    }
    expect(attempts).toEqual([
      ['RETRYING', 1, 4],
      ['RETRYING', 2, 4],
      ['RETRYING', 3, 4],
      ['FAILED', 4, 4],
    ]);
    expect(await videoOf(id)).toMatchObject({
      status: 'FAILED',
      error: {
        code: 'LOCAL_TIMEOUT',
        stage: 'SCRIPT',
        retriable: true,
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(await jobOf(id)).toMatchObject({ status: 'FAILED', errorCode: 'LOCAL_TIMEOUT' });
    expect(await reserved()).toBe(0);
  });

  it('waits in between, and is not taken before its time', async () => {
    const { id } = await videoServices.accept(owner);
    const worker = videoServices.worker(
      async (_videoSpec, stageStore) => {
        await begin(stageStore);
        throw new AppError('LOCAL_TIMEOUT', 'The voice did not answer.', { retriable: true });
      },
      { policy: { retries: 3, firstDelaySeconds: 60 } },
    );
    await worker.onNotification('VIDEO');
    await worker.onNotification('VIDEO');
    expect(await scriptOf(id)).toMatchObject({ attempt: 1, status: 'RETRYING', nextAttemptAt: expect.any(Date) });
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', failures: 1, attempt: 1 });
  });

  it('has all its retries again once a stage was finished', async () => {
    const { id } = await videoServices.accept(owner);
    let turn = 0;
    const worker = videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      if (turn++ === 1) await finish(stageStore);
      throw new AppError('LOCAL_TIMEOUT', 'The voice did not answer.', { retriable: true });
    });
    await worker.onNotification('VIDEO');
    await worker.onNotification('VIDEO');
    expect(await jobOf(id)).toMatchObject({ failures: 1 });
  });
});

describe('A stage whose error cannot pass', () => {
  beforeAll(fresh);

  it('fails the video at once', async () => {
    const { id } = await videoServices.accept(owner);
    await videoServices
      .worker(async (_videoSpec, stageStore) => {
        await begin(stageStore);
        throw new AppError('UNSUPPORTED_LANGUAGE', 'Nobody here speaks it.');
      })
      .onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'FAILED', error: { retriable: false } });
    expect((await scriptOf(id)).attempt).toBe(1);
  });
});

describe('A job that kills its workers', () => {
  beforeAll(fresh);

  /** A worker that claims the next job and is never heard of again. */
  async function die(): Promise<void> {
    const jobs = new JobStore(db, 0.001);
    await jobs.claimNext('VIDEO', ['NORMAL'], owner.userId);
    await db.em().execute("update jobs set lease_expires_at = now() - interval '1 second' where status = 'ACTIVE'");
  }

  it('is tried again after the first', async () => {
    const { id } = await videoServices.accept(owner);
    await die();
    await videoServices.worker(async () => undefined).onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is set aside after the second, with what was last heard', async () => {
    const { id } = await videoServices.accept(owner);
    await die();
    await die();
    let made = 0;
    await videoServices.worker(async () => void made++).onNotification('VIDEO');
    expect(made).toBe(0);
    expect(await videoOf(id)).toMatchObject({
      status: 'FAILED',
      error: { code: 'WORKER_DOWN', retriable: true, message: expect.stringContaining('Last words: “Accepted') },
    });
  });
});

describe('Canceling', () => {
  beforeAll(fresh);

  it('ends a video that waits: its quota is free again, its stream ends', async () => {
    const { id } = await videoServices.accept(owner);
    expect(await videoServices.runs.cancel(owner, id)).toMatchObject({ status: 'CANCELED' });
    expect(await messagesOf(id)).toEqual(['1 PENDING', '1 CANCELED']);
    expect(await reserved()).toBe(0);
    expect(videoServices.stopped).toContain(id);
  });

  it('makes a worker that is at it stop, with nothing written afterwards', async () => {
    const { id } = await videoServices.accept(owner);
    const started = Promise.withResolvers<void>();
    const worker = videoServices.worker(async (_videoSpec, stageStore, stop) => {
      await begin(stageStore);
      started.resolve();
      await new Promise<void>((resolve) => stop.now.addEventListener('abort', () => resolve(), { once: true }));
      await finish(stageStore);
    });
    const working = worker.onNotification('VIDEO');
    await started.promise;
    await videoServices.runs.cancel(owner, id);
    worker.check(id);
    await working;
    expect(await messagesOf(id)).toEqual(['1 PENDING', '1 PROCESSING', '1 CANCELED']);
    expect(await scriptOf(id)).toMatchObject({ status: 'PENDING', inputHash: null });
  });

  it('is refused for a video that has ended, and for somebody else’s', async () => {
    const { id } = await videoServices.accept(owner);
    await videoServices.runs.cancel(owner, id);
    expect(await faultsOf(videoServices.runs.cancel(owner, id))).toEqual([['INVALID_STATE', 'id']]);
    expect(await faultsOf(videoServices.runs.cancel(await ownerOn(db), id))).toEqual([['NOT_FOUND', 'id']]);
  });
});

describe('Retrying', () => {
  beforeAll(fresh);

  it('goes on from the first unfinished stage in a new run', async () => {
    const { id } = await videoServices.accept(owner);
    const failing = videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      await finish(stageStore);
      throw new AppError('FFMPEG_FAILED', 'FFmpeg failed.');
    });
    await failing.onNotification('VIDEO');
    const again = await videoServices.runs.retry(owner, id);
    expect(again).toMatchObject({ status: 'PENDING', run: 2, progress: 0, currentStage: 'SPEECH', error: null });
    expect(await scriptOf(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await reserved()).toBe(1);

    const seen: string[] = [];
    await videoServices
      .worker(
        async (_videoSpec, stageStore) => void seen.push(String((await stageStore.checkpoint('SCRIPT'))?.inputHash)),
      )
      .onNotification('VIDEO');
    expect(seen).toEqual(['x'.repeat(64)]);
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED', run: 2 });
  });

  it('begins at the stage that is asked for', async () => {
    const { id } = await videoServices.accept(owner);
    const failing = videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      await finish(stageStore);
      throw new AppError('FFMPEG_FAILED', 'FFmpeg failed.');
    });
    await failing.onNotification('VIDEO');
    expect(await videoServices.runs.retry(owner, id, { fromStage: 'SCRIPT' })).toMatchObject({
      currentStage: 'SCRIPT',
    });
    expect(await scriptOf(id)).toMatchObject({ status: 'PENDING', attempt: 0 });
  });

  it('is refused for a video that waits, and happens once for one key', async () => {
    const { id } = await videoServices.accept(owner);
    expect(await faultsOf(videoServices.runs.retry(owner, id))).toEqual([['INVALID_STATE', 'id']]);
    await videoServices.runs.cancel(owner, id);
    const first = await videoServices.runs.retry(owner, id, { idempotencyKey: 'again' });
    const second = await videoServices.runs.retry(owner, id, { idempotencyKey: 'again' });
    expect([first.run, second.run]).toEqual([2, 2]);
  });
});

describe('The same idempotency key', () => {
  beforeAll(fresh);

  it('makes one video of 50 requests at once', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => videoServices.accept(owner, {}, 'one')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await db.em().count(Video, { ownerId: owner.userId })).toBe(1);
    expect(await reserved()).toBe(1);
  });

  it('is refused with another input, whatever the order of its fields is not', async () => {
    expect(await faultsOf(videoServices.accept(owner, { script: 'Other bees.' }, 'one'))).toEqual([
      ['IDEMPOTENCY_MISMATCH', 'idempotencyKey'],
    ]);
  });

  it('stands for another video with another person', async () => {
    const other = await ownerOn(db);
    expect((await videoServices.accept(other, {}, 'one')).ownerId).toBe(other.userId);
  });

  it('may be 255 characters long, and not 256 or none', async () => {
    expect(await videoServices.accept(owner, {}, 'k'.repeat(255))).toMatchObject({ status: 'PENDING' });
    expect(await faultsOf(videoServices.accept(owner, {}, 'k'.repeat(256)))).toEqual([['INVALID', 'idempotencyKey']]);
    expect(await faultsOf(videoServices.accept(owner, {}, ''))).toEqual([['INVALID', 'idempotencyKey']]);
  });
});

describe('A queue', () => {
  beforeAll(fresh);

  it('gives no job while it is paused, and goes on when it is resumed', async () => {
    await videoServices.accept(owner);
    const jobs = new JobStore(db, 30);
    await db.em().execute("update queues set paused = true where name = 'VIDEO'");
    expect(await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], owner.userId)).toBeNull();
    await db.em().execute("update queues set paused = false where name = 'VIDEO'");
    expect(await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], owner.userId)).not.toBeNull();
  });

  it('gives the priority whose turn it is, and the next one where that has nothing', async () => {
    const low = await videoServices.accept(owner, { priority: 'LOW' });
    const urgent = await videoServices.accept(owner, { priority: 'URGENT' });
    const jobs = new JobStore(db, 30);
    const first = await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], owner.userId);
    const second = await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], owner.userId);
    expect([first?.videoId, second?.videoId]).toEqual([urgent.id, low.id]);
  });

  it('gives one job to one of 20 workers that ask at once', async () => {
    await fresh();
    await videoServices.accept(owner);
    const jobs = new JobStore(db, 30);
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => jobs.claimNext('VIDEO', ['NORMAL'], owner.userId)),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });
});

describe('A worker that stops', () => {
  beforeAll(fresh);

  it('finishes the stage under way, hands the rest back and takes nothing new', async () => {
    const { id } = await videoServices.accept(owner);
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const worker = videoServices.worker(async (_videoSpec, stageStore, stop) => {
      await begin(stageStore);
      begun.resolve();
      await release.promise;
      await finish(stageStore);
      stop.afterStage.throwIfAborted();
      throw new Error('the next stage was begun');
    });
    const working = worker.onNotification('VIDEO');
    await begun.promise;
    const closing = worker.close();
    release.resolve();
    await Promise.all([working, closing]);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', attempt: 0, failures: 0 });
    expect(await scriptOf(id)).toMatchObject({ status: 'COMPLETED' });
  });
});
