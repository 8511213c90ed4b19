import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ALL_BOARDS } from '../../scripts/dashboards/files.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { MetricsServer } from '../../src/monitoring/metrics-server.ts';
import { useApp } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';
import { metricsOf } from './metric-names.ts';
import { allRules, ruleFiles } from './rule-files.ts';
import { toolPath } from './tools.ts';

const TOKEN = 'a-token-of-operators-that-is-long-enough';
const JOB = 'autovideo-api';

/** What the exporters serve, by their documentation; they do not run here. */
const OF_EXPORTERS = [
  'node_cpu_seconds_total',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'pg_database_size_bytes',
  'pg_settings_max_connections',
  'pg_stat_activity_count',
  'pg_stat_statements_calls_total',
  'pg_stat_statements_seconds_total',
  'redis_connected_clients',
  'redis_memory_max_bytes',
  'redis_memory_used_bytes',
];
/** What Prometheus makes itself. */
const OF_PROMETHEUS = ['up', 'ALERTS'];

const scrapeFile = z.looseObject({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(
    z.looseObject({
      job_name: z.string(),
      authorization: z.object({ credentials_file: z.string() }).optional(),
      dns_sd_configs: z.array(z.object({ names: z.array(z.string()), port: z.number() }).loose()).optional(),
    }),
  ),
});

const queries = ALL_BOARDS.flatMap(({ name, panels }) =>
  panels
    .filter(({ kind }) => kind !== 'logs')
    .flatMap(({ title, queries: asked }) => Object.values(asked).map((expr) => ({ where: `${name}: ${title}`, expr }))),
);
const rules = allRules().map((rule) => ({ where: 'alert' in rule ? rule.alert : rule.record, expr: rule.expr }));

describe('A Prometheus that scrapes a server', () => {
  let prometheus: Prometheus;
  // Behind a name, so that a scrape needs the token, as from another machine.
  const app = useApp({ worker: false, settings: { OPS_TOKEN: TOKEN, PUBLIC_URL: 'https://video.example.org' } });
  beforeAll(async () => {
    prometheus = await Prometheus.start(new URL(app.url).host);
  });
  afterAll(() => prometheus?.close());

  it('gets its metrics with the token of operators', async () => {
    expect((await fetch(`${app.url}/metrics`)).status).toBe(403);
    const found = z.object({ activeTargets: z.array(z.object({ health: z.string(), lastError: z.string() })) });
    const { activeTargets } = found.parse(await prometheus.get('targets?state=active'));
    expect(activeTargets).toEqual([{ health: 'up', lastError: '' }]);
  });

  it('has loaded every rule, and evaluates each without an error', async () => {
    const healthy = async () => {
      const found = z.object({
        groups: z.array(
          z.object({ rules: z.array(z.object({ health: z.string(), lastError: z.string().optional() })) }),
        ),
      });
      return found.parse(await prometheus.get('rules')).groups.flatMap(({ rules: loaded }) => loaded);
    };
    await until('all rules are evaluated', async () => (await healthy()).every(({ health }) => health !== 'unknown'));
    expect(await healthy()).toEqual(rules.map(() => expect.objectContaining({ health: 'ok' })));
  });

  it('says the same to metricsDiagnostics', async () => {
    const found = await new MetricsServer(prometheus.url).read();
    expect(found.targets).toEqual([{ job: JOB, instance: new URL(app.url).host, healthy: true, lastError: null }]);
    expect(found.rules.map(({ name }) => name)).toEqual(
      allRules().flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
    );
    expect(found.message).toBeNull();
    expect(found.keyMetrics).toContainEqual({ name: 'database_query_duration_seconds', available: true });
    expect(found.keyMetrics).toContainEqual({ name: 'database_health', available: true });
  });

  it('answers every query of the dashboards and the rules', async () => {
    expect(queries.length).toBeGreaterThan(40);
    for (const { where, expr } of [...queries, ...rules])
      expect(await prometheus.get(`query?query=${encodeURIComponent(expr)}`), where).toMatchObject({
        resultType: 'vector',
      });
  });

  it('has an answer to queries of figures that every server has', async () => {
    const results = z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) });
    const valuesOf = async (expr: string) =>
      results
        .parse(await prometheus.get(`query?query=${encodeURIComponent(expr)}`))
        .result.map(({ value }) => value[1]);
    expect(await valuesOf('max(workers_alive)')).toEqual(['0']);
    // The state of the parts is 0 until the first check, and the next scrape and evaluation show it.
    for (const expr of ['min(database_health)', 'autovideo:available'])
      await until(`${expr} is 1`, async () => (await valuesOf(expr)).join() === '1');
  });

  it('finds all metrics that dashboards and rules name, or an exporter serves them', async () => {
    const text = await (await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    const served = new Set(
      Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name = '', type = '']) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ).flat(),
    );
    const recorded = allRules().flatMap((rule) => ('record' in rule ? [rule.record] : []));
    const named = new Set([...queries, ...rules].flatMap(({ expr }) => metricsOf(expr)));
    const known = new Set([...served, ...recorded, ...OF_EXPORTERS, ...OF_PROMETHEUS]);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    expect(OF_EXPORTERS.filter((name) => !named.has(name))).toEqual([]);
    expect(named.size).toBeGreaterThan(50);
  });
});

