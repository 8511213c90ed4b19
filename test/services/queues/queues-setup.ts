import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { JobPriority, type QueueName, valuesOf } from '../../../src/entities/enums.ts';
import { Job } from '../../../src/entities/job.ts';
import { AppError } from '../../../src/errors.ts';
import type { VideoLogChange } from '../../../src/events/redis/event-bus.ts';
import { GenerationRuns } from '../../../src/services/generations/generation-runs.ts';
import { QueueService } from '../../../src/services/queues/queue.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

export interface JobFacts {
  readonly queue?: QueueName;
  readonly status?: 'WAITING' | 'ACTIVE' | 'DONE' | 'FAILED' | 'CANCELED';
  readonly priority?: JobPriority;
  /** Seconds from now. */
  readonly available?: number;
  readonly finished?: number;
}

/** The service of the queues, on a database for the tests of a file, with one owner for each test. */
export function useQueues() {
  let db: Database;
  let videoServices: ReturnType<typeof videoServicesOn>;
  let queues: QueueService;
  let owner: Viewer;
  const announced: string[] = [];
  let worked = 0;
  beforeAll(async () => {
    db = await createTestDatabase();
    videoServices = videoServicesOn(db);
    const bus = {
      publish: ({ ownerId }: VideoLogChange) => void announced.push(ownerId),
      publishGeneration: (id: string) => void announced.push(id),
    };
    queues = new QueueService({
      db,
      jobs: videoServices.jobs,
      runs: videoServices.runs,
      generationRuns: new GenerationRuns(videoServices),
      bus,
      retentionDays: 30,
      onWork: () => void worked++,
    });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    owner = await ownerOn(db);
    for (const table of ['videos', 'workers', 'video_events']) await db.em().execute(`delete from ${table}`);
    await db.em().execute('update queues set paused = false');
    announced.length = 0;
    worked = 0;
  });

  const everyPriority = valuesOf(JobPriority);
  const statsOf = async (name: QueueName) => (await queues.stats()).find((queue) => queue.name === name);
  const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
  const rings = async () =>
    Number((await sql<{ n: string }>`select count(*) as n from outbox`.execute(db.sql())).rows[0]?.n);

  /** Videos with jobs in this state, written directly to the tables. */
  async function put(count: number, facts: JobFacts = {}): Promise<void> {
    const { queue = 'VIDEO', status = 'WAITING', priority = 'NORMAL', available = 0, finished } = facts;
    await sql`
    with made as (
      insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution, status)
      select gen_random_uuid(), ${owner.userId}, 'Bees', '{"kind":"script","text":"Bees."}', 'en', 'LANDSCAPE_16_9', 'SD_480',
        ${status === 'FAILED' ? 'FAILED' : 'PENDING'}
      from generate_series(1, ${count}) returning id
    )
    insert into jobs (id, queue, video_id, status, priority, available_at, finished_at, lease_expires_at)
    select gen_random_uuid(), ${queue}, id, ${status}, ${priority}, now() + make_interval(secs => ${available}),
      now() + make_interval(secs => ${finished ?? null}),
      case when ${status === 'ACTIVE'} then now() + interval '1 minute' end
    from made`.execute(db.sql());
  }

  /** A video whose run fails with this error. */
  async function fail(viewer: Viewer, message = 'FFmpeg failed.'): Promise<string> {
    const { id } = await videoServices.accept(viewer);
    await videoServices
      .worker(async () => {
        throw new AppError('FFMPEG_FAILED', message);
      })
      .onNotification('VIDEO');
    return id;
  }

  return {
    get db() {
      return db;
    },
    get videoServices() {
      return videoServices;
    },
    get queues() {
      return queues;
    },
    get owner() {
      return owner;
    },
    get worked() {
      return worked;
    },
    announced,
    everyPriority,
    statsOf,
    jobOf,
    rings,
    put,
    fail,
  };
}
