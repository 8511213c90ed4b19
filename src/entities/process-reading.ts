import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** What a process last reported of itself; forgotten after some minutes. */
export const ProcessReading = defineEntity({
  name: 'ProcessReading',
  tableName: 'process_readings',
  properties: {
    processId: p.uuid().primary(),
    host: p.string().length(255),
    pid: p.integer(),
    kind: p.string().length(10).$type<'all' | 'api' | 'worker'>(),
    at: p.datetime(3).defaultRaw('now()'),
    /** Of the container or the machine, as the memory, over five minutes; null in the first ones. */
    cpuPercent: p.double().$type<number>().nullable(),
    /** Null on macOS, which does not say it. */
    memoryPercent: p.double().$type<number>().nullable(),
    rssBytes: p.bigint('number'),
    /** Of the disk with DATA_DIR; null where it could not be read. */
    freeDiskPercent: p.double().$type<number>().nullable(),
    /** The 99th percentile. */
    loopDelayMs: p.double().$type<number>(),
    poolTotal: p.integer(),
    poolUsed: p.integer(),
    poolWaiting: p.integer(),
    poolMax: p.integer(),
    poolLeaked: p.integer(),
    /** Of the last five minutes, as the figures below. */
    requests: p.integer(),
    errors: p.integer(),
    /** The 95th percentile, as the next; null where too few were measured. */
    apiLatencyMs: p.double().$type<number>().nullable(),
    sqlLatencyMs: p.double().$type<number>().nullable(),
    slowestOperation: p.string().length(200).nullable(),
    slowestSeconds: p.double().$type<number>().nullable(),
  },
});
export type ProcessReading = InferEntity<typeof ProcessReading>;

/** How many operations or statements of all processes took at most as long on a day (UTC). */
export const DailyLatency = defineEntity({
  name: 'DailyLatency',
  tableName: 'daily_latencies',
  primaryKeys: ['day', 'kind', 'boundSeconds'],
  properties: {
    day: p.date().primary(),
    kind: p.string().length(10).$type<'api' | 'sql'>().primary(),
    /** Infinity for all. */
    boundSeconds: p.double().$type<number>().primary(),
    count: p.bigint('number'),
  },
});
