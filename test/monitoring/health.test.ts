import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/database.ts';
import { type HealthPorts, HealthService } from '../../src/monitoring/health.ts';
import { SystemReport } from '../../src/monitoring/system-report.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabase } from '../helpers/database.ts';

const never = () => new Promise<never>(() => undefined);
const failing = (message: string) => () => Promise.reject(new Error(message));
type Provider = Awaited<ReturnType<HealthPorts['providers']['list']>>[number];
const provider = (capability: string, health: Provider['health'] = 'HEALTHY', enabled = true): Provider => ({
  health,
  configured: true,
  enabled,
  capabilities: [capability],
});
const REDIS_DOWN = { ping: failing('Redis is gone.') };
const BUILT_IN = ['TEXT', 'SPEECH', 'IMAGE', 'ANALYSIS'].map((capability) => provider(capability));

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
  await db
    .em()
    .execute(
      "insert into workers (id, hostname, pid, slots, heartbeat_at) values (gen_random_uuid(), 'here', 1, 1, now() + interval '1 hour')",
    );
});
afterAll(() => db.close());

const health = (changed: Partial<HealthPorts> = {}) =>
  new HealthService({
    db,
    redis: { ping: async () => ({ latencyMs: 0.5, memoryBytes: 1_000 }) },
    ffmpeg: { version: async () => ({ version: '7.0' }) },
    music: { problem: async () => null },
    storage: { check: async () => undefined },
    providers: { list: async () => BUILT_IN },
    dataDir: '/',
    version: '0.1.0',
    ...changed,
  });
/** Whatever the disk of this machine has. */
async function stateOf(service: HealthService) {
  const { disk, ...checks } = await service.checks();
  const failed = Object.entries(checks).flatMap(([name, { status, message }]) =>
    status === 'HEALTHY' ? [] : [`${name} ${status}: ${message}`],
  );
  return { status: (await service.status()).status, failed, disk };
}

describe('The health of an installation', () => {
  it('is healthy where every part answers', async () => {
    const { failed, disk, status } = await stateOf(health());
    expect(failed).toEqual([]);
    expect(status).toBe(disk.status);
  });

  it.each<[string, Partial<HealthPorts>, RegExp]>([
    ['Redis fails', { redis: REDIS_DOWN }, /^redis UNHEALTHY/],
    ['FFmpeg is missing', { ffmpeg: { version: failing('no such file') } }, /^ffmpeg UNHEALTHY/],
    ['no file can be written', { storage: { check: failing('read-only file system') } }, /^storage UNHEALTHY/],
    ['Redis is silent', { redis: { ping: never } }, /^redis UNHEALTHY: It does not answer within 1 s\.$/],
    ['FFmpeg is silent', { ffmpeg: { version: never } }, /^ffmpeg UNHEALTHY: It does not answer within 1 s\.$/],
    ['the storage is silent', { storage: { check: never } }, /^storage UNHEALTHY: It does not answer within 1 s\.$/],
    ['the providers cannot be read', { providers: { list: never } }, /^providers UNHEALTHY: It does not/],
  ])('is unhealthy where %s', async (_name, ports, expected) => {
    const { failed, status } = await stateOf(health(ports));
    expect(failed).toEqual([expect.stringMatching(expected)]);
    expect(status).toBe('UNHEALTHY');
  });

  it('says where workers could not be counted in time, which is not that there is none', async () => {
    const { workers } = await db.transaction(async (em) => {
      await em.execute('lock table workers');
      return await health().checks();
    });
    expect(workers).toMatchObject({ status: 'UNHEALTHY', activeWorkers: 0, isUnread: true });
    expect((await health().checks()).workers).not.toHaveProperty('isUnread');
  });

  it('asks for an answer of FFmpeg that is younger than the time between two background checks', async () => {
    const ages: number[] = [];
    const version = async (maxAgeMs: number) => {
      ages.push(maxAgeMs);
      return { version: '7.0' };
    };
    await health({ ffmpeg: { version } }).checks();
    expect(ages).toEqual([25_000]);
  });

  it('is unhealthy while the database is unreachable or silent, answers within seconds, and recovers', async () => {
    const direct = new URL(db.orm.config.get('clientUrl') ?? '');
    const proxy = await BreakableProxy.to(direct.href);
    const proxied = await openDatabase({ url: proxy.inFrontOf(direct.href), poolMax: 2 });
    try {
      expect((await stateOf(health({ db: proxied }))).failed).toEqual([]);
      proxy.isShut = true;
      proxy.cut();
      expect(await stateOf(health({ db: proxied }))).toMatchObject(DATABASE_DOWN);
      proxy.isShut = false;
      expect((await stateOf(health({ db: proxied }))).failed).toEqual([]);
      proxy.freeze();
      expect(await stateOf(health({ db: proxied }))).toMatchObject(DATABASE_DOWN);
    } finally {
      // A frozen connection would be waited for.
      proxy.cut();
      await proxied.close();
      await proxy.close();
    }
  });

  const DATABASE_DOWN = {
    status: 'UNHEALTHY',
    failed: [expect.stringMatching(/^database UNHEALTHY/), expect.stringMatching(/^workers UNHEALTHY/)],
  };

  it.each<[string, readonly Provider[], string, string[]]>([
    ['one of two providers of text fails', [...BUILT_IN, provider('TEXT', 'UNHEALTHY')], 'DEGRADED', []],
    ['the only presenter fails, which few films need', [...BUILT_IN, provider('AVATAR', 'UNHEALTHY')], 'DEGRADED', []],
    ['no provider of text works', [provider('TEXT', 'UNHEALTHY'), ...BUILT_IN.slice(1)], 'UNHEALTHY', ['TEXT']],
    [
      'the only voice is disabled',
      [
        ...BUILT_IN.filter(({ capabilities }) => !capabilities.includes('SPEECH')),
        provider('SPEECH', 'HEALTHY', false),
      ],
      'UNHEALTHY',
      ['SPEECH'],
    ],
  ])('where %s', async (_name, list, expected, named) => {
    const service = health({ providers: { list: async () => list } });
    const { providers } = await service.checks();
    expect(providers.status).toBe(expected);
    for (const capability of named) expect(providers.message).toContain(capability);
    if (expected === 'UNHEALTHY') expect((await service.status()).status).toBe('UNHEALTHY');
  });

  it('is checked once for all who ask within two seconds', async () => {
    let pings = 0;
    const service = health({ redis: { ping: async () => ({ latencyMs: ++pings, memoryBytes: null }) } });
    await Promise.all([service.checks(), service.status(), service.checks()]);
    expect(pings).toBe(1);
  });
});

