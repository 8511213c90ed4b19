import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import type { TraceIds } from '../../src/trace-ids.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn, jobRow } from '../helpers/job-fixture.ts';
import { INPUT, ownerOn } from '../helpers/video-services.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

const traceOf = (digit: string): TraceIds => ({ traceId: digit.repeat(32), spanId: digit.repeat(16) });

/** A video that a request with this trace has ordered, and its job. */
async function ordered(trace?: TraceIds) {
  const video = await fixture.videos.create(owner, INPUT, null, trace);
  const { id: jobId } = await db
    .sql()
    .selectFrom('jobs')
    .select('id')
    .where('video_id', '=', video.id)
    .executeTakeFirstOrThrow();
  return { videoId: video.id, jobId };
}

async function failedAt(jobId: string): Promise<void> {
  await fixture.outcomes.fail(await fixture.claim(jobId), new AppError('FFMPEG_FAILED', 'No.'), 'f'.repeat(32));
}

describe('A job', () => {
  it('has the trace of the request that ordered it, in each of its claims', async () => {
    const { jobId } = await ordered(traceOf('a'));
    const claim = await fixture.claim(jobId);
    expect(claim).toMatchObject(traceOf('a'));
    await fixture.jobs.release(claim);
    expect(await fixture.claim(jobId)).toMatchObject(traceOf('a'));
  });

  it('that runs again at the request of a user has the trace of that request', async () => {
    const { videoId, jobId } = await ordered(traceOf('b'));
    await failedAt(jobId);
    await fixture.runs.retry(owner, videoId, { trace: traceOf('c') });
    expect(await fixture.claim(jobId)).toMatchObject(traceOf('c'));
  });

  it('that runs again without a request keeps its trace', async () => {
    const { videoId, jobId } = await ordered(traceOf('d'));
    await failedAt(jobId);
    await fixture.runs.retry(owner, videoId);
    expect(await jobRow(db, jobId)).toMatchObject({ trace_id: 'd'.repeat(32), span_id: 'd'.repeat(16) });
  });

  it('without a trace is claimed as well', async () => {
    const { jobId } = await ordered();
    expect(await fixture.claim(jobId)).toMatchObject({ traceId: null, spanId: null });
  });
});
