import { expect, it } from 'vitest';
import { metricsPorts } from '../../test/helpers/metrics-ports.ts';
import { Metrics } from './metrics.ts';

const ports = metricsPorts();
const INF = Number.POSITIVE_INFINITY;

/** Operations of one root field. */
function operations(metrics: Metrics, count: number, field: string, seconds: number): void {
  const rootFields = new Set([field]);
  for (let number = 0; number < count; number++)
    metrics.operationEnded({ type: 'query', way: 'apollo', rootFields, outcome: 'success', seconds });
}

it('Figures are those of the last ten readings', async () => {
  const metrics = new Metrics(ports);
  operations(metrics, 30, 'queues', 8);
  for (let reading = 0; reading < 10; reading++)
    expect(await metrics.recent.read()).toMatchObject({ slowestOperation: { name: 'queues', seconds: 8 } });
  operations(metrics, 100, 'viewer', 0.004);
  const { apiP95Ms, slowestOperation } = await metrics.recent.read();
  expect(apiP95Ms).toBeLessThan(5);
  expect(slowestOperation).toEqual({ name: 'viewer', seconds: 0.004 });
});

it('Too few operations have no percentile', async () => {
  const metrics = new Metrics(ports);
  operations(metrics, 19, 'viewer', 0.3);
  expect(await metrics.recent.read()).toMatchObject({ apiP95Ms: null, sqlP95Ms: null });
  operations(metrics, 1, 'viewer', 0.3);
  expect((await metrics.recent.read()).apiP95Ms).toBeGreaterThan(200);
});

it('Operations that wait for a provider do not count, and neither do refused ones', async () => {
  const metrics = new Metrics(ports);
  operations(metrics, 50, 'viewer', 0.004);
  operations(metrics, 50, 'generateText', 30);
  const refused = { type: 'query', way: 'apollo', outcome: 'refused' } as const;
  for (let number = 0; number < 50; number++)
    metrics.operationEnded({ ...refused, rootFields: new Set(['videos']), seconds: 3 });
  const { apiP95Ms, slowestOperation, latencies } = await metrics.recent.read();
  expect(apiP95Ms).toBeLessThan(5);
  expect(slowestOperation).toEqual({ name: 'viewer', seconds: 0.004 });
  expect([latencies.api.get(0.005), latencies.api.get(INF)]).toEqual([50, 50]);
});

it('Requests to the API count, and those that failed at the server; probes and scrapes do not', async () => {
  const metrics = new Metrics(ports);
  const request = { method: 'POST', seconds: 0.1 };
  metrics.requestEnded({ ...request, endpoint: '/graphql', status: 200 });
  metrics.requestEnded({ ...request, endpoint: '/graphql/stream', status: 500 });
  metrics.requestEnded({ ...request, endpoint: '/graphql', status: 400 });
  metrics.requestEnded({ ...request, endpoint: '/readyz', status: 503 });
  expect(await metrics.recent.read()).toMatchObject({ requests: 3, errors: 1 });
});

it('Statements count without those that begin and end transactions, and each reading has what is new', async () => {
  const metrics = new Metrics(ports);
  for (let number = 0; number < 40; number++) {
    metrics.queryEnded({ type: 'select', table: 'videos', seconds: 0.07 });
    metrics.queryEnded({ type: 'transaction', table: 'none', seconds: 0.001 });
  }
  const first = await metrics.recent.read();
  expect(first.sqlP95Ms).toBeGreaterThan(50);
  expect(first.sqlP95Ms).toBeLessThanOrEqual(100);
  expect(first.latencies.sql.get(INF)).toBe(40);
  metrics.queryEnded({ type: 'insert', table: 'jobs', seconds: 0.001 });
  const second = await metrics.recent.read();
  expect([second.latencies.sql.get(0.01), second.latencies.sql.get(INF)]).toEqual([1, 1]);
});
