import { afterAll, beforeAll } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Job } from '../../src/entities/job.ts';
import { Video } from '../../src/entities/video.ts';
import { VideoEvent } from '../../src/entities/video-event.ts';
import { VideoStage } from '../../src/entities/video-stage.ts';
import type { StageStore } from '../../src/pipeline/stage-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

/** The services of videos and their runs, on a database for the tests of a file. */
export function useRuns() {
  let db: Database;
  let videoServices: ReturnType<typeof videoServicesOn>;
  let owner: Viewer;
  beforeAll(async () => {
    db = await createTestDatabase();
    videoServices = videoServicesOn(db);
  });
  afterAll(() => db.close());

  /** Each test has its own owner and an empty queue. */
  async function fresh(): Promise<void> {
    owner = await ownerOn(db);
    await db.em().execute('delete from videos');
  }

  const SCRIPT = { stage: 'SCRIPT', stageProgress: 0, progress: 10, message: 'Writing the script.' } as const;
  const begin = (stageStore: StageStore) => stageStore.begin({ ...SCRIPT, stageStatus: 'RUNNING' }, 'local');
  const finish = (stageStore: StageStore) =>
    stageStore.complete(
      { ...SCRIPT, stageStatus: 'COMPLETED', stageProgress: 100 },
      { inputHash: 'x'.repeat(64), output: {} },
      {},
    );

  const videoOf = (id: string) => db.em().findOneOrFail(Video, { id });
  const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
  const scriptOf = (videoId: string) => db.em().findOneOrFail(VideoStage, { videoId, stage: 'SCRIPT' });
  const messagesOf = async (videoId: string) =>
    (await db.em().find(VideoEvent, { videoId }, { orderBy: { seq: 'asc' } })).map(
      ({ status, run }) => `${run} ${status}`,
    );
  const reserved = async () => (await videoServices.quotas.quotasOf(owner.userId))[0]?.reserved;

  return {
    get db() {
      return db;
    },
    get videoServices() {
      return videoServices;
    },
    get owner() {
      return owner;
    },
    fresh,
    begin,
    finish,
    videoOf,
    jobOf,
    scriptOf,
    messagesOf,
    reserved,
  };
}
