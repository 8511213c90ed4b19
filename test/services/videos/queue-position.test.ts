import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import type { JobPriority } from '../../../src/entities/enums.ts';
import { DurationEstimator } from '../../../src/forecast/duration-estimator.ts';
import { QueuePositions } from '../../../src/services/videos/queue-position.ts';
import { MAX_COUNTED_POSITION } from '../../../src/services/videos/queue-position-sql.ts';
import { RunHistory } from '../../../src/services/videos/run-history.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { inRole } from '../../helpers/job-fixture.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

let db: Database;
let videoServices: ReturnType<typeof videoServicesOn>;
let owner: Viewer;
let waiting: QueuePositions;
const fail = (thrown: unknown) => {
  throw thrown;
};
beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await ownerOn(db);
  for (const table of ['videos', 'workers']) await db.em().execute(`delete from ${table}`);
  await db.em().execute('update queues set paused = false');
  waiting = new QueuePositions(db, new RunHistory({ db, onFault: fail }));
});

/** A worker with this number of slots and a heartbeat just now. */
const employ = (slots: number) =>
  sql`insert into workers (id, hostname, pid, slots) values (${randomUUIDv7()}, 'here', 1, ${slots})`.execute(db.sql());

const accept = async (priority: JobPriority = 'NORMAL', script = 'Bees dance.') =>
  (await videoServices.accept(inRole(owner, 'ADMIN'), { priority, script })).id;

const of = async (...ids: string[]) => await waiting.of(ids);

/** A finished video that took this many times as long as the table of a new installation says. */
async function wasMade(factor: number): Promise<void> {
  const id = await accept();
  await sql`update jobs set status = 'DONE', finished_at = now() where video_id = ${id}`.execute(db.sql());
  await sql`update videos set status = 'COMPLETED', duration_seconds = 10, script = repeat('a', 150) where id = ${id}`.execute(
    db.sql(),
  );
  const work = { filmSeconds: 10, scenes: 0, megapixels: (480 * 480 * 16) / 9 / 1e6 };
  for (const stage of ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'] as const)
    await sql`
      insert into video_stages (video_id, stage, status, started_at, completed_at) values (${id}, ${stage}, 'COMPLETED', now(),
        now() + make_interval(secs => ${factor * new DurationEstimator([]).stageSeconds(stage, work)}))`.execute(
      db.sql(),
    );
}

describe('A waiting video', () => {
  it('has its position: first in, first out within a priority, and by the weights among priorities, so that LOW is not last', async () => {
    const [first, second] = [await accept(), await accept()];
    const low = await accept('LOW');
    const urgent = await accept('URGENT');
    expect((await of(urgent, first, second, low)).map((one) => one?.position)).toEqual([1, 2, 4, 3]);
  });

  it('has none once it is in progress, has ended, or waits until its retry is due', async () => {
    const ids = [await accept(), await accept(), await accept()];
    const [running, done, later] = ids;
    await sql`update jobs set status = 'ACTIVE', lease_expires_at = now() + interval '1 minute' where video_id = ${running}`.execute(
      db.sql(),
    );
    await sql`update jobs set status = 'DONE', finished_at = now() where video_id = ${done}`.execute(db.sql());
    await sql`update jobs set available_at = now() + interval '1 minute' where video_id = ${later}`.execute(db.sql());
    const last = await accept();
    expect(await of(...ids)).toEqual([null, null, null]);
    expect((await of(last))[0]?.position).toBe(1);
  });

  it('has an estimate of its wait and its making, which is longer with more videos before it', async () => {
    await employ(1);
    const ids = [await accept(), await accept(), await accept()];
    const etas = (await of(...ids)).map((one) => one?.etaSeconds ?? 0);
    const [first = 0, second = 0, third = 0] = etas;
    expect(first).toBeGreaterThanOrEqual(1);
    expect(second).toBeGreaterThanOrEqual(2 * first - 1);
    expect(third).toBeGreaterThan(second);
    await employ(2);
    expect((await of(...ids)).map((one) => one?.etaSeconds)).toEqual([first, first, first]);
  });

  it('waits for running videos, as long as these still take', async () => {
    await employ(1);
    const [running, next] = [await accept(), await accept()];
    const [before] = await of(running);
    await sql`update jobs set status = 'ACTIVE', lease_expires_at = now() + interval '1 minute' where video_id = ${running}`.execute(
      db.sql(),
    );
    await sql`update videos set eta_seconds = 600, updated_at = now() where id = ${running}`.execute(db.sql());
    const [found] = await of(next);
    expect(found?.position).toBe(1);
    expect(found?.etaSeconds).toBeGreaterThan(590);
    expect(found?.etaSeconds).toBeLessThanOrEqual(601 + (before?.etaSeconds ?? 0));
  });

  it('has no estimate while no worker takes videos', async () => {
    const id = await accept();
    expect(await of(id)).toEqual([{ position: 1, etaSeconds: null }]);
    await employ(1);
    expect((await of(id))[0]?.etaSeconds).toBeGreaterThan(0);
    await sql`insert into queues (name, paused) values ('VIDEO', true) on conflict (name) do update set paused = true`.execute(
      db.sql(),
    );
    expect(await of(id)).toEqual([{ position: 1, etaSeconds: null }]);
  });

  it('is estimated from recent videos', async () => {
    await employ(1);
    const id = await accept('NORMAL', 'Bees dance. '.repeat(100));
    const [before] = await of(id);
    for (const factor of [20, 20, 20]) await wasMade(factor);
    waiting = new QueuePositions(db, new RunHistory({ db, onFault: fail }));
    const [after] = await of(id);
    expect((after?.etaSeconds ?? 0) / (before?.etaSeconds ?? 1)).toBeGreaterThan(10);
  });

  it('is counted up to a last position, however many wait, in few index entries', async () => {
    await employ(1);
    const id = await accept();
    await sql`
      with made as (
        insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution, status)
        select gen_random_uuid(), ${owner.userId}, 'Bees', '{"kind":"script","text":"Bees."}', 'en', 'LANDSCAPE_16_9', 'SD_480', 'PENDING'
        from generate_series(1, ${3 * MAX_COUNTED_POSITION}) returning id
      )
      insert into jobs (id, queue, video_id, available_at)
      select gen_random_uuid(), 'VIDEO', id, now() - interval '1 hour' from made`.execute(db.sql());
    expect(await of(id)).toEqual([{ position: MAX_COUNTED_POSITION, etaSeconds: null }]);
    const urgent = await accept('URGENT');
    expect((await of(urgent))[0]?.position).toBe(1);
  });
});

describe('The durations of earlier videos', () => {
  it('are read once for all callers within ten seconds', async () => {
    let now = 0;
    const history = new RunHistory({ db, onFault: fail, now: () => now });
    const [one, other] = await Promise.all([history.read(), history.read()]);
    expect(other).toBe(one);
    now = 9_999;
    expect(await history.read()).toBe(one);
    now = 10_001;
    expect(await history.read()).not.toBe(one);
  });

  it('are the previous ones where they cannot be read, and the fault is reported', async () => {
    const faults: unknown[] = [];
    const broken = await createTestDatabase();
    await broken.em().execute('alter table jobs rename to gone');
    const history = new RunHistory({ db: broken, onFault: (thrown) => void faults.push(thrown) });
    expect((await history.read()).spokenSeconds(150, 'en', 1)).toBe(10);
    expect(faults).toHaveLength(1);
    await broken.close();
  });
});
