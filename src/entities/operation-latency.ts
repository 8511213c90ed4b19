import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** How often one kind of operation ran in one process within half a minute, and how long it took; kept for somewhat over an hour. */
export const OperationLatency = defineEntity({
  name: 'OperationLatency',
  tableName: 'operation_latencies',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    at: p.datetime(3).defaultRaw('now()'),
    /** Names of root fields. */
    operation: p.string().length(200),
    requests: p.integer(),
    /** Those that were answered with an error. */
    errors: p.integer(),
    totalMs: p.double().$type<number>(),
    minMs: p.double().$type<number>(),
    maxMs: p.double().$type<number>(),
    /** The numbers of the buckets that are not empty (src/duration-buckets.ts), and how many durations are in each. */
    buckets: p.array<number>((text) => Number(text)).columnType('smallint[]'),
    counts: p.array<number>((text) => Number(text)).columnType('int[]'),
  },
});
export type OperationLatency = InferEntity<typeof OperationLatency>;
