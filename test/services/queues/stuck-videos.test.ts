import { describe, expect, it } from 'vitest';
import { useRecovery } from './recovery-setup.ts';

const setup = useRecovery();
const { HOUR, idsOf, inProgress, age, hung } = setup;

describe('A video is stuck', () => {
  it('where its worker has sent no heartbeat for longer than the age, and not for shorter', async () => {
    const { id } = await inProgress();
    await age(id, { lease: HOUR + 5 });
    expect(await setup.recovery.stuck(HOUR)).toMatchObject([
      { videoId: id, ownerId: setup.owner.userId, stage: 'SPEECH', progress: 30, lastHeartbeatAt: expect.any(Date) },
    ]);
    expect((await setup.recovery.stuck(HOUR))[0]?.stuckSeconds).toBe(HOUR + 5);
    await age(id, { lease: HOUR - 5 });
    expect(await setup.recovery.stuck(HOUR)).toEqual([]);
  });

  it('where there was no progress for longer although its worker is alive, and not for shorter', async () => {
    const { id } = await inProgress();
    await age(id, { progress: HOUR + 5, claim: 3 * HOUR });
    expect(await setup.recovery.stuck(HOUR)).toMatchObject([{ videoId: id, stuckSeconds: HOUR + 5 }]);
    await age(id, { progress: HOUR - 5 });
    expect(await setup.recovery.stuck(HOUR)).toEqual([]);
  });

  it('not where it waited long and was claimed just now', async () => {
    const { id } = await inProgress();
    await age(id, { progress: 5 * HOUR, claim: 1 });
    expect(await setup.recovery.stuck(HOUR)).toEqual([]);
  });

  it('where no worker has its job any more', async () => {
    const { id } = await inProgress();
    await setup.db.em().execute('delete from jobs');
    await age(id, { progress: 2 * HOUR });
    expect(await setup.recovery.stuck(HOUR)).toMatchObject([{ videoId: id, lastHeartbeatAt: null }]);
  });

  it('not while it waits for a worker or for its next attempt, has ended, or is deleted', async () => {
    const waiting = await inProgress();
    await setup.jobs.release(waiting.claim);
    await age(waiting.id, { progress: 2 * HOUR, claim: 2 * HOUR });
    const ended = await hung();
    await setup.videoServices.runs.cancel(setup.owner, ended.id);
    await age(ended.id, { progress: 2 * HOUR });
    const deleted = await hung();
    await setup.db.em().execute('update videos set deleted_at = now() where id = ?', [deleted.id]);
    await setup.videoServices.accept(setup.owner);
    expect(await setup.recovery.stuck(HOUR)).toEqual([]);
  });

  it('with the time of the last heartbeat of its worker', async () => {
    const { id, claim } = await inProgress();
    await setup.db.em().execute("update jobs set heartbeat_at = now() - interval '1 hour'");
    await setup.jobs.renew(claim);
    const [stuck] = await setup.recovery.stuck(0);
    expect(stuck).toMatchObject({ videoId: id });
    expect(Date.now() - (stuck?.lastHeartbeatAt?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it('and the longest is listed first', async () => {
    const one = await hung();
    const other = await inProgress();
    await age(other.id, { lease: 3 * HOUR });
    expect(idsOf(await setup.recovery.stuck(HOUR))).toEqual([other.id, one.id]);
  });
});
