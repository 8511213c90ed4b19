import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A worker process that sends heartbeats. */
export const Worker = defineEntity({
  name: 'Worker',
  tableName: 'workers',
  properties: {
    id: p.uuid().primary(),
    hostname: p.string().length(255),
    pid: p.integer(),
    slots: p.integer(),
    startedAt: p.datetime(3).defaultRaw('now()'),
    heartbeatAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type Worker = InferEntity<typeof Worker>;
