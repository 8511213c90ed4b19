import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { ProcessReporter } from '../../src/monitoring/process-reporter.ts';
import {
  addLatencies,
  type ProcessReadingRow,
  readLatencies,
  readProcessFigures,
  recordProcessReading,
  removeProcessReading,
} from '../../src/services/reports/process-readings-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { metricsPorts } from '../helpers/metrics-ports.ts';
import { until } from '../helpers/until.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  for (const table of ['process_readings', 'daily_latencies']) await db.em().execute(`delete from ${table}`);
});

const reading = (changed: Partial<ProcessReadingRow> = {}): ProcessReadingRow => ({
  processId: randomUUID(),
  host: 'here',
  pid: 1,
  kind: 'all',
  cpuPercent: 10,
  memoryPercent: 20,
  rssBytes: 100_000_000,
  freeDiskPercent: 60,
  loopDelayMs: 1,
  poolTotal: 3,
  poolUsed: 1,
  poolWaiting: 0,
  poolMax: 10,
  poolLeaked: 0,
  requests: 100,
  errors: 1,
  apiLatencyMs: 30,
  sqlLatencyMs: 5,
  slowestOperation: 'viewer',
  slowestSeconds: 0.1,
  ...changed,
});
const record = (changed: Partial<ProcessReadingRow> = {}) => recordProcessReading(db.sql(), reading(changed));
const readings = () => db.sql().selectFrom('process_readings').selectAll().execute();
const NO_FIGURES = {
  cpuPercent: null,
  memoryPercent: null,
  lowestFreeDiskPercent: null,
  apiP95Ms: null,
  sqlP95Ms: null,
  slowestOperation: null,
};

describe('The figures of the installation', () => {
  it('are the worst of its processes', async () => {
    await record({
      cpuPercent: null,
      memoryPercent: 91,
      freeDiskPercent: 8,
      slowestOperation: 'queues',
      slowestSeconds: 6,
    });
    await record({ cpuPercent: 85, memoryPercent: null });
    await record({ apiLatencyMs: null, sqlLatencyMs: 80, slowestOperation: null, slowestSeconds: null });
    expect(await readProcessFigures(db.sql())).toEqual({
      cpuPercent: 85,
      memoryPercent: 91,
      lowestFreeDiskPercent: 8,
      apiP95Ms: 30,
      sqlP95Ms: 80,
      slowestOperation: { name: 'queues', seconds: 6 },
    });
  });

  it('are unknown where no process reports', async () => {
    expect(await readProcessFigures(db.sql())).toEqual(NO_FIGURES);
  });

  it('follow each process, and leave out those that stopped reporting', async () => {
    const processId = randomUUID();
    await record({ processId, cpuPercent: 95 });
    await record({ processId, cpuPercent: 50 });
    expect(await readProcessFigures(db.sql())).toMatchObject({ cpuPercent: 50 });
    await sql`update process_readings set at = now() - interval '91 seconds'`.execute(db.sql());
    expect(await readProcessFigures(db.sql())).toEqual(NO_FIGURES);
    await sql`update process_readings set at = now() - interval '6 minutes'`.execute(db.sql());
    const other = randomUUID();
    await record({ processId: other });
    expect((await readings()).map((row) => row.process_id)).toEqual([other]);
    await removeProcessReading(db.sql(), other);
    expect(await readProcessFigures(db.sql())).toEqual(NO_FIGURES);
  });
});

it('Durations of a day are summed over processes that write at once', async () => {
  const counts = new Map([
    [Number.POSITIVE_INFINITY, 5],
    [0.1, 3],
    [0.05, 0],
  ]);
  await Promise.all(Array.from({ length: 20 }, () => addLatencies(db.sql(), 'api', counts)));
  await addLatencies(db.sql(), 'sql', new Map([[0.01, 1]]));
  const today = new Date().toISOString().slice(0, 10);
  expect(await readLatencies(db.sql(), 'api', today)).toEqual(
    new Map([
      [0.05, 0],
      [0.1, 60],
      [Number.POSITIVE_INFINITY, 100],
    ]),
  );
  expect(await readLatencies(db.sql(), 'api', '2020-01-01')).toEqual(new Map());
});

describe('A process', () => {
  it('reports what it measures, and removes its figures when it ends', async () => {
    const metrics = new Metrics(metricsPorts());
    const rootFields = new Set(['videos', 'viewer']);
    for (let count = 0; count < 40; count++)
      metrics.operationEnded({ type: 'query', way: 'fast_path', rootFields, outcome: 'success', seconds: 0.09 });
    metrics.operationEnded({ type: 'query', way: 'apollo', rootFields, outcome: 'error', seconds: 7 });
    metrics.requestEnded({ method: 'POST', endpoint: '/graphql', status: 503, seconds: 0.1 });
    const reporter = new ProcessReporter({
      kind: 'api',
      db,
      recent: metrics.recent,
      loopDelay: { p99Ms: 12 },
      dataDir: '.',
      store: {
        record: (row) => recordProcessReading(db.sql(), row),
        addLatencies: (...counted) => addLatencies(db.sql(), ...counted),
        addOperations: async () => undefined,
        remove: (id) => removeProcessReading(db.sql(), id),
      },
      logger: createLogger({ level: 'silent' }),
    });
    reporter.open();
    await until('it has reported', async () => (await readings()).length > 0);
    const figures = await readProcessFigures(db.sql());
    expect(figures).toMatchObject({
      sqlP95Ms: null,
      slowestOperation: { name: 'videos, viewer', seconds: 7 },
    });
    expect(await readings()).toMatchObject([{ kind: 'api', loop_delay_ms: 12, requests: 1, errors: 1 }]);
    expect(figures.apiP95Ms).toBeGreaterThan(50);
    expect(figures.apiP95Ms).toBeLessThan(100);
    expect(figures.lowestFreeDiskPercent).toBeGreaterThan(0);
    await reporter.close();
    expect(await readProcessFigures(db.sql())).toEqual(NO_FIGURES);
    expect(await readLatencies(db.sql(), 'api', new Date().toISOString().slice(0, 10))).toEqual(
      new Map(
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY].map((bound) => [
          bound,
          bound < 0.1 ? 0 : bound < 10 ? 40 : 41,
        ]),
      ),
    );
  });

  it('goes on when its figures cannot be recorded, and says so once', async () => {
    const lines: unknown[] = [];
    let fails = true;
    let rounds = 0;
    const reporter = new ProcessReporter({
      kind: 'worker',
      db,
      recent: new Metrics(metricsPorts()).recent,
      loopDelay: { p99Ms: 0 },
      dataDir: '/nowhere',
      store: {
        record: async () => {
          rounds++;
          if (fails) throw new Error('The database is lost.');
        },
        addLatencies: async () => undefined,
        addOperations: async () => undefined,
        remove: () => Promise.reject(new Error('The database is lost.')),
      },
      logger: { warn: (_fields: unknown, message?: string) => void lines.push(message) },
      everyMs: 10,
    });
    reporter.open();
    await until('three rounds have failed', () => rounds >= 3);
    fails = false;
    const failed = rounds;
    await until('a round succeeds', () => rounds > failed);
    await reporter.close();
    expect(lines).toEqual(['could not record the figures of this process']);
  });
});
