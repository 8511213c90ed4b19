import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { QueueName } from './enums.ts';

/** Whether new jobs of a queue may begin, on any worker. */
export const Queue = defineEntity({
  name: 'Queue',
  tableName: 'queues',
  properties: {
    name: p.string().length(20).$type<QueueName>().primary(),
    paused: p.boolean().default(false),
    changedAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type Queue = InferEntity<typeof Queue>;
