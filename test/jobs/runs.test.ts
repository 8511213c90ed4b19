import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { faultsOf } from '../helpers/accounts.ts';
import { inRole } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { useRuns } from './runs-setup.ts';

const setup = useRuns();
const { fresh, begin, finish, videoOf, jobOf, scriptOf, messagesOf, reserved } = setup;

describe('A stage with a retriable error', () => {
  beforeAll(fresh);

  it('is tried again as often as configured, and then the video fails with its reason', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const worker = setup.videoServices.worker(async (_videoSpec, stageStore) => {
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

  it('waits between attempts, and is not claimed before the next one is due', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const worker = setup.videoServices.worker(
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
    const { id } = await setup.videoServices.accept(setup.owner);
    let turn = 0;
    const worker = setup.videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      if (turn++ === 1) await finish(stageStore);
      throw new AppError('LOCAL_TIMEOUT', 'The voice did not answer.', { retriable: true });
    });
    await worker.onNotification('VIDEO');
    await worker.onNotification('VIDEO');
    expect(await jobOf(id)).toMatchObject({ failures: 1 });
  });
});

describe('A stage with an error that is not retriable', () => {
  beforeAll(fresh);

  it('fails the video at once', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await setup.videoServices
      .worker(async (_videoSpec, stageStore) => {
        await begin(stageStore);
        throw new AppError('UNSUPPORTED_LANGUAGE', 'No provider supports the language.');
      })
      .onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'FAILED', error: { retriable: false } });
    expect((await scriptOf(id)).attempt).toBe(1);
  });
});

describe('A job that crashes its workers', () => {
  beforeAll(fresh);

  /** A worker that claims the next job and then crashes. */
  async function die(): Promise<void> {
    const jobs = new JobStore(setup.db, 0.001);
    await jobs.claimNext('VIDEO', ['NORMAL'], setup.owner.userId);
    await setup.db
      .em()
      .execute("update jobs set lease_expires_at = now() - interval '1 second' where status = 'ACTIVE'");
  }

  it('is tried again after the first', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await die();
    await setup.videoServices.worker(async () => undefined).onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is quarantined after the second, with the last progress message', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await die();
    await die();
    let made = 0;
    await setup.videoServices.worker(async () => void made++).onNotification('VIDEO');
    expect(made).toBe(0);
    expect(await videoOf(id)).toMatchObject({
      status: 'FAILED',
      error: { code: 'WORKER_DOWN', retriable: true, message: expect.stringContaining('Last progress: “Accepted') },
    });
  });
});

describe('Canceling', () => {
  beforeAll(fresh);

  it('ends a video that waits: its quota is free again, its stream ends', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    expect(await setup.videoServices.runs.cancel(setup.owner, id)).toMatchObject({ status: 'CANCELED' });
    expect(await messagesOf(id)).toEqual(['1 PENDING', '1 CANCELED']);
    expect(await reserved()).toBe(0);
    expect(setup.videoServices.stopped).toContain(id);
  });

  it('stops the worker of the video, with nothing written afterwards', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const started = Promise.withResolvers<void>();
    const worker = setup.videoServices.worker(async (_videoSpec, stageStore, stop) => {
      await begin(stageStore);
      started.resolve();
      await new Promise<void>((resolve) => stop.now.addEventListener('abort', () => resolve(), { once: true }));
      await finish(stageStore);
    });
    const working = worker.onNotification('VIDEO');
    await started.promise;
    await setup.videoServices.runs.cancel(setup.owner, id);
    worker.check(id);
    await working;
    expect(await messagesOf(id)).toEqual(['1 PENDING', '1 PROCESSING', '1 CANCELED']);
    expect(await scriptOf(id)).toMatchObject({ status: 'PENDING', inputHash: null });
  });

  it('is refused for a video that has ended, and for that of another user', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await setup.videoServices.runs.cancel(setup.owner, id);
    expect(await faultsOf(setup.videoServices.runs.cancel(setup.owner, id))).toEqual([['INVALID_STATE', 'id']]);
    expect(await faultsOf(setup.videoServices.runs.cancel(await ownerOn(setup.db), id))).toEqual([['NOT_FOUND', 'id']]);
  });
});

describe('A queue', () => {
  beforeAll(fresh);

  it('gives no job while it is paused, and continues when it is resumed', async () => {
    await setup.videoServices.accept(setup.owner);
    const jobs = new JobStore(setup.db, 30);
    await setup.db.em().execute("update queues set paused = true where name = 'VIDEO'");
    expect(await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], setup.owner.userId)).toBeNull();
    await setup.db.em().execute("update queues set paused = false where name = 'VIDEO'");
    expect(await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], setup.owner.userId)).not.toBeNull();
  });

  it('gives a job of the first requested priority, or of the next where that has none', async () => {
    const low = await setup.videoServices.accept(setup.owner, { priority: 'LOW' });
    const urgent = await setup.videoServices.accept(inRole(setup.owner, 'ADMIN'), { priority: 'URGENT' });
    const jobs = new JobStore(setup.db, 30);
    const first = await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], setup.owner.userId);
    const second = await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], setup.owner.userId);
    expect([first?.videoId, second?.videoId]).toEqual([urgent.id, low.id]);
  });

  it('gives one job to one of 20 workers that claim at once', async () => {
    await fresh();
    await setup.videoServices.accept(setup.owner);
    const jobs = new JobStore(setup.db, 30);
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => jobs.claimNext('VIDEO', ['NORMAL'], setup.owner.userId)),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });
});

describe('A worker that stops', () => {
  beforeAll(fresh);

  it('finishes the stage under way, hands the remaining work back and claims nothing new', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const worker = setup.videoServices.worker(async (_videoSpec, stageStore, stop) => {
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
