import { z } from 'zod';

/** What a Prometheus says of this installation. */
export interface MetricsServerFacts {
  readonly targets: readonly {
    readonly job: string;
    readonly instance: string;
    readonly healthy: boolean;
    readonly lastError: string | null;
  }[];
  readonly keyMetrics: readonly { readonly name: string; readonly available: boolean }[];
  readonly rules: readonly {
    readonly group: string;
    readonly name: string;
    readonly state: string;
    readonly description: string | null;
  }[];
  /** What is wrong, or null. */
  readonly message: string | null;
}

/** The metrics without which dashboards and rules show nothing. */
export const KEY_METRICS = [
  'http_requests_total',
  'http_request_duration_seconds',
  'active_connections',
  'video_processing_duration_seconds',
  'ai_api_calls_total',
  'database_query_duration_seconds',
  'database_health',
  'redis_health',
  'ai_services_health',
  'storage_health',
] as const;

/** What counts requests, stages and calls begins with the first of them. */
const FROM_THE_FIRST: ReadonlySet<string> = new Set([
  'http_requests_total',
  'http_request_duration_seconds',
  'video_processing_duration_seconds',
  'ai_api_calls_total',
]);

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 8_000_000;
const MOST_ROWS = 500;
const NOTHING = { targets: [], keyMetrics: [], rules: [] } as const;

const answer = z.object({ status: z.literal('success'), data: z.unknown() });
const targetsData = z.object({
  activeTargets: z.array(
    z.object({
      labels: z.object({ job: z.string().default(''), instance: z.string().default('') }),
      health: z.string(),
      lastError: z.string().default(''),
    }),
  ),
});
const vectorData = z.object({ result: z.array(z.object({ metric: z.object({ __name__: z.string() }) })) });
const rulesData = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          name: z.string(),
          state: z.string().default('unknown'),
          annotations: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});

/** Asks Prometheus (https://prometheus.io/docs/prometheus/latest/querying/api/). Never rejects; takes five seconds at most. */
export class MetricsServer {
  readonly #url: string | undefined;

  /** With a user and a password where the server wants them; undefined where there is no server. */
  constructor(url: string | undefined) {
    this.#url = url;
  }

  async read(): Promise<MetricsServerFacts> {
    if (this.#url === undefined)
      return { ...NOTHING, message: 'No metrics server is set: PROMETHEUS_URL is the address of a Prometheus.' };
    const url = this.#url;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const [targets, names, groups] = await Promise.all([
        ask(url, '/api/v1/targets?state=active', targetsData, signal),
        ask(url, `/api/v1/query?query=${encodeURIComponent(namesQuery())}`, vectorData, signal),
        ask(url, '/api/v1/rules?type=alert', rulesData, signal),
      ]);
      return factsOf(targets, names, groups);
    } catch (thrown) {
      return { ...NOTHING, message: messageOf(thrown) };
    }
  }
}

/** A histogram has no series of its own name. */
function namesQuery(): string {
  return `count by (__name__) ({__name__=~"(${KEY_METRICS.join('|')})(_count)?"})`;
}

function factsOf(
  { activeTargets }: z.infer<typeof targetsData>,
  { result }: z.infer<typeof vectorData>,
  { groups }: z.infer<typeof rulesData>,
): MetricsServerFacts {
  const known = new Set(result.map(({ metric }) => metric.__name__));
  const targets = activeTargets.slice(0, MOST_ROWS).map(({ labels, health, lastError }) => ({
    ...labels,
    healthy: health === 'up',
    lastError: lastError === '' ? null : withoutCredentials(lastError),
  }));
  const keyMetrics = KEY_METRICS.map((name) => ({ name, available: known.has(name) || known.has(`${name}_count`) }));
  const rules = groups.flatMap(({ name: group, rules: own }) =>
    own.map(({ name, state, annotations }) => ({
      group,
      name,
      state,
      description: annotations['description'] ?? annotations['summary'] ?? null,
    })),
  );
  const missing = keyMetrics
    .filter(({ name, available }) => !available && !FROM_THE_FIRST.has(name))
    .map(({ name }) => name);
  const message = missing.length === 0 ? null : `It has no current values of ${missing.join(', ')}: check its targets.`;
  return { targets, keyMetrics, rules: rules.slice(0, MOST_ROWS), message };
}

class MetricsServerError extends Error {}

async function ask<T>(base: string, path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const { username, password, origin, pathname } = new URL(base);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const url = `${origin}${pathname.replace(/\/{1,9}$/, '')}${path}`;
  const response = await fetch(url, { headers, signal, redirect: 'error' });
  if (!response.ok) {
    await response.body?.cancel();
    throw new MetricsServerError(`Prometheus answered ${response.status}: check PROMETHEUS_URL.`);
  }
  const parsed = answer.safeParse(JSON.parse(await textOf(response)));
  const data = parsed.success ? schema.safeParse(parsed.data.data) : undefined;
  if (!data?.success) throw new MetricsServerError('The address in PROMETHEUS_URL does not answer like a Prometheus.');
  return data.data;
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new MetricsServerError('The answer of Prometheus is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof MetricsServerError) return thrown.message;
  if (thrown instanceof SyntaxError) return 'The address in PROMETHEUS_URL does not answer like a Prometheus.';
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return 'Prometheus does not answer in 5 s: check that it runs.';
  return 'Prometheus cannot be reached: check that it runs and PROMETHEUS_URL; see networkDiagnostics.';
}

/** The error of a scrape names the address, which may hold a password. */
function withoutCredentials(text: string): string {
  return text.slice(0, 1_000).replace(/\/\/[^/@\s]{1,500}@/g, '//');
}
