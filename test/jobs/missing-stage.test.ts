import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import type { StageStore } from '../../src/pipeline/stage-store.ts';
import { overallProgress, STAGES, type StageName } from '../../src/pipeline/stages.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

let db: Database;
let videoServices: ReturnType<typeof videoServicesOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
});
afterAll(() => db.close());

/** A video that a version without the stage ANALYSIS accepted: it wrote a row for every stage that it had. */
async function acceptedByEarlierVersion(): Promise<string> {
  const { id } = await videoServices.accept(await ownerOn(db));
  await sql`insert into video_stages (video_id, stage)
    select ${id}::uuid, unnest(array['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY'])`.execute(db.sql());
  return id;
}

async function runStage(stageStore: StageStore, stage: StageName): Promise<void> {
  if (await stageStore.checkpoint(stage)) return;
  const step = (fraction: number) => ({
    stage,
    progress: overallProgress(stage, fraction),
    stageProgress: 100 * fraction,
  });
  await stageStore.begin({ ...step(0), stageStatus: 'RUNNING', message: 'It begins.' }, 'local');
  await stageStore.report({ ...step(0.5), stageStatus: 'RUNNING', message: 'It is half done.' }, {});
  const checkpoint = { inputHash: stage.padEnd(64, '-'), output: { stage } };
  await stageStore.complete({ ...step(1), stageStatus: 'COMPLETED', message: 'It is done.' }, checkpoint, {});
}

async function stagesOf(videoId: string): Promise<Record<string, string>> {
  const [rows = []] = await videoServices.videos.stagesOf([videoId]);
  return Object.fromEntries(rows.map(({ stage, status }) => [stage, status]));
}

const statusOf = async (id: string) =>
  (await db.sql().selectFrom('videos').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;

it('A video that a version with one stage less accepted is finished with every stage of this one', async () => {
  const id = await acceptedByEarlierVersion();
  await videoServices
    .worker(async (_videoSpec, stageStore) => {
      for (const { name } of STAGES) await runStage(stageStore, name);
      for (const { name } of STAGES)
        expect(await stageStore.checkpoint(name)).toMatchObject({ output: { stage: name } });
    })
    .onNotification('VIDEO');
  expect(await statusOf(id)).toBe('COMPLETED');
  expect(await stagesOf(id)).toEqual(Object.fromEntries(STAGES.map(({ name }) => [name, 'COMPLETED'])));
});

it('Its new stage can fail and be run again from there, and no other stage runs again', async () => {
  const id = await acceptedByEarlierVersion();
  const owner = await db.sql().selectFrom('videos').select('owner_id').where('id', '=', id).executeTakeFirstOrThrow();
  const begun: StageName[] = [];
  let fails = true;
  const worker = videoServices.worker(async (_videoSpec, stageStore) => {
    for (const { name } of STAGES) {
      if (!(await stageStore.checkpoint(name))) begun.push(name);
      // Before it starts, so that the failure is its first event.
      if (name === 'ANALYSIS' && fails) throw new AppError('FFMPEG_FAILED', 'It failed.');
      await runStage(stageStore, name);
    }
  });
  await worker.onNotification('VIDEO');
  expect(await statusOf(id)).toBe('FAILED');
  expect(await stagesOf(id)).toMatchObject({ ASSEMBLY: 'COMPLETED', ANALYSIS: 'FAILED' });
  fails = false;
  const viewer = { ...(await ownerOn(db)), userId: owner.owner_id };
  await videoServices.runs.retry(viewer, id);
  await worker.onNotification('VIDEO');
  expect(await statusOf(id)).toBe('COMPLETED');
  expect(begun).toEqual([...STAGES.map(({ name }) => name), 'ANALYSIS']);
});
