import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { Video } from '../../../src/entities/video.ts';
import { AppError } from '../../../src/errors.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { ownerOn } from '../../helpers/video-services.ts';
import { useQueues } from './queues-setup.ts';

const setup = useQueues();
const { announced, statsOf, jobOf, put, fail } = setup;

describe('Failed jobs', () => {
  it('are listed with their reason, the newest first, as many as requested', async () => {
    const first = await fail(setup.owner, 'The first.');
    const second = await fail(setup.owner, 'The second.');
    expect(await setup.queues.failedJobs('VIDEO', 20)).toEqual([
      {
        id: (await jobOf(second)).id,
        videoId: second,
        queue: 'VIDEO',
        attempts: 1,
        errorCode: 'FFMPEG_FAILED',
        errorMessage: 'The second.',
        failedAt: expect.any(Date),
      },
      expect.objectContaining({ videoId: first }),
    ]);
    expect(await setup.queues.failedJobs('VIDEO', 1)).toMatchObject([{ videoId: second }]);
    expect(await setup.queues.failedJobs('AI', 20)).toEqual([]);
  });

  it('of deleted videos are neither listed, nor counted, nor run again', async () => {
    const id = await fail(setup.owner);
    await setup.videoServices.videos.remove(setup.owner, id);
    expect(await setup.queues.failedJobs('VIDEO', 20)).toEqual([]);
    expect(await statsOf('VIDEO')).toMatchObject({ failed: 0 });
    expect(await setup.queues.retryFailed(COMMAND_LINE, 'VIDEO')).toEqual({ retried: 0, faults: [] });
  });

  it('all run again in new runs, and their owners’ streams receive the events', async () => {
    const other = await ownerOn(setup.db);
    const ids = [await fail(setup.owner), await fail(other)];
    await put(1, { queue: 'AI', status: 'FAILED', finished: -1 });
    expect(await setup.queues.retryFailed(COMMAND_LINE, 'VIDEO')).toEqual({ retried: 2, faults: [] });
    for (const id of ids) {
      expect(await setup.db.em().findOneOrFail(Video, { id })).toMatchObject({
        status: 'PENDING',
        run: 2,
        error: null,
      });
      expect(await jobOf(id)).toMatchObject({ status: 'WAITING', errorCode: null });
    }
    expect([announced, setup.worked]).toEqual([[setup.owner.userId, other.userId], 1]);
    expect(await statsOf('AI')).toMatchObject({ failed: 1 });
    expect(await setup.queues.retryFailed(COMMAND_LINE, 'VIDEO')).toEqual({ retried: 0, faults: [] });
  });

  it('of an owner whose quota is used up stay, those of others run, and it is reported once', async () => {
    const other = await ownerOn(setup.db);
    const ids = [await fail(setup.owner), await fail(setup.owner), await fail(other)];
    await sql`update ai_quotas set used = 49 where user_id = ${setup.owner.userId} and period = 'DAILY'`.execute(
      setup.db.sql(),
    );
    const { retried, faults } = await setup.queues.retryFailed(COMMAND_LINE, 'VIDEO');
    expect(retried).toBe(2);
    expect(faults).toMatchObject([
      { code: 'QUOTA_EXCEEDED', message: expect.stringMatching(/^Not all failed jobs of user_\w+ .*50 videos a day/) },
    ]);
    const statuses = await Promise.all(
      ids.map(async (id) => (await setup.db.em().findOneOrFail(Video, { id })).status),
    );
    expect(statuses).toEqual(['PENDING', 'FAILED', 'PENDING']);
    expect((await setup.videoServices.quotas.quotasOf(setup.owner.userId))[0]).toMatchObject({ reserved: 1 });
  });

  it('run once with two concurrent requests', async () => {
    const id = await fail(setup.owner);
    const results = await Promise.all([
      setup.queues.retryFailed(COMMAND_LINE, 'VIDEO'),
      setup.queues.retryFailed(COMMAND_LINE, 'VIDEO'),
    ]);
    expect(results.map(({ retried }) => retried).toSorted()).toEqual([0, 1]);
    expect(await setup.db.em().findOneOrFail(Video, { id })).toMatchObject({ run: 2 });
    expect((await setup.videoServices.quotas.quotasOf(setup.owner.userId))[0]).toMatchObject({ reserved: 1 });
  });

  it('that are cleared are no longer listed; the video stays failed, and its owner can run it again', async () => {
    const id = await fail(setup.owner);
    expect([
      await setup.queues.clearFailed(COMMAND_LINE, 'AI'),
      await setup.queues.clearFailed(COMMAND_LINE, 'VIDEO'),
    ]).toEqual([0, 1]);
    expect(await setup.queues.clearFailed(COMMAND_LINE, 'VIDEO')).toBe(0);
    expect(await setup.queues.failedJobs('VIDEO', 20)).toEqual([]);
    expect(await statsOf('VIDEO')).toMatchObject({ failed: 0, failureRate: 100 });
    expect(await setup.queues.retryFailed(COMMAND_LINE, 'VIDEO')).toEqual({ retried: 0, faults: [] });
    expect(await setup.db.em().findOneOrFail(Video, { id })).toMatchObject({ status: 'FAILED' });
    expect(await setup.videoServices.runs.retry(setup.owner, id)).toMatchObject({ status: 'PENDING', run: 2 });
  });

  it('are listed again when they fail once more after having been cleared', async () => {
    const id = await fail(setup.owner);
    await setup.queues.clearFailed(COMMAND_LINE, 'VIDEO');
    await setup.videoServices.runs.retry(setup.owner, id);
    await setup.videoServices
      .worker(async () => {
        throw new AppError('FFMPEG_FAILED', 'Again.');
      })
      .onNotification('VIDEO');
    expect(await setup.queues.failedJobs('VIDEO', 20)).toMatchObject([
      { videoId: id, errorMessage: 'Again.', attempts: 2 },
    ]);
  });
});