describe('The report for operators', () => {
  it('has the names and units that scripts of operators read', async () => {
    const report = await new SystemReport({ health: health(), quotas: async () => [] }).health();
    expect(report).toEqual({
      status: expect.stringMatching(/^(healthy|degraded|unhealthy)$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      checks: {
        database: { status: 'healthy', latency_ms: expect.any(Number) },
        redis: { status: 'healthy', latency_ms: 0.5 },
        workers: { status: 'healthy', active_workers: 1, pending_tasks: 0 },
        disk: expect.objectContaining({
          free_gb: expect.any(Number),
          total_gb: expect.any(Number),
          percentage_used: expect.any(Number),
        }),
        ffmpeg: { status: 'healthy', version: '7.0' },
        storage: { status: 'healthy', latency_ms: expect.any(Number) },
        ai_services: { status: 'healthy', healthy: 4, total: 4 },
      },
    });
  });

  it('gives the reason of a failure', async () => {
    const broken = health({ redis: REDIS_DOWN });
    const { checks, status } = await new SystemReport({ health: broken, quotas: async () => [] }).health();
    expect(status).toBe('unhealthy');
    expect(checks.redis).toEqual({ status: 'unhealthy', message: expect.any(String), latency_ms: null });
  });

  it('has the quotas of services by their names', async () => {
    const quotas = async () => [
      { service: 'd_id', used: 91, total: 100, percentage: 91.004, status: 'CRITICAL', resetAt: new Date(0) },
      { service: 'gemini', used: 5, total: null, percentage: null, status: 'HEALTHY', resetAt: null },
    ];
    expect(await new SystemReport({ health: health(), quotas }).quota()).toEqual({
      timestamp: expect.any(String),
      quotas: {
        d_id: { used: 91, total: 100, percentage: 91, reset_date: '1970-01-01T00:00:00.000Z', status: 'critical' },
        gemini: { used: 5, total: null, percentage: null, reset_date: null, status: 'healthy' },
      },
    });
  });
});
