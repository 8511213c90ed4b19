import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { JobPriority, JobStatus, QueueName } from './enums.ts';
import { Video } from './video.ts';

/** Work that a worker claims: the truth behind the doorbell that Redis rings. */
export const Job = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  properties: {
    id: p.uuid().primary(),
    queue: p.string().length(20).$type<QueueName>(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade').unique(),
    status: p.string().length(10).$type<JobStatus>().default('WAITING'),
    priority: p.string().length(10).$type<JobPriority>().default('NORMAL'),
    /** Not before; later than now while it waits for its next attempt. */
    availableAt: p.datetime(3).defaultRaw('now()'),
    /** Failed attempts, and workers that died or stood still at it, since a stage was last finished. */
    failures: p.integer().default(0),
    deaths: p.integer().default(0),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    /** How often it was claimed. */
    attempt: p.integer().default(0),
    /** Counts up with each claim; a write that names an older one is refused. */
    fence: p.bigint('number').default(0),
    workerId: p.uuid().nullable(),
    leaseExpiresAt: p.datetime(3).nullable(),
    /** When a worker last took it, and when a worker that had it last gave a sign of life. */
    claimedAt: p.datetime(3).nullable(),
    heartbeatAt: p.datetime(3).nullable(),
    /** How often the doorbell was rung, and when last: bee-queue drops an id that it has seen before. */
    rings: p.integer().default(0),
    rungAt: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
    finishedAt: p.datetime(3).nullable(),
    /** A failure that operators need not see any more. */
    clearedAt: p.datetime(3).nullable(),
  },
});
export type Job = InferEntity<typeof Job>;
