import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { ServiceQuotaChecks } from '../../../src/jobs/tasks/check-service-quotas.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import {
  countedQuota,
  type QuotaAnswer,
  type QuotaSource,
  readingOf,
  ServiceQuotaService,
} from '../../../src/services/quotas/service-quota.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
let quotas: ServiceQuotaService;
let log: Record<string, unknown>[];
beforeAll(async () => {
  db = await createTestDatabase();
  quotas = new ServiceQuotaService(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  log = [];
  await db.em().execute('truncate service_quotas, service_quota_usage');
});

const { signal } = new AbortController();
const RESET = new Date('2099-01-01T00:00:00Z');

/** A service that answers what is set, or fails with it. */
class FakeSource implements QuotaSource {
  readonly service: string;
  answer: QuotaAnswer | AppError;
  calls = 0;

  constructor(service: string, answer: QuotaAnswer | AppError) {
    this.service = service;
    this.answer = answer;
  }

  async read(): Promise<QuotaAnswer> {
    this.calls++;
    if (this.answer instanceof AppError) throw this.answer;
    return this.answer;
  }
}

const using = (used: number, total: number | null = 10_000) => ({ used, total, resetAt: RESET });
/** One run of the task, on any process. */
async function check(...sources: readonly QuotaSource[]): Promise<void> {
  const logger = createLogger({ level: 'debug', destination: { write: (line) => log.push(JSON.parse(line)) } });
  await new ServiceQuotaChecks({ db, sources, logger }).check(signal);
}
async function age(minutes: number): Promise<void> {
  await sql`update service_quotas set checked_at = checked_at - make_interval(mins => ${minutes})`.execute(db.sql());
  await sql`update service_quota_usage set recorded_at = recorded_at - make_interval(mins => ${minutes})`.execute(
    db.sql(),
  );
}
const history = async () =>
  (await db.sql().selectFrom('service_quota_usage').select(['used', 'total']).orderBy('recorded_at').execute()).map(
    ({ used, total }) => [Number(used), total === null ? null : Number(total)],
  );

describe('The quota of a service', () => {
  it('is shown as it was read, with its time', async () => {
    await check(new FakeSource('elevenlabs', using(8_000)));
    expect(await quotas.list()).toEqual([
      {
        service: 'elevenlabs',
        used: 8_000,
        total: 10_000,
        percentage: 80,
        status: 'WARNING',
        resetAt: RESET,
        checkedAt: expect.any(Date),
      },
    ]);
    expect(await quotas.ofEach(['openai', 'elevenlabs'])).toMatchObject([null, { used: 8_000 }]);
  });

  it('is read hourly, however often the task runs', async () => {
    const source = new FakeSource('elevenlabs', using(1));
    await check(source);
    await age(54);
    await check(source);
    expect(source.calls).toBe(1);
    await age(2);
    await check(source);
    expect(source.calls).toBe(2);
  });

  it('is read again as soon as its period has ended', async () => {
    const source = new FakeSource('elevenlabs', using(10_000));
    await check(source);
    await sql`update service_quotas set reset_at = now() - interval '1 second'`.execute(db.sql());
    source.answer = using(0);
    await check(source);
    expect(await quotas.list()).toMatchObject([{ used: 0, status: 'HEALTHY' }]);
  });

  it('has a history with each change, and with one row an hour without', async () => {
    const source = new FakeSource('elevenlabs', using(1));
    for (const used of [1, 1, 2, 2]) {
      source.answer = using(used);
      await check(source);
      await age(56);
    }
    expect(await history()).toEqual([
      [1, 10_000],
      [1, 10_000],
      [2, 10_000],
      [2, 10_000],
    ]);
    await db.em().execute('truncate service_quota_usage');
    await check(source);
    // The service is due again, the row of the history is younger than an hour.
    await sql`update service_quotas set checked_at = now() - interval '56 minutes'`.execute(db.sql());
    await check(source);
    expect(await history()).toEqual([[2, 10_000]]);
    await sql`update service_quotas set checked_at = now() - interval '56 minutes'`.execute(db.sql());
    source.answer = using(3);
    await check(source);
    expect(await history()).toEqual([
      [2, 10_000],
      [3, 10_000],
    ]);
  });

  it('keeps its last figure where the service does not answer, and the fault is logged once, on whichever process', async () => {
    const source = new FakeSource('elevenlabs', using(5_000));
    await check(source);
    await age(60);
    const [before] = await quotas.list();
    source.answer = new AppError('ELEVENLABS_TIMEOUT', 'ElevenLabs did not answer within 120 s.');
    await check(source);
    await check(source);
    expect(await quotas.list()).toEqual([before]);
    expect(source.calls).toBe(3);
    expect(log.filter(({ service }) => service === 'elevenlabs')).toHaveLength(1);
    expect(log[0]).toMatchObject({ level: 'WARNING', err: { code: 'ELEVENLABS_TIMEOUT' } });

    source.answer = new AppError('ELEVENLABS_INVALID_API_KEY', 'ElevenLabs does not accept the key.');
    await check(source);
    expect(log).toHaveLength(2);
    source.answer = using(6_000);
    await check(source);
    expect(await quotas.list()).toMatchObject([{ used: 6_000 }]);
    await age(60);
    source.answer = new AppError('ELEVENLABS_INVALID_API_KEY', 'ElevenLabs does not accept the key.');
    await check(source);
    expect(log).toHaveLength(3);
  });

  it('of a service that has never answered is not shown', async () => {
    await check(new FakeSource('elevenlabs', new AppError('ELEVENLABS_TIMEOUT', 'It did not answer.')));
    expect(await quotas.list()).toEqual([]);
  });

  it('does not keep another service from being read', async () => {
    const broken = new FakeSource('stability', new AppError('STABILITY_API_ERROR', 'It failed.'));
    await check(broken, new FakeSource('elevenlabs', using(1)));
    expect(await quotas.list()).toMatchObject([{ service: 'elevenlabs' }]);
  });

  it('disappears with the service’s key', async () => {
    await check(new FakeSource('elevenlabs', using(1)), new FakeSource('stability', { balance: 5 }));
    await check(new FakeSource('stability', { balance: 5 }));
    expect(await quotas.list()).toMatchObject([{ service: 'stability' }]);
  });

  it.each([
    [7_999, 'HEALTHY'],
    [8_000, 'WARNING'],
    [8_999, 'WARNING'],
    [9_000, 'CRITICAL'],
    [9_999, 'CRITICAL'],
    [10_000, 'EXCEEDED'],
  ])('with %d used of 10,000 is %s; what is logged of it is the alert', async (used, status) => {
    await check(new FakeSource('elevenlabs', using(used)));
    expect(await quotas.list()).toMatchObject([{ status }]);
    expect(log).toEqual([]);
  });

  it('without a known total is healthy', async () => {
    await check(new FakeSource('gemini', using(123, null)));
    expect(await quotas.list()).toMatchObject([{ used: 123, total: null, percentage: null, status: 'HEALTHY' }]);
  });
});

describe('A service that is paid in advance', () => {
  it('is measured by its balance after the last purchase', async () => {
    const source = new FakeSource('stability', { balance: 1_000 });
    const shown: unknown[] = [];
    for (const balance of [1_000, 201, 200, 0.63, 500.5, 500.5, 0]) {
      source.answer = { balance };
      await check(source);
      await age(60);
      const [quota] = await quotas.list();
      shown.push([quota?.used, quota?.total, quota?.status]);
    }
    expect(shown).toEqual([
      [0, 1_000, 'HEALTHY'],
      [799, 1_000, 'HEALTHY'],
      [800, 1_000, 'WARNING'],
      [999, 1_000, 'CRITICAL'],
      [0, 500, 'HEALTHY'],
      [0, 500, 'HEALTHY'],
      [500, 500, 'EXCEEDED'],
    ]);
  });

  it('that has nothing left at the first check is used up', () => {
    expect(readingOf({ balance: 0 }, undefined)).toEqual({ used: 0, total: 0, resetAt: null });
  });
});

describe('A service that does not say what is left', () => {
  it('is counted by its calls since midnight UTC, without those that it refused before counting', async () => {
    const [generation] = [randomUUIDv7()];
    await sql`insert into ai_generations (id, type, provider, status) values (${generation}, 'TEXT', 'gemini', 'FAILED')`.execute(
      db.sql(),
    );
    let number = 0;
    const attempt = (provider: string, sentAt: ReturnType<typeof sql>, code: string | null) =>
      sql`
        insert into generation_attempts (id, generation_id, provider, number, paid, run, state, error_code, sent_at)
        values (${randomUUIDv7()}, ${generation}, ${provider}, ${++number}, true, 1, 'REFUSED', ${code}, ${sentAt})`.execute(
        db.sql(),
      );
    const midnight = sql`date_trunc('day', now(), 'UTC')`;
    await attempt('gemini', sql`${midnight} - interval '1 millisecond'`, null);
    await attempt('gemini', midnight, null);
    await attempt('gemini', sql`now()`, 'GEMINI_CONTENT_REJECTED');
    await attempt('gemini', sql`now()`, 'GEMINI_TIMEOUT');
    await attempt('openai', sql`now()`, null);
    for (const code of ['RATE_LIMITED', 'QUOTA_EXCEEDED', 'INVALID_API_KEY'])
      await attempt('gemini', sql`now()`, `GEMINI_${code}`);

    const { rows } = await sql<{ next: Date }>`select ${midnight} + interval '1 day' as next`.execute(db.sql());
    await check(countedQuota(db, 'gemini', 4));
    expect(await quotas.list()).toMatchObject([
      { service: 'gemini', used: 3, total: 4, percentage: 75, status: 'HEALTHY', resetAt: rows[0]?.next },
    ]);
  });
});
