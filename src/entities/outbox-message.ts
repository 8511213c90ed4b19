import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { QueueName } from './enums.ts';
import { Job } from './job.ts';

/** A doorbell that has yet to be rung; written in the transaction that makes the work, deleted once Redis has it. */
export const OutboxMessage = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    queue: p.string().length(20).$type<QueueName>(),
    jobId: () => p.manyToOne(Job).mapToPk().fieldName('job_id').deleteRule('cascade'),
    ring: p.integer(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type OutboxMessage = InferEntity<typeof OutboxMessage>;
