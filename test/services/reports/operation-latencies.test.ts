import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { OperationTimes } from '../../../src/monitoring/operation-times.ts';
import { OperationLatencies } from '../../../src/services/reports/operation-latencies.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
let one: ReturnType<typeof process>;
let other: ReturnType<typeof process>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.em().execute('delete from operation_latencies');
  one = process();
  other = process();
});

/** What a process with an API counts and reads. */
function process() {
  const times = new OperationTimes();
  const latencies = new OperationLatencies({ db, take: () => times.take() });
  const ran = (name: string, milliseconds: number, failed = false) =>
    times.ended(new Set([name]), failed, milliseconds / 1_000);
  return { ran, record: () => latencies.record(), since: (minutes: number) => latencies.since(minutes) };
}
const age = (interval: string) =>
  sql`update operation_latencies set at = now() - ${interval}::interval`.execute(db.sql());

describe('How long operations took', () => {
  it('is summed over processes and over time, the slowest operation first', async () => {
    for (let milliseconds = 1; milliseconds <= 100; milliseconds++) one.ran('videos', milliseconds);
    one.ran('viewer', 2);
    await one.record();
    for (let milliseconds = 101; milliseconds <= 200; milliseconds++)
      other.ran('videos', milliseconds, milliseconds > 198);
    await other.record();
    one.ran('viewer', 4, true);
    const [videos, viewer, ...others] = await one.since(15);
    expect(others).toEqual([]);
    expect(videos).toMatchObject({
      operation: 'videos',
      requests: 200,
      errors: 2,
      meanMs: 100.5,
      minMs: 1,
      maxMs: 200,
    });
    for (const [found, exact] of [
      [videos?.p50Ms, 100],
      [videos?.p95Ms, 190],
      [videos?.p99Ms, 198],
    ]) {
      expect(found).toBeGreaterThanOrEqual(exact ?? 0);
      expect(found).toBeLessThanOrEqual(Math.min(200, 1.19 * (exact ?? 0)));
    }
    expect(viewer).toEqual({
      operation: 'viewer',
      requests: 2,
      errors: 1,
      meanMs: 3,
      p50Ms: 2,
      p95Ms: 4,
      p99Ms: 4,
      minMs: 2,
      maxMs: 4,
    });
  });

  it('covers the minutes that are asked for, and is forgotten after an hour', async () => {
    one.ran('viewer', 5);
    await one.record();
    await age('5 minutes');
    expect(await one.since(4)).toEqual([]);
    expect(await one.since(6)).toHaveLength(1);
    await age('66 minutes');
    other.ran('videos', 5);
    await other.record();
    const { rows } = await sql`select operation from operation_latencies`.execute(db.sql());
    expect(rows).toEqual([{ operation: 'videos' }]);
  });
});
