import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { JobStore } from '../../../src/jobs/queue/job-store.ts';
import type { VideoClaim } from '../../../src/jobs/queue/lease.ts';
import { AttemptOutcomes } from '../../../src/jobs/worker/attempt-outcomes.ts';
import { LeasedStageStore } from '../../../src/jobs/worker/leased-stage-store.ts';
import type { StageName } from '../../../src/pipeline/stages.ts';
import { reclaimVideo } from '../../../src/services/videos/video-store.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { busWithoutRedis, jobFixtureOn, jobRow } from '../../helpers/job-fixture.ts';
import { ownerOn } from '../../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
let videoId: string;
let jobId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  ann = await ownerOn(db);
  await sql`delete from videos`.execute(db.sql());
  const ordered = await fixture.order(ann);
  videoId = ordered.video.id;
  jobId = ordered.jobId;
});

const stepOf = (stage: StageName) => ({ stage, progress: 10, stageProgress: 0, message: 'Working.' }) as const;
const stageStoreOf = (claim: VideoClaim) =>
  new LeasedStageStore({ db, jobs: new JobStore(db, 30), bus: busWithoutRedis(), claim, maxAttempts: 4 });
const begin = (claim: VideoClaim, stage: StageName = 'SCRIPT', provider = 'local') =>
  stageStoreOf(claim).begin({ ...stepOf(stage), stageStatus: 'RUNNING' }, provider);
const finish = (claim: VideoClaim, stage: StageName = 'SCRIPT', provider?: string) =>
  stageStoreOf(claim).complete(
    { ...stepOf(stage), stageStatus: 'COMPLETED', ...(provider && { provider }) },
    { inputHash: 'x'.repeat(64), output: {} },
    {},
  );
const history = async () => (await fixture.videos.historyOf([videoId]))[0] ?? [];
const outcomesOf = (retries: number) =>
  new AttemptOutcomes({
    db,
    jobs: fixture.jobs,
    quotas: fixture.quotas,
    bus: busWithoutRedis(),
    policy: { retries, firstDelaySeconds: 0 },
  });
/** The call of a provider, paid within a stage. */
async function pay(stage: StageName, cost: string): Promise<void> {
  const id = randomUUIDv7();
  await sql`
    insert into ai_generations (id, user_id, video_id, stage, type, provider, status, input_hash)
    values (${id}, ${ann.userId}, ${videoId}, ${stage}, 'IMAGE', 'fake', 'COMPLETED', ${id})`.execute(db.sql());
  await sql`
    insert into generation_attempts (id, generation_id, provider, number, paid, run, state, cost)
    values (${randomUUIDv7()}, ${id}, 'fake', 1, true, 1, 'SETTLED', ${cost})`.execute(db.sql());
}

