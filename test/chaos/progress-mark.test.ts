import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';
import { lostAndLate } from './evidence.ts';
import { StallDetector, workProgress } from './progress-mark.ts';

describe('A run ends', () => {
  it('after the time limit without progress, and never while there is progress', () => {
    let now = 0;
    const stallDetector = new StallDetector(10, () => now);
    for (const mark of ['a', 'b', 'c', 'd']) {
      now += 9;
      expect(stallDetector.isStalled(mark), mark).toBe(false);
      expect(stallDetector.isStalled(mark), mark).toBe(false);
    }
    now += 9.9;
    expect(stallDetector.isStalled('d')).toBe(false);
    now += 0.1;
    expect(stallDetector.isStalled('d')).toBe(true);
  });
});

describe('A video that is not ready', () => {
  it('is late while a job will make it, and lost where none will', async () => {
    const db = await createTestDatabase();
    const videoServices = videoServicesOn(db);
    const owner = await ownerOn(db);
    const ids = [];
    for (let count = 0; count < 5; count++) ids.push((await videoServices.accept(owner)).id);
    const [waiting = '', running = '', forgotten = '', failedJob = '', done = ''] = ids;
    const set = (id: string, status: string) =>
      db.em().execute(`update jobs set status = ?, lease_expires_at = now() where video_id = ?`, [status, id]);
    await set(running, 'ACTIVE');
    await db.em().execute('delete from jobs where video_id = ?', [forgotten]);
    await set(failedJob, 'FAILED');
    await set(done, 'DONE');
    await db.em().execute(`update videos set status = 'COMPLETED' where id = ?`, [done]);
    const never = 'a0000000-0000-4000-8000-000000000000';
    expect(await lostAndLate(db, new Set([...ids, never]))).toEqual({ lost: 3, late: 2 });
    // Its creation was requested, and never confirmed.
    expect(await lostAndLate(db, new Set([running, forgotten, failedJob, done]))).toEqual({ lost: 3, late: 1 });
    expect(waiting).not.toBe('');
    await db.close();
  });

  it('moves the mark when an event is written or its job is claimed, and not by a read', async () => {
    const db = await createTestDatabase();
    const videoServices = videoServicesOn(db);
    const owner = await ownerOn(db);
    await videoServices.accept(owner);
    const first = await workProgress(db);
    expect(await workProgress(db)).toEqual(first);
    expect(first.left).toBe(1);
    await videoServices.accept(owner);
    const second = await workProgress(db);
    expect(second.mark).not.toBe(first.mark);
    await db.em().execute('update jobs set rings = rings + 1, rung_at = now(), heartbeat_at = now()');
    expect(await workProgress(db)).toEqual(second);
    await db.em().execute('update jobs set fence = fence + 1');
    expect((await workProgress(db)).mark).not.toBe(second.mark);
    await db.close();
  });
});
