import type { Services } from '../../src/resolvers/services.ts';
import { THEN } from './fake-rows.ts';

type DatabaseServices = Pick<Services, 'database' | 'databaseMaintenance' | 'idleSessions'>;

/** A database with one of everything. */
export function fakeDatabase(): DatabaseServices {
  const times = { calls: 3, meanMs: 120.5, totalMs: 361.5, rows: 3, cacheHitPercentage: null };
  const session = { user: 'autovideo', client: null, application: 'psql', state: 'idle', seconds: 400, query: '' };
  const counts = { liveRows: 2_000, deadRows: 5, deadPercentage: 0.25, indexScans: null, lastVacuumAt: THEN };
  const texts = { blockedQuery: 'delete from videos', blockingQuery: 'update videos set x = ?' };
  return {
    database: {
      version: async () => '18.1',
      slowQueries: async () => [{ query: 'select $1', ...times }],
      message: async () => null,
      tables: async () => [
        { name: 'videos', totalBytes: 8_192, ...counts, sequentialScans: 10, sequentialRows: 20_000 },
      ],
      indexes: async () => [
        { name: 'videos_pkey', table: 'videos', scans: 0, bytes: 8_192, isUnique: true },
        { name: 'videos_title', table: 'videos', scans: 0, bytes: 8_192, isUnique: false },
      ],
      locks: async () => [{ blockedPid: 7, blockingPid: 8, ...texts, waitingSeconds: 1.5 }],
      sessionCounts: async () => ({ active: 1, idle: 2, idleInTransaction: 3, max: 100 }),
      sessions: async () => [{ pid: 7, ...session }],
    },
    databaseMaintenance: { run: async (_actor, tables) => ({ tables: tables ?? ['videos'], faults: [] }) },
    idleSessions: { end: async () => 2 },
  };
}
