import type { FakeHandler } from './fake-service.ts';

export interface FakePrometheus {
  /** Names of series that have a current value. */
  readonly series: readonly string[];
  readonly lastError?: string;
  /** `user:password`, where it wants them. */
  readonly credentials?: string;
}

/** The HTTP API of Prometheus (https://prometheus.io/docs/prometheus/latest/querying/api/), below /prometheus as with --web.external-url. */
export function prometheus({ series, lastError = '', credentials }: FakePrometheus): FakeHandler {
  return ({ method, path, headers }) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus');
    const wanted = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (headers['authorization'] !== wanted) return { status: 401, body: 'Unauthorized\n' };
    if (method !== 'GET') return { status: 405 };
    const success = (data: object) => ({ body: { status: 'success', data } });
    if (pathname === '/prometheus/api/v1/targets' && searchParams.get('state') === 'active')
      return success({
        activeTargets: [target('api', '10.0.0.7:8000', ''), target('worker', '10.0.0.8:8000', lastError)],
      });
    if (pathname === '/prometheus/api/v1/rules' && searchParams.get('type') === 'alert')
      return success({ groups: [{ name: 'autovideo', file: 'rules.yml', interval: 30, rules: RULES }] });
    const query = searchParams.get('query') ?? '';
    const asked = /^count by \(__name__\) \(\{__name__=~"([\w()|?]+)"\}\)$/.exec(query)?.[1];
    if (pathname !== '/prometheus/api/v1/query' || asked === undefined)
      return { status: 400, body: { status: 'error', errorType: 'bad_data', error: `parse error: ${query}` } };
    // Anchored, as Prometheus matches.
    const pattern = new RegExp(`^(?:${asked})$`);
    const result = series
      .filter((name) => pattern.test(name))
      .map((name) => ({ metric: { __name__: name }, value: [1_700_000_000, '1'] }));
    return success({ resultType: 'vector', result });
  };
}

const target = (job: string, instance: string, lastError: string) => ({
  discoveredLabels: { __address__: instance },
  labels: { instance, job },
  scrapePool: job,
  scrapeUrl: `http://${instance}/metrics`,
  lastError,
  health: lastError === '' ? 'up' : 'down',
});

const rule = { query: 'x > 0', duration: 60, labels: {}, alerts: [], health: 'ok', type: 'alerting' };
const RULES = [
  { ...rule, name: 'ApiDown', state: 'firing', annotations: { description: 'No API answers.' } },
  { ...rule, name: 'DiskFull', state: 'inactive', annotations: {} },
];
