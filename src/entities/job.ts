import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { AiGeneration } from './ai-generation.ts';
import type { JobPriority, JobStatus, QueueName } from './enums.ts';
import { Video } from './video.ts';

/** Work that a worker claims: the authoritative record behind the notifications that Redis sends. */
export const Job = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  properties: {
    id: p.uuid().primary(),
    queue: p.string().length(20).$type<QueueName>(),
    /** What it makes: a video, or a content that belongs to none. */
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade').unique().nullable(),
    generationId: () =>
      p.manyToOne(AiGeneration).mapToPk().fieldName('generation_id').deleteRule('cascade').unique().nullable(),
    status: p.string().length(10).$type<JobStatus>().default('WAITING'),
    priority: p.string().length(10).$type<JobPriority>().default('NORMAL'),
    /** The earliest time to claim it; in the future while it waits for its next attempt. */
    availableAt: p.datetime(3).defaultRaw('now()'),
    /** Failed attempts, crashes of its workers and stops without progress since a stage was last finished. */
    failures: p.integer().default(0),
    deaths: p.integer().default(0),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    /** The number of claims. */
    attempt: p.integer().default(0),
    /** Incremented by each claim; a write with an older number is refused. */
    fence: p.bigint('number').default(0),
    workerId: p.uuid().nullable(),
    leaseExpiresAt: p.datetime(3).nullable(),
    /** The last claim, and the last heartbeat of its worker. */
    claimedAt: p.datetime(3).nullable(),
    heartbeatAt: p.datetime(3).nullable(),
    /** The number of notifications, and the last one: bee-queue ignores an id that it has seen before. */
    rings: p.integer().default(0),
    rungAt: p.datetime(3).defaultRaw('now()'),
    /** Of the request that ordered the work, and its span. */
    traceId: p.string().length(32).nullable(),
    spanId: p.string().length(16).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    finishedAt: p.datetime(3).nullable(),
    /** A failure that is no longer listed for operators. */
    clearedAt: p.datetime(3).nullable(),
  },
});
export type Job = InferEntity<typeof Job>;
