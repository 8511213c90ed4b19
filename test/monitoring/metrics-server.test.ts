import { afterEach, describe, expect, it } from 'vitest';
import { KEY_METRICS, MetricsServer } from '../../src/monitoring/metrics-server.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { prometheus } from '../fakes/prometheus.ts';

const NOTHING = { targets: [], keyMetrics: [], rules: [] };
const ALL_SERIES = KEY_METRICS.map((name) => (name.endsWith('_seconds') ? `${name}_count` : name));
/** No provider has been called yet; the other is always there. */
const MISSING: readonly string[] = ['ai_api_calls_total', 'redis_health'];
let fake: FakeService | undefined;
afterEach(() => fake?.close());

async function serverWith(...given: Parameters<typeof prometheus>) {
  fake = await FakeService.start(prometheus(...given));
  return new URL('/prometheus/', fake.url);
}

describe('The metrics server', () => {
  it('says what it scrapes, which key metrics it has, and in what state its rules are', async () => {
    const lastError = 'Get "http://user:secret@10.0.0.8:8000/metrics": connection refused';
    const url = await serverWith({ series: ALL_SERIES.filter((name) => !MISSING.includes(name)), lastError });
    expect(await new MetricsServer(url.href).read()).toEqual({
      targets: [
        { job: 'api', instance: '10.0.0.7:8000', healthy: true, lastError: null },
        {
          job: 'worker',
          instance: '10.0.0.8:8000',
          healthy: false,
          lastError: 'Get "http://10.0.0.8:8000/metrics": connection refused',
        },
      ],
      keyMetrics: KEY_METRICS.map((name) => ({ name, available: !MISSING.includes(name) })),
      rules: [
        { group: 'autovideo', name: 'ApiDown', state: 'firing', description: 'No API answers.' },
        { group: 'autovideo', name: 'DiskFull', state: 'inactive', description: null },
      ],
      message: 'It has no current values of redis_health: check its targets.',
    });
  });

  it('may want a user and a password', async () => {
    const url = await serverWith({ series: ALL_SERIES, credentials: 'ops:a secret' });
    expect(await new MetricsServer(url.href).read()).toEqual({
      ...NOTHING,
      message: 'Prometheus answered 401: check PROMETHEUS_URL.',
    });
    Object.assign(url, { username: 'ops', password: 'a secret' });
    expect(await new MetricsServer(url.href).read()).toMatchObject({ message: null, targets: [{}, {}] });
  });

  it('may be missing, unreachable or something else', async () => {
    expect(await new MetricsServer(undefined).read()).toMatchObject({
      ...NOTHING,
      message: 'No metrics server is set: PROMETHEUS_URL is the address of a Prometheus.',
    });
    expect(await new MetricsServer('http://user:secret@127.0.0.1:1').read()).toEqual({
      ...NOTHING,
      message: 'Prometheus cannot be reached: check that it runs and PROMETHEUS_URL; see networkDiagnostics.',
    });
    const url = await serverWith({ series: [] });
    const other = { ...NOTHING, message: 'The address in PROMETHEUS_URL does not answer like a Prometheus.' };
    for (const body of ['<html>', '{}', { status: 'success', data: { activeTargets: 7 } }]) {
      fake?.handleWith(() => ({ body }));
      expect(await new MetricsServer(url.href).read()).toEqual(other);
    }
  });
});