describe('The processing history of a video', () => {
  it('is empty until a worker begins a stage', async () => {
    expect(await history()).toEqual([]);
  });

  it('has a row for each attempt, with its worker and its end', async () => {
    const claim = await fixture.claim(jobId);
    const { worker_id: workerId } = await jobRow(db, jobId);
    await begin(claim, 'SCRIPT', 'openai');
    expect(await history()).toMatchObject([{ status: 'RUNNING', endedAt: null, workerId, provider: 'openai' }]);
    await finish(claim, 'SCRIPT', 'claude');
    await begin(claim, 'SPEECH');
    const error = new AppError('FFMPEG_FAILED', 'It failed.', { retriable: true });
    expect(await outcomesOf(3).fail(claim, error, 'trace')).toBe('RETRYING');
    const second = await fixture.claim(jobId);
    await begin(second, 'SPEECH');
    await finish(second, 'SPEECH');
    const rows = await history();
    expect(rows).toMatchObject([
      { run: 1, stage: 'SCRIPT', attempt: 1, status: 'COMPLETED', provider: 'claude', errorCode: null, workerId },
      { run: 1, stage: 'SPEECH', attempt: 1, status: 'FAILED', errorCode: 'FFMPEG_FAILED', workerId },
      { run: 1, stage: 'SPEECH', attempt: 2, status: 'COMPLETED', errorCode: null },
    ]);
    for (const { startedAt, endedAt } of rows) expect(endedAt?.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
    expect(rows[2]?.workerId).not.toBe(workerId);
  });

  it('keeps the attempts of earlier runs', async () => {
    const claim = await fixture.claim(jobId);
    await begin(claim);
    await outcomesOf(0).fail(claim, new AppError('FFMPEG_FAILED', 'It failed.'), 'trace');
    await fixture.runs.retry(ann, videoId);
    await begin(await fixture.claim(jobId));
    expect(await history()).toMatchObject([
      { run: 1, attempt: 1, status: 'FAILED' },
      { run: 2, attempt: 1, status: 'RUNNING' },
    ]);
  });

  it('says what each attempt has cost, also where it was paid before the attempt or became known after it', async () => {
    const claim = await fixture.claim(jobId);
    await begin(claim, 'VISUALS');
    await pay('SCRIPT', '9');
    await pay('VISUALS', '0.04');
    await outcomesOf(3).fail(claim, new AppError('FFMPEG_FAILED', 'It failed.', { retriable: true }), 'trace');
    await pay('VISUALS', '0.01');
    const second = await fixture.claim(jobId);
    await begin(second, 'VISUALS');
    await pay('VISUALS', '0.02');
    expect((await history()).map(({ cost }) => cost)).toEqual(['0.0400', null]);
    await finish(second, 'VISUALS');
    expect((await history()).map(({ cost }) => cost)).toEqual(['0.0400', '0.0300']);
  });

  it('ends an attempt whose worker has gone with its last sign of progress, when the next worker begins', async () => {
    await begin(await fixture.claim(jobId));
    await sql`update video_processing_history set started_at = now() - interval '1 hour'`.execute(db.sql());
    await sql`update video_events set at = now() - interval '50 minutes'`.execute(db.sql());
    await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${jobId}`.execute(db.sql());
    await begin(await fixture.claim(jobId));
    const [gone, current] = await history();
    expect(gone).toMatchObject({ attempt: 1, status: 'ABORTED', errorCode: null });
    expect(((gone?.endedAt?.getTime() ?? 0) - (gone?.startedAt.getTime() ?? 0)) / 60_000).toBeCloseTo(10, 0);
    expect(current).toMatchObject({ attempt: 1, status: 'RUNNING' });
  });

  it('names a canceled run, and a worker that made no progress', async () => {
    await begin(await fixture.claim(jobId));
    await db.transaction((em) => reclaimVideo(em, { videoId, stage: 'SCRIPT', progress: 10 }));
    expect(await history()).toMatchObject([{ status: 'ABORTED', errorCode: 'STALLED' }]);
    await sql`update jobs set status = 'WAITING', lease_expires_at = null`.execute(db.sql());
    await begin(await fixture.claim(jobId));
    await fixture.runs.cancel(ann, videoId);
    expect((await history())[1]).toMatchObject({ status: 'ABORTED', errorCode: 'CANCELED' });
    expect((await history())[1]?.endedAt).not.toBeNull();
  });

  it('shows the last hundred attempts, the oldest first', async () => {
    await sql`
      insert into video_processing_history (video_id, number, run, stage, attempt)
      select ${videoId}, number, number, 'SCRIPT', 1 from generate_series(1, 120) as number`.execute(db.sql());
    const runs = (await history()).map(({ run }) => run);
    expect([runs.length, runs[0], runs.at(-1)]).toEqual([100, 21, 120]);
  });

  it('is deleted with its video', async () => {
    await begin(await fixture.claim(jobId));
    await sql`delete from videos where id = ${videoId}`.execute(db.sql());
    const { rows } = await sql`select from video_processing_history`.execute(db.sql());
    expect(rows).toEqual([]);
  });
});
