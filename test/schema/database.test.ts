import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';

const schema = buildAppSchema();

async function ask(source: string, replaced: Partial<Services> = {}) {
  const { services, calls } = recorded(fakeServices(replaced));
  const { data, errors } = await graphql({
    schema,
    source,
    contextValue: contextFor(services, viewerWith('SUPER_ADMIN')),
  });
  expect(errors).toBeUndefined();
  const answer: unknown = JSON.parse(JSON.stringify(data));
  return { data: answer, calls };
}

describe('databaseDiagnostics', () => {
  it('has everything that PostgreSQL says of itself', async () => {
    const { data, calls } = await ask(`{ databaseDiagnostics {
      version message
      slowQueries { query calls meanMs totalMs rows cacheHitPercentage }
      tables { name totalBytes liveRows deadRows deadPercentage sequentialScans indexScans lastVacuumAt }
      indexes { name }
      unusedIndexes { name table scans bytes }
      indexSuggestions { table reason }
      locks { blockedPid blockingPid blockedQuery blockingQuery waitingSeconds }
      sessions { active idle idleInTransaction max list(first: 3) { pid user client application state seconds query } }
    } }`);
    expect(data).toMatchObject({
      databaseDiagnostics: {
        version: '18.1',
        message: null,
        slowQueries: [{ query: 'select $1', calls: 3, rows: '3', cacheHitPercentage: null }],
        tables: [{ name: 'videos', totalBytes: '8192', deadPercentage: 0.25, sequentialScans: '10', indexScans: null }],
        indexes: [{ name: 'videos_pkey' }, { name: 'videos_title' }],
        unusedIndexes: [{ name: 'videos_title', table: 'videos', scans: '0', bytes: '8192' }],
        indexSuggestions: [{ table: 'videos' }],
        locks: [{ blockedPid: 7, blockingPid: 8, waitingSeconds: 1.5 }],
        sessions: {
          active: 1,
          idle: 2,
          idleInTransaction: 3,
          max: 100,
          list: [{ pid: 7, state: 'idle', seconds: 400 }],
        },
      },
    });
    expect(calls).toContainEqual({ name: 'database.slowQueries', args: [{ minMeanMs: 100, first: 10 }] });
    expect(calls).toContainEqual({ name: 'database.sessions', args: [3] });
  });

  it('asks for other statements, and for twenty sessions', async () => {
    const { calls } = await ask(
      '{ databaseDiagnostics { slowQueries(minMeanMs: 2.5, first: 4) { calls } sessions { list { pid } } } }',
    );
    expect(calls).toContainEqual({ name: 'database.slowQueries', args: [{ minMeanMs: 2.5, first: 4 }] });
    expect(calls).toContainEqual({ name: 'database.sessions', args: [20] });
  });
});

describe('Maintenance', () => {
  it('returns what was done beside what could not be done', async () => {
    const faults = [{ code: 'CONFLICT', message: 'jobs was left out.', field: ['tables'] }] as const;
    const { data, calls } = await ask(
      'mutation { runDatabaseMaintenance(tables: ["videos", "jobs"]) { tables userErrors { code message field } } }',
      { databaseMaintenance: { run: async () => ({ tables: ['videos'], faults }) } },
    );
    expect(data).toEqual({ runDatabaseMaintenance: { tables: ['videos'], userErrors: faults } });
    expect(calls.map(({ args }) => args[1])).toEqual([['videos', 'jobs']]);
  });

  it('ends sessions that were idle for five minutes, or for as long as is said', async () => {
    const { data, calls } = await ask(
      'mutation { a: endIdleDatabaseSessions { ended } b: endIdleDatabaseSessions(idleSeconds: 60) { ended } }',
    );
    expect(data).toEqual({ a: { ended: 2 }, b: { ended: 2 } });
    expect(calls.map(({ args }) => args[1])).toEqual([300, 60]);
  });
});