it('The metrics of a query are its names without functions, labels and keywords', () => {
  const query =
    'sum by (job, le) (rate(a_total{job="b c",x!~"y"}[5m] offset 15m)) / on (job) group_left max(d:e:15m) >= bool 0 or up';
  expect(metricsOf(query)).toEqual(['a_total', 'd:e:15m', 'up']);
});

/** The files of deploy/prometheus as they are, but for where the one server is, and how often it is scraped and rules are evaluated. */
class Prometheus {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly url: string;

  private constructor(child: ChildProcess, folder: string, url: string) {
    this.#child = child;
    this.#folder = folder;
    this.url = url;
  }

  static async start(target: string): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'autovideo-prometheus-'));
    const token = join(folder, 'ops_token');
    await writeFile(token, TOKEN);
    await mkdir(join(folder, 'rules'));
    for (const file of ruleFiles()) {
      const text = await readFile(file, 'utf8');
      await writeFile(join(folder, 'rules', basename(file)), text.replaceAll(/interval: \d{1,3}[sm]/g, 'interval: 1s'));
    }
    const config = join(folder, 'prometheus.yml');
    await writeFile(config, JSON.stringify(await configFor(target, token)));
    const port = await freePort();
    const child = spawn(
      await toolPath('prometheus'),
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      { stdio: 'ignore' },
    );
    const started = new Prometheus(child, folder, `http://127.0.0.1:${port}`);
    await until('Prometheus has scraped the server', async () => await started.#hasScraped());
    return started;
  }

  /** The data of an answer. */
  async get(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1/${path}`);
    const answer = z.object({ status: z.literal('success'), data: z.unknown() }).parse(await response.json());
    return answer.data;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    if (this.#child.kill()) await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #hasScraped(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error('Prometheus ended.');
    const targets = z.object({ activeTargets: z.array(z.object({ health: z.string() })) });
    const answer = await this.get('targets?state=active').catch(() => undefined);
    const { success, data } = targets.safeParse(answer);
    return success && data.activeTargets.some(({ health }) => health !== 'unknown');
  }
}

async function configFor(target: string, token: string) {
  const { scrape_configs: jobs, ...rest } = scrapeFile.parse(
    parse(await readFile('deploy/prometheus/prometheus.yml', 'utf8')),
  );
  const job = jobs.find(({ job_name: name }) => name === JOB);
  expect(job?.authorization).toEqual({ credentials_file: '/run/secrets/ops_token' });
  const global = { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' };
  const here = { job_name: JOB, authorization: { credentials_file: token }, static_configs: [{ targets: [target] }] };
  return { ...rest, global, alerting: undefined, scrape_configs: [here] };
}
