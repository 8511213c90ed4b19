import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A version of the program that has run here, one row each time that the version or the migrations changed. */
export const Deployment = defineEntity({
  name: 'Deployment',
  tableName: 'deployments',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    version: p.string().length(40),
    /** The last migration that was applied. */
    migration: p.string().length(100),
    firstSeenAt: p.datetime(3).defaultRaw('now()'),
    /** When a process of it last started. */
    lastSeenAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type Deployment = InferEntity<typeof Deployment>;
