import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AlertMonitor } from '../../../src/services/alerts/alert-monitor.ts';
import type { AlertReadings, HealthReadings } from '../../../src/services/alerts/alert-readings.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';
import { health } from './alert-cases.ts';

const LOST = { status: 'UNHEALTHY', message: 'PostgreSQL does not answer.' } as const;

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.em().execute('truncate alert_rounds'));

describe('Looking for alerts', () => {
  interface Part {
    readonly answers?: HealthReadings[];
    readonly read?: () => Promise<Omit<AlertReadings, 'health'>>;
  }
  const applied: AlertReadings[] = [];
  const faults: unknown[] = [];
  const calls: string[] = [];

  /** Gives the answers of the health check in turn, the last one for ever. */
  function monitor({ answers = [health()], read = async () => ({}) }: Part) {
    let next = 0;
    applied.length = 0;
    calls.length = 0;
    return new AlertMonitor({
      db,
      health: async () => answers[Math.min(next++, answers.length - 1)] ?? health(),
      read,
      evaluation: { apply: async (readings) => void applied.push(readings) },
      loss: { lost: async (message) => void calls.push(message), found: async () => void calls.push('found') },
      times: { everyMs: 20, recheckMs: 1 },
      onFault: (thrown) => faults.push(thrown),
    });
  }

  it('gives the rules what was read with the health, again and again', async () => {
    const one = monitor({ read: async () => ({ meanMakingSeconds: 60 }) });
    one.open();
    await until('there were two rounds', () => applied.length >= 2);
    await one.close();
    expect(applied[0]).toEqual({ health: health(), meanMakingSeconds: 60 });
    const rounds = applied.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(applied).toHaveLength(rounds);
  });

  it('counts a part as failed only where it fails in four checks in a row', async () => {
    const down = health({ ffmpeg: { status: 'UNHEALTHY', message: 'It does not answer within 1 s.' } });
    const slow = monitor({ answers: [down, down, down, health(), down, down, down, down] });
    slow.open();
    await until('there were two rounds', () => applied.length >= 2);
    await slow.close();
    expect(applied.slice(0, 2).map((readings) => readings.health?.ffmpeg.status)).toEqual(['HEALTHY', 'UNHEALTHY']);
  });

  it('asks nothing of a database that does not answer', async () => {
    const lossy = monitor({ answers: [health({ database: LOST })] });
    lossy.open();
    await until('the loss was seen twice', () => calls.length >= 2);
    await lossy.close();
    expect(new Set(calls)).toEqual(new Set([LOST.message]));
    expect(applied).toEqual([]);
  });

  it('goes on after a round that failed, which is reported once', async () => {
    let reads = 0;
    const read = async () => {
      if (++reads < 3) throw new Error('No figures.');
      return {};
    };
    const flaky = monitor({ read });
    flaky.open();
    await until('a round succeeds', () => applied.length > 0);
    await flaky.close();
    expect(faults).toMatchObject([{ message: 'No figures.' }]);
  });
});
