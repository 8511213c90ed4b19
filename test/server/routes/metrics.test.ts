import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTasks } from '../../../src/command-services.ts';
import { loadConfig } from '../../../src/config.ts';
import { TestApp } from '../../helpers/app.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { until } from '../../helpers/until.ts';
import { TestServer } from '../harness.ts';

const TOKEN = 'a-token-of-operators-that-is-long-enough';
const PROXIED = { 'x-forwarded-for': '203.0.113.7' };

describe('GET /metrics', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ opsToken: TOKEN });
  });
  afterAll(() => server.close());
  const get = (headers: Record<string, string> = {}, url = server.url) => fetch(`${url}/metrics`, { headers });

  it('answers requests of this machine, in the format of Prometheus', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('up 1\n');
  });

  it('requires the token from requests through a proxy', async () => {
    expect((await get({ ...PROXIED, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    const refused = await get(PROXIED);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: expect.stringContaining('OPS_TOKEN'),
          extensions: { code: 'FORBIDDEN', traceId: expect.any(String) },
        },
      ],
    });
    expect((await get({ ...PROXIED, authorization: 'Bearer another' })).status).toBe(403);
  });

  it('accepts no token if none is configured', async () => {
    const closed = await TestServer.start();
    try {
      expect((await get({ ...PROXIED, authorization: 'Bearer undefined' }, closed.url)).status).toBe(403);
      expect((await get({}, closed.url)).status).toBe(200);
    } finally {
      await closed.close();
    }
  });
});

describe('The whole application', () => {
  const app = useApp({ settings: { WORKER_PORT: '0' } });

  it('needs no port for its worker if it serves the API as well', () => {
    expect(app.app.probes).toBeNull();
  });

  it('lists its periodic tasks, and shows when each last succeeded on any process', async () => {
    const { installation, url } = app;
    const rows = () => installation.db.sql().selectFrom('scheduled_tasks').select('name').orderBy('name').execute();
    await until('its worker has recorded them', async () => (await rows()).length > 0);
    const elsewhere = await openTasks(loadConfig(installation.settings));
    const names = (await elsewhere.scheduler.list()).map(({ name }) => name);
    expect(names).toEqual((await rows()).map(({ name }) => name.replace(/@.*$/, '')));
    expect(names).toContain('purge-deleted-videos');
    for (const name of names)
      expect(await elsewhere.scheduler.runNow(name)).toMatchObject({ outcome: 'SUCCEEDED', error: null });
    await elsewhere.close();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('process_cpu_seconds_total');
    for (const name of names)
      expect(text).toMatch(new RegExp(`^scheduled_task_last_success_timestamp_seconds{task="${name}"} 1[\\d.]+$`, 'm'));
  });
});

describe('With METRICS_PORT', () => {
  const app = useApp({ worker: false, settings: { METRICS_PORT: '0', OPS_TOKEN: TOKEN } });
  const paths = ['/metrics', '/api/v1/system/health', '/api/v1/system/quota'];
  const statusesAt = (url: string | undefined, headers: Record<string, string> = {}) =>
    Promise.all(paths.map(async (path) => (await fetch(`${url}${path}`, { headers })).status));

  it('metrics and reports are at that port alone, for operators', async () => {
    const url = app.app.probes?.url;
    expect(await statusesAt(url, { ...PROXIED, authorization: `Bearer ${TOKEN}` })).toEqual([200, 503, 200]);
    expect(await statusesAt(url, PROXIED)).toEqual([403, 403, 403]);
    expect(await statusesAt(app.url)).toEqual([404, 404, 404]);
    expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  });

  it('requests at both ports are counted', async () => {
    await fetch(`${app.url}/livez`);
    const read = async () => await (await fetch(`${app.app.probes?.url}/metrics`)).text();
    await read();
    const text = await read();
    for (const endpoint of ['/livez', '/metrics'])
      expect(text).toContain(`http_requests_total{method="GET",endpoint="${endpoint}",status_code="200"`);
  });

  it('a port that is in use stops the start, with the name of the setting', async () => {
    const { port } = new URL(app.app.probes?.url ?? '');
    const { installation } = app;
    const second = TestApp.start({ installation, worker: false, settings: { METRICS_PORT: port } });
    await expect(second).rejects.toThrow('METRICS_PORT');
  });
});
