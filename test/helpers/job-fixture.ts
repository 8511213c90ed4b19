import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { permissionsOf } from '../../src/auth/role-permissions.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { JobPriority, type Role, valuesOf } from '../../src/entities/enums.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import type { VideoClaim } from '../../src/jobs/queue/lease.ts';
import { AttemptOutcomes } from '../../src/jobs/worker/attempt-outcomes.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import type { NewVideo } from '../../src/services/videos/create-video-validation.ts';
import type { VideoView } from '../../src/services/videos/video-parts.ts';
import { videoServicesOn } from './video-services.ts';

export const silent = createLogger({ level: 'silent' });

/** The same user in another role. */
export function inRole(viewer: Viewer, role: Role): Viewer {
  return { ...viewer, roles: [role], permissions: permissionsOf([role]) };
}

/** A bus within this process alone, as without Redis. */
export function busWithoutRedis(): EventBus {
  return new EventBus(new RedisPubSub({ redisUrl: 'redis://127.0.0.1:1', prefix: 'unused' }));
}

/** The steps that a test of jobs does by hand: creates videos, claims a certain job, and ends it. */
export function jobFixtureOn(db: Database, { leaseSeconds = 30 } = {}) {
  const videoServices = videoServicesOn(db);
  const jobs = new JobStore(db, leaseSeconds);
  const policy = { retries: 0, firstDelaySeconds: 0 };
  const outcomes = new AttemptOutcomes({ db, jobs, quotas: videoServices.quotas, bus: busWithoutRedis(), policy });
  const order = async (viewer: Viewer, input: Partial<NewVideo> = {}): Promise<{ video: VideoView; jobId: string }> => {
    const video = await videoServices.accept(viewer, input);
    const job = await db
      .sql()
      .selectFrom('jobs')
      .select('id')
      .where('video_id', '=', video.id)
      .executeTakeFirstOrThrow();
    return { video, jobId: job.id };
  };
  const claim = async (jobId: string): Promise<VideoClaim> => {
    await sql`update jobs set available_at = 'infinity' where id <> ${jobId}`.execute(db.sql());
    const claimed = await jobs.claimNext('VIDEO', valuesOf(JobPriority), randomUUIDv7());
    await sql`update jobs set available_at = now() where id <> ${jobId}`.execute(db.sql());
    if (claimed?.jobId !== jobId) throw new Error('The job could not be claimed.');
    return claimed;
  };
  return { ...videoServices, jobs, outcomes, order, claim };
}

/** The current state of a job. */
export async function jobRow(db: Database, jobId: string) {
  return await db.sql().selectFrom('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
}
