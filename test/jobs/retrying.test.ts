import { beforeAll, describe, expect, it } from 'vitest';
import { Video } from '../../src/entities/video.ts';
import { AppError } from '../../src/errors.ts';
import { faultsOf } from '../helpers/accounts.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { useRuns } from './runs-setup.ts';

const setup = useRuns();
const { fresh, begin, finish, videoOf, scriptOf, reserved } = setup;

describe('Retrying', () => {
  beforeAll(fresh);

  it('continues from the first unfinished stage in a new run', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const failing = setup.videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      await finish(stageStore);
      throw new AppError('FFMPEG_FAILED', 'FFmpeg failed.');
    });
    await failing.onNotification('VIDEO');
    const again = await setup.videoServices.runs.retry(setup.owner, id);
    expect(again).toMatchObject({ status: 'PENDING', run: 2, progress: 0, currentStage: 'SPEECH', error: null });
    expect(await scriptOf(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await reserved()).toBe(1);

    const seen: string[] = [];
    await setup.videoServices
      .worker(
        async (_videoSpec, stageStore) => void seen.push(String((await stageStore.checkpoint('SCRIPT'))?.inputHash)),
      )
      .onNotification('VIDEO');
    expect(seen).toEqual(['x'.repeat(64)]);
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED', run: 2 });
  });

  it('starts at the requested stage', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    const failing = setup.videoServices.worker(async (_videoSpec, stageStore) => {
      await begin(stageStore);
      await finish(stageStore);
      throw new AppError('FFMPEG_FAILED', 'FFmpeg failed.');
    });
    await failing.onNotification('VIDEO');
    expect(await setup.videoServices.runs.retry(setup.owner, id, { fromStage: 'SCRIPT' })).toMatchObject({
      currentStage: 'SCRIPT',
    });
    expect(await scriptOf(id)).toMatchObject({ status: 'PENDING', attempt: 0 });
  });

  it('is refused for a video that waits, and happens once for one key', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    expect(await faultsOf(setup.videoServices.runs.retry(setup.owner, id))).toEqual([['INVALID_STATE', 'id']]);
    await setup.videoServices.runs.cancel(setup.owner, id);
    const first = await setup.videoServices.runs.retry(setup.owner, id, { idempotencyKey: 'again' });
    const second = await setup.videoServices.runs.retry(setup.owner, id, { idempotencyKey: 'again' });
    expect([first.run, second.run]).toEqual([2, 2]);
  });
});

describe('The same idempotency key', () => {
  beforeAll(fresh);

  it('makes one video of 50 requests at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 50 }, () => setup.videoServices.accept(setup.owner, {}, 'one')),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await setup.db.em().count(Video, { ownerId: setup.owner.userId })).toBe(1);
    expect(await reserved()).toBe(1);
  });

  it('is refused with another input, and accepted with the same fields in another order', async () => {
    expect(await faultsOf(setup.videoServices.accept(setup.owner, { script: 'Other bees.' }, 'one'))).toEqual([
      ['IDEMPOTENCY_MISMATCH', 'idempotencyKey'],
    ]);
  });

  it('belongs to another video for another user', async () => {
    const other = await ownerOn(setup.db);
    expect((await setup.videoServices.accept(other, {}, 'one')).ownerId).toBe(other.userId);
  });

  it('may be 255 characters long, and not 256 or none', async () => {
    expect(await setup.videoServices.accept(setup.owner, {}, 'k'.repeat(255))).toMatchObject({ status: 'PENDING' });
    expect(await faultsOf(setup.videoServices.accept(setup.owner, {}, 'k'.repeat(256)))).toEqual([
      ['INVALID', 'idempotencyKey'],
    ]);
    expect(await faultsOf(setup.videoServices.accept(setup.owner, {}, ''))).toEqual([['INVALID', 'idempotencyKey']]);
  });
});
