import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { jobFixtureOn } from '../../helpers/job-fixture.ts';
import { ownerOn, videoQuotasOf } from '../../helpers/video-services.ts';

let db: Database;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

/** [used, reserved] of the day and of the month. */
async function taken({ userId }: Viewer): Promise<[number, number][]> {
  return (await videoQuotasOf(fixture, userId)).map(({ used, reserved }) => [used, reserved]);
}

const both = (used: number, reserved: number) => [
  [used, reserved],
  [used, reserved],
];

async function writeScript(videoId: string): Promise<void> {
  await db
    .sql()
    .insertInto('video_stages')
    .values({ video_id: videoId, stage: 'SCRIPT', status: 'COMPLETED', progress: 100 })
    .onConflict((conflict) => conflict.columns(['video_id', 'stage']).doUpdateSet({ status: 'COMPLETED' }))
    .execute();
}

describe('The reservation of a video', () => {
  it('is released where a video is canceled before its script is written', async () => {
    const ann = await ownerOn(db);
    const { video, jobId } = await fixture.order(ann);
    await fixture.claim(jobId);
    await fixture.runs.cancel(ann, video.id);
    expect(await taken(ann)).toEqual(both(0, 0));
  });

  it('is used where a video is canceled or deleted after its script is written', async () => {
    const ann = await ownerOn(db);
    const [canceled, deleted] = [await fixture.order(ann), await fixture.order(ann)];
    await writeScript(canceled.video.id);
    await writeScript(deleted.video.id);
    await fixture.runs.cancel(ann, canceled.video.id);
    await fixture.videos.remove(ann, deleted.video.id);
    expect(await taken(ann)).toEqual(both(2, 0));
  });

  it('is released where we fail, also after the script is written', async () => {
    const ann = await ownerOn(db);
    const { video, jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    await writeScript(video.id);
    await fixture.outcomes.fail(claim, new AppError('FFMPEG_FAILED', 'It failed.'), 'trace');
    expect(await taken(ann)).toEqual(both(0, 0));
  });

  it('of a canceled video is not counted twice when it goes on with its script', async () => {
    const ann = await ownerOn(db);
    const { video } = await fixture.order(ann);
    await writeScript(video.id);
    await fixture.runs.cancel(ann, video.id);
    await fixture.runs.retry(ann, video.id);
    expect(await taken(ann)).toEqual(both(0, 1));
    await fixture.runs.cancel(ann, video.id);
    expect(await taken(ann)).toEqual(both(1, 0));
  });

  it('of a canceled video does not come back by writing its script again', async () => {
    const ann = await ownerOn(db);
    const { video } = await fixture.order(ann);
    await writeScript(video.id);
    await fixture.runs.cancel(ann, video.id);
    await fixture.runs.retry(ann, video.id, { fromStage: 'SCRIPT' });
    expect(await taken(ann)).toEqual(both(1, 1));
    await fixture.runs.cancel(ann, video.id);
    expect(await taken(ann)).toEqual(both(1, 0));
  });

  it('of an earlier day is reserved in the new one when it goes on', async () => {
    const ann = await ownerOn(db);
    const { video } = await fixture.order(ann);
    await writeScript(video.id);
    await fixture.runs.cancel(ann, video.id);
    await db
      .em()
      .execute("update ai_quotas set reset_at = now() - interval '1 s' where user_id = ? and period = 'DAILY'", [
        ann.userId,
      ]);
    await fixture.runs.retry(ann, video.id);
    expect(await taken(ann)).toEqual(both(0, 1));
  });
});
