import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { Job } from '../../../src/entities/job.ts';
import { Video } from '../../../src/entities/video.ts';
import { VideoEvent } from '../../../src/entities/video-event.ts';
import { VideoStage } from '../../../src/entities/video-stage.ts';
import { JobStore } from '../../../src/jobs/queue/job-store.ts';
import type { VideoClaim } from '../../../src/jobs/queue/lease.ts';
import { LeasedStageStore } from '../../../src/jobs/worker/leased-stage-store.ts';
import { RecoveryService } from '../../../src/services/queues/recovery.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { busWithoutRedis } from '../../helpers/job-fixture.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

/** The service that recovers videos, on a database for the tests of a file, with one owner for each test. */
export function useRecovery() {
  const HOUR = 3_600;
  let db: Database;
  let videoServices: ReturnType<typeof videoServicesOn>;
  let recovery: RecoveryService;
  let jobs: JobStore;
  let owner: Viewer;
  const announced: string[] = [];
  const stopped: string[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
    videoServices = videoServicesOn(db);
    jobs = new JobStore(db, 30);
    recovery = new RecoveryService({
      db,
      jobs,
      bus: { publish: ({ videoId }) => void announced.push(videoId) },
      onWork: () => undefined,
      onStopped: (id) => void stopped.push(id),
    });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    owner = await ownerOn(db);
    await db.em().execute('delete from videos');
    announced.length = 0;
    stopped.length = 0;
  });

  const videoOf = (id: string) => db.em().findOneOrFail(Video, { id });
  const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
  const stageOf = (videoId: string, stage: 'SCRIPT' | 'SPEECH') =>
    db.em().findOneOrFail(VideoStage, { videoId, stage });
  const eventsOf = (videoId: string) => db.em().find(VideoEvent, { videoId }, { orderBy: { seq: 'asc' } });
  const stageStoreOf = (claim: VideoClaim) =>
    new LeasedStageStore({ db, jobs, bus: busWithoutRedis(), claim, maxAttempts: 4 });
  const idsOf = (videos: readonly { readonly videoId: string }[]) => videos.map(({ videoId }) => videoId);

  /** A video that a worker has claimed: its script is finished, its speech is running. Returns the claim for later writes of the worker. */
  async function inProgress(): Promise<{ id: string; claim: VideoClaim }> {
    const { id } = await videoServices.accept(owner);
    // Jobs whose workers crashed would be claimed first: they are delayed meanwhile.
    await db.em().execute("update jobs set queue = 'AI' where video_id <> ?", [id]);
    const claim = await jobs.claimNext('VIDEO', ['NORMAL'], randomUUIDv7());
    await db.em().execute("update jobs set queue = 'VIDEO'");
    if (claim?.videoId !== id) throw new Error('The video could not be claimed.');
    const stageStore = stageStoreOf(claim);
    await stageStore.begin(
      { stage: 'SCRIPT', stageStatus: 'RUNNING', stageProgress: 0, progress: 10, message: 'Writing.' },
      'local',
    );
    await stageStore.complete(
      { stage: 'SCRIPT', stageStatus: 'COMPLETED', stageProgress: 100, progress: 30, message: 'Written.' },
      { inputHash: 'x'.repeat(64), output: {} },
      {},
    );
    await stageStore.begin(
      { stage: 'SPEECH', stageStatus: 'RUNNING', stageProgress: 0, progress: 30, message: 'Speaking.' },
      'local',
    );
    return { id, claim };
  }

  /** As if the last progress, the claim or the end of the lease were this many seconds ago. */
  async function age(
    videoId: string,
    { progress, claim, lease }: { progress?: number; claim?: number; lease?: number },
  ) {
    if (progress !== undefined)
      await sql`update video_events set at = now() - make_interval(secs => ${progress}) where video_id = ${videoId}`.execute(
        db.sql(),
      );
    if (claim !== undefined)
      await sql`update jobs set claimed_at = now() - make_interval(secs => ${claim}) where video_id = ${videoId}`.execute(
        db.sql(),
      );
    if (lease !== undefined)
      await sql`update jobs set lease_expires_at = now() - make_interval(secs => ${lease}) where video_id = ${videoId}`.execute(
        db.sql(),
      );
  }

  const hung = async () => {
    const made = await inProgress();
    await age(made.id, { progress: 2 * HOUR, claim: 2 * HOUR });
    return made;
  };
  const dead = async () => {
    const made = await inProgress();
    await age(made.id, { lease: 2 * HOUR });
    return made;
  };

  return {
    get db() {
      return db;
    },
    get videoServices() {
      return videoServices;
    },
    get recovery() {
      return recovery;
    },
    get jobs() {
      return jobs;
    },
    get owner() {
      return owner;
    },
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
  };
}
