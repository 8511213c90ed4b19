import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AiGeneration } from '../../../src/entities/ai-generation.ts';
import { Job } from '../../../src/entities/job.ts';
import { Video } from '../../../src/entities/video.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { insertOrder } from '../../../src/services/generations/ordered-generations-sql.ts';
import { useQueues } from './queues-setup.ts';

const setup = useQueues();
const { announced, jobOf } = setup;
const statusOf = async (id: string) => (await setup.db.em().findOneOrFail(Video, { id })).status;
const reserved = async () => (await setup.videoServices.quotas.quotasOf(setup.owner.userId))[0]?.reserved;

describe('Waiting jobs that an operator cancels', () => {
  it('end as if their owners had canceled the videos, and can be run again', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    expect(await reserved()).toBe(1);
    announced.length = 0;
    expect(await setup.queues.cancelWaiting(COMMAND_LINE, 'AI')).toBe(0);
    expect(await setup.queues.cancelWaiting(COMMAND_LINE, 'VIDEO')).toBe(1);
    expect([await statusOf(id), (await jobOf(id)).status, await reserved()]).toEqual(['CANCELED', 'CANCELED', 0]);
    expect(announced).toEqual([setup.owner.userId]);
    expect(await setup.videoServices.runs.retry(setup.owner, id)).toMatchObject({ status: 'PENDING', run: 2 });
  });

  it('leave what a worker has, and what has ended', async () => {
    const failed = await setup.fail(setup.owner);
    await setup.put(1, { status: 'ACTIVE' });
    await setup.put(1, { status: 'DONE', finished: -1 });
    expect(await setup.queues.cancelWaiting(COMMAND_LINE, 'VIDEO')).toBe(0);
    expect(await statusOf(failed)).toBe('FAILED');
    expect(await setup.statsOf('VIDEO')).toMatchObject({ active: 1, succeeded: 1 });
  });

  it('of a content without a video fail with it, and give its quota back', async () => {
    const { db, owner, videoServices } = setup;
    const id = randomUUIDv7();
    const order = { type: 'TEXT', prompt: 'A line about bees', maxTokens: 50 } as const;
    await db.transaction(async (em) => {
      await videoServices.quotas.reserve(em, owner.userId, 'TEXT');
      await insertOrder(em, { id, userId: owner.userId, order }, { prompt: order.prompt, parameters: {} });
      await videoServices.jobs.enqueueGeneration(em, id);
    });
    announced.length = 0;
    expect(await setup.queues.cancelWaiting(COMMAND_LINE, 'AI')).toBe(1);
    expect(await db.em().findOneOrFail(AiGeneration, { id })).toMatchObject({
      status: 'FAILED',
      errorCode: 'CANCELED',
    });
    expect(await db.em().findOneOrFail(Job, { generationId: id })).toMatchObject({ status: 'CANCELED' });
    const quotas = await videoServices.quotas.quotasOf(owner.userId);
    expect(quotas.filter(({ type }) => type === 'TEXT').map((quota) => quota.reserved)).toEqual([0, 0]);
    expect(announced).toEqual([id]);
  });

  it('are canceled once by two operators at the same time', async () => {
    for (let count = 0; count < 3; count++) await setup.videoServices.accept(setup.owner);
    const counts = await Promise.all([
      setup.queues.cancelWaiting(COMMAND_LINE, 'VIDEO'),
      setup.queues.cancelWaiting(COMMAND_LINE, 'VIDEO'),
    ]);
    expect(counts[0] + counts[1]).toBe(3);
    expect(await reserved()).toBe(0);
  });
});
