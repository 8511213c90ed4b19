import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useApp } from '../../helpers/fixtures.ts';
import { until } from '../../helpers/until.ts';
import { TestServer } from '../harness.ts';

const TOKEN = 'a-token-of-operators-that-is-long-enough';
const PROXIED = { 'x-forwarded-for': '203.0.113.7' };

describe.each(['/api/v1/system/health', '/api/v1/system/quota'])('GET %s', (path) => {
  let server: TestServer;
  let isReady = true;
  beforeAll(async () => {
    server = await TestServer.start({ opsToken: TOKEN, isReady: () => isReady });
  });
  afterAll(() => server.close());
  const get = (headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });

  it('answers operators alone', async () => {
    expect((await get()).status).toBe(200);
    expect((await get(PROXIED)).status).toBe(403);
    expect((await get({ ...PROXIED, authorization: 'Bearer another' })).status).toBe(403);
    const answer = await get({ ...PROXIED, authorization: `Bearer ${TOKEN}` });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is 503 while the installation is unhealthy, for the health alone', async () => {
    isReady = false;
    const { status } = await get();
    isReady = true;
    expect(status).toBe(path.endsWith('health') ? 503 : 200);
  });
});

describe('The whole application', () => {
  const app = useApp();
  const json = async (path: string): Promise<unknown> => await (await fetch(`${app.url}${path}`)).json();

  it('reports every part, and the same in its metrics', async () => {
    const part = z.looseObject({ status: z.string() });
    const parts = z.looseObject({
      checks: z.looseObject({
        workers: z.looseObject({ active_workers: z.number() }),
        ffmpeg: part,
        database: part,
        redis: part,
      }),
    });
    let health: z.infer<typeof parts> | undefined;
    // Beside other programs, an answer may take longer than a check lasts.
    await until('its worker and all other parts are seen', async () => {
      health = parts.parse(await json('/api/v1/system/health'));
      const { workers, ffmpeg, database, redis } = health.checks;
      return workers.active_workers === 1 && [ffmpeg, database, redis].every(({ status }) => status === 'healthy');
    });
    expect(health).toMatchObject({
      status: expect.stringMatching(/^(healthy|degraded|unhealthy)$/),
      checks: {
        database: { status: 'healthy' },
        redis: { status: 'healthy' },
        workers: { active_workers: 1, pending_tasks: 0 },
        ffmpeg: { status: 'healthy', version: expect.any(String) },
        storage: { status: 'healthy' },
        ai_services: { status: 'healthy' },
      },
    });
    expect(await json('/api/v1/system/quota')).toEqual({ timestamp: expect.any(String), quotas: {} });
    const text = async () => await (await fetch(`${app.url}/metrics`)).text();
    expect(await text()).toMatch(/^database_query_duration_seconds_count{query_type="select",table="\w+"} [1-9]/m);
    for (const name of ['database_health', 'redis_health', 'ai_services_health', 'storage_health'])
      await until(`${name} is known`, async () => new RegExp(`^${name} 1$`, 'm').test(await text()));
    const warnings = app.log.filter(({ message }) => message === 'the installation is not healthy');
    expect(JSON.stringify(warnings), 'its worker was there before the first check').not.toContain('workers');
  });
});
