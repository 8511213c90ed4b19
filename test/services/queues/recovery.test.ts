import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { StuckVideoRecovery } from '../../../src/jobs/tasks/recover-stuck-videos.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { RECLAIMED_MESSAGE } from '../../../src/services/videos/video-store.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { until } from '../../helpers/until.ts';
import { useRecovery } from './recovery-setup.ts';

const setup = useRecovery();
const {
  HOUR,
  announced,
  stopped,
  videoOf,
  jobOf,
  stageOf,
  eventsOf,
  stageStoreOf,
  idsOf,
  inProgress,
  age,
  hung,
  dead,
} = setup;

describe('Recovering a video', () => {
  it.each([
    ['a crashed worker', dead],
    ['a worker that hangs', hung],
  ])('from %s makes it wait again in the same run, with its finished stages', async (_from, make) => {
    const { id, claim } = await make();
    const healthy = await inProgress();
    await setup.db.em().execute('delete from outbox');
    expect(idsOf(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR }))).toEqual([id]);

    expect(await jobOf(id)).toMatchObject({
      status: 'WAITING',
      fence: claim.fence + 1,
      workerId: null,
      leaseExpiresAt: null,
      deaths: 1,
      rings: 1,
    });
    expect(await videoOf(id)).toMatchObject({ status: 'PROCESSING', run: 1, progress: 30, currentStage: 'SPEECH' });
    expect(await stageOf(id, 'SCRIPT')).toMatchObject({ status: 'COMPLETED', inputHash: 'x'.repeat(64) });
    expect(await stageOf(id, 'SPEECH')).toMatchObject({ status: 'PENDING', progress: 0 });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      status: 'PROCESSING',
      run: 1,
      progress: 30,
      stage: 'SPEECH',
      stageStatus: 'PENDING',
      message: RECLAIMED_MESSAGE,
    });
    expect((await sql`select ring from outbox`.execute(setup.db.sql())).rows).toEqual([{ ring: 1 }]);
    expect([announced, stopped]).toEqual([[id], [id]]);
    expect(await jobOf(healthy.id)).toMatchObject({ status: 'ACTIVE', fence: healthy.claim.fence });
    expect(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR })).toEqual([]);
  });

  it('lets another worker finish it', async () => {
    const { id } = await hung();
    await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR });
    const checkpoints: unknown[] = [];
    await setup.videoServices
      .worker(async (_videoSpec, stageStore) => void checkpoints.push(await stageStore.checkpoint('SCRIPT')))
      .onNotification('VIDEO');
    expect(checkpoints).toMatchObject([{ inputHash: 'x'.repeat(64) }]);
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED', run: 1 });
  });

  it('refuses all later writes of the previous worker', async () => {
    const { id, claim } = await hung();
    await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR });
    const before = (await eventsOf(id)).length;
    const late = {
      stage: 'SPEECH',
      stageStatus: 'RUNNING',
      stageProgress: 50,
      progress: 40,
      message: 'Late.',
    } as const;
    await expect(stageStoreOf(claim).report(late, {})).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(
      stageStoreOf(claim).complete(
        { ...late, stageStatus: 'COMPLETED' },
        { inputHash: 'y'.repeat(64), output: {} },
        {},
      ),
    ).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await setup.jobs.renew(claim)).toBe(false);
    await setup.jobs.release(claim);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', rings: 1 });
    expect(await eventsOf(id)).toHaveLength(before);
  });

  it('creates a job for a video without one', async () => {
    const { id } = await inProgress();
    await setup.db.em().execute('delete from jobs');
    await age(id, { progress: 2 * HOUR });
    expect(idsOf(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR }))).toEqual([id]);
    await setup.videoServices.worker(async () => undefined).onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is limited to the given ids, where there are any', async () => {
    const [one, other] = [await hung(), await dead()];
    const healthy = await inProgress();
    const request = { olderThanSeconds: HOUR, videoIds: [other.id, healthy.id] };
    expect(idsOf(await setup.recovery.recover(COMMAND_LINE, request))).toEqual([other.id]);
    expect(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR, videoIds: [] })).toEqual([]);
    expect(await jobOf(one.id)).toMatchObject({ status: 'ACTIVE' });
  });

  it('changes nothing in a dry run, which returns the same videos', async () => {
    const { id } = await hung();
    const rows = async () =>
      JSON.stringify([await videoOf(id), await jobOf(id), await stageOf(id, 'SPEECH'), await eventsOf(id)]);
    const before = await rows();
    expect(idsOf(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR, dryRun: true }))).toEqual([id]);
    expect(await rows()).toBe(before);
    expect([announced, stopped]).toEqual([[], []]);
  });

  it('happens once with many concurrent requests', async () => {
    const videos = [await hung(), await dead(), await hung()];
    const tries = await Promise.all(
      Array.from({ length: 4 }, () => setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR })),
    );
    expect(idsOf(tries.flat()).toSorted()).toEqual(videos.map(({ id }) => id).toSorted());
    for (const { id, claim } of videos) {
      expect(await jobOf(id)).toMatchObject({ fence: claim.fence + 1, deaths: 1 });
      expect((await eventsOf(id)).filter(({ message }) => message === RECLAIMED_MESSAGE)).toHaveLength(1);
    }
  });

  it('skips a video that is locked by a writer', async () => {
    const [locked, other] = [await hung(), await dead()];
    await setup.db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [locked.id]);
      expect(idsOf(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR }))).toEqual([other.id]);
    });
  });

  it('skips a video that makes progress at the last moment', async () => {
    const { id, claim } = await hung();
    const { recovering } = await setup.db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [id]);
      const recovering = setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR });
      await until('a session waits for the job', async () => {
        const { rows } = await sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          setup.db.sql(),
        );
        return rows.length > 0;
      });
      await em.execute('update video_events set at = clock_timestamp() where video_id = ?', [id]);
      return { recovering };
    });
    expect(await recovering).toEqual([]);
    expect(await jobOf(id)).toMatchObject({ status: 'ACTIVE', fence: claim.fence });
  });

  it('counts as a crash: a job that blocks two workers is quarantined, with its last progress message', async () => {
    const { id } = await hung();
    await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR });
    await setup.jobs.claimNext('VIDEO', ['NORMAL'], randomUUIDv7());
    await age(id, { progress: 2 * HOUR, claim: 2 * HOUR });
    await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR });
    await setup.videoServices.worker(async () => undefined).onNotification('VIDEO');
    const error = { code: 'WORKER_DOWN', message: expect.stringContaining('Last progress: “Speaking.”') };
    expect(await videoOf(id)).toMatchObject({ status: 'FAILED', error });
  });

  it('accepts an age of 0 and none below', async () => {
    const { id } = await hung();
    expect(idsOf(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: 0, dryRun: true }))).toEqual([id]);
    expect(await faultsOf(setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: -1 }))).toEqual([
      ['INVALID', 'olderThanSeconds'],
    ]);
  });
});

describe('The periodic task', () => {
  it('recovers videos that are stuck for longer than the setting, and logs it', async () => {
    const { id } = await hung();
    const log: unknown[] = [];
    const logger = createLogger({ level: 'info', destination: { write: (line) => log.push(JSON.parse(line)) } });
    const task = (olderThanSeconds: number) =>
      new StuckVideoRecovery({ recovery: setup.recovery, logger, olderThanSeconds });
    const { signal } = new AbortController();
    expect(await task(10 * HOUR).recover(signal)).toEqual([]);
    expect(log).toEqual([]);
    expect(idsOf(await task(HOUR).recover(signal))).toEqual([id]);
    expect(log).toEqual([expect.objectContaining({ level: 'WARNING', video_id: id })]);
  });

  it('ends between two videos when it is stopped', async () => {
    await hung();
    await hung();
    expect(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR, signal: AbortSignal.abort() })).toEqual(
      [],
    );
    expect(await setup.recovery.recover(COMMAND_LINE, { olderThanSeconds: HOUR })).toHaveLength(2);
  });
});
