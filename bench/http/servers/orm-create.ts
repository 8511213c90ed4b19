import { randomUUIDv7 } from 'node:crypto';
import BeeQueue from 'bee-queue';
import type { Database } from '../../../src/db/database.ts';
import { Job } from '../../../src/entities/job.ts';
import { OutboxMessage } from '../../../src/entities/outbox-message.ts';
import { Video } from '../../../src/entities/video.ts';
import { redisAddress } from '../../../src/jobs/queue/redis-address.ts';
import { newVideoRow } from '../../../src/services/videos/new-video-row.ts';
import { setting } from './process.ts';
import type { CreatedVideo, CreateVideo } from './schema.ts';

/**
 * The usual way: entities in the ORM's unit of work, written in one transaction; after the commit the job is added to
 * bee-queue and its row in the outbox deleted, which the answer does not wait for.
 */
export async function creatingByUnitOfWork(db: Database): Promise<CreateVideo> {
  const queue = new BeeQueue<{ jobId: string }>('video', {
    prefix: `${setting('QUEUE_PREFIX')}:bq`,
    redis: redisAddress(setting('REDIS_URL')),
    isWorker: false,
    getEvents: false,
    sendEvents: false,
    storeJobs: false,
    removeOnSuccess: true,
  });
  await queue.ready();
  return async (userId, input) => {
    const em = db.orm.em.fork();
    const { video, message } = await em.transactional(async (inside) => {
      const video = inside.create(Video, {
        ...newVideoRow(randomUUIDv7(), userId, { ...input, language: input.language ?? 'en' }),
      });
      const job = inside.create(Job, { id: randomUUIDv7(), queue: 'VIDEO', videoId: video.id });
      const message = inside.create(OutboxMessage, { queue: 'VIDEO', jobId: job.id, ring: 0 });
      await inside.flush();
      return { video, message };
    });
    void ring(db, queue, message);
    return factsOf(video);
  };
}

async function ring(db: Database, queue: BeeQueue<{ jobId: string }>, { id, jobId }: OutboxMessage): Promise<void> {
  await queue.createJob({ jobId }).save();
  await db.orm.em.fork().nativeDelete(OutboxMessage, { id });
}

function factsOf({ id, title, status, progress, createdAt }: Video): CreatedVideo {
  return { id, title, status, progress, createdAt };
}
