import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { QueueName } from './enums.ts';
import { Job } from './job.ts';

/** A notification to be sent through bee-queue; written in the transaction that makes the work, deleted once Redis has it. */
export const OutboxMessage = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    queue: p.string().length(20).$type<QueueName>(),
    jobId: () => p.manyToOne(Job).mapToPk().fieldName('job_id').deleteRule('cascade'),
    ring: p.integer(),
    /** Until then a process is sending it, and the others leave it alone. */
    sendingUntil: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type OutboxMessage = InferEntity<typeof OutboxMessage>;
