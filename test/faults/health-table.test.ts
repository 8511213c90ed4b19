import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestApp } from '../helpers/app.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';

const installation = useInstallation(() => ({}));
let proxies: Readonly<Record<'database' | 'redis', BreakableProxy>>;
let app: TestApp;
beforeAll(async () => {
  const { DATABASE_URL = '', REDIS_URL = '' } = installation.settings;
  proxies = { database: await BreakableProxy.to(DATABASE_URL), redis: await BreakableProxy.to(REDIS_URL) };
  app = await TestApp.start({
    installation,
    healthEveryMs: 300,
    settings: {
      DATABASE_URL: proxies.database.inFrontOf(DATABASE_URL),
      REDIS_URL: proxies.redis.inFrontOf(REDIS_URL),
    },
  });
  return async () => {
    for (const proxy of Object.values(proxies)) make(proxy, 'well');
    await app.close();
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  };
}, 60_000);

type State = 'well' | 'down' | 'silent' | 'slow' | 'too slow';

function make(proxy: BreakableProxy, state: State): void {
  proxy.isShut = state === 'down';
  proxy.isSilent = state === 'silent';
  // A check may take a second, and asks one or two questions.
  proxy.delayMs = state === 'slow' ? 60 : state === 'too slow' ? 1_500 : 0;
  if (state === 'down') proxy.cut();
  if (state === 'silent') proxy.freeze();
  // What was stalled is not mended by a proxy that works again.
  if (state === 'well') proxy.cut();
}

const report = z.object({
  status: z.string(),
  checks: z.object({ database: z.object({ status: z.string() }), redis: z.object({ status: z.string() }) }),
});

/** What every endpoint says at this moment. */
async function seen() {
  const status = async (path: string) => (await fetch(`${app.url}${path}`)).status;
  const system = report.parse(await (await fetch(`${app.url}/api/v1/system/health`)).json());
  const asked = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ health { status } }' }),
  });
  const { data } = z.object({ data: z.object({ health: z.object({ status: z.string() }) }) }).parse(await asked.json());
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  const lines = metrics.split('\n');
  const gauge = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  return {
    livez: await status('/livez'),
    readyz: await status('/readyz'),
    health: await status('/health'),
    system: system.status,
    database: system.checks.database.status,
    redis: system.checks.redis.status,
    graphql: data.health.status,
    gauges: [gauge('database_health'), gauge('redis_health')],
  };
}

const GOOD = { livez: 200, readyz: 200, health: 200, database: 'healthy', redis: 'healthy' };
const UNHEALTHY = { health: 503, system: 'unhealthy', graphql: 'UNHEALTHY' };
const NO_DATABASE = { ...GOOD, ...UNHEALTHY, readyz: 503, database: 'unhealthy', gauges: [0, 1] };
const NO_REDIS = { ...GOOD, ...UNHEALTHY, redis: 'unhealthy', gauges: [1, 0] };
const WELL = { ...GOOD, gauges: [1, 1] };

/** Each dependency in each state, and what the endpoints say of it. */
const TABLE: readonly (readonly ['database' | 'redis', State, object])[] = [
  ['database', 'slow', WELL],
  ['database', 'down', NO_DATABASE],
  ['database', 'well', WELL],
  ['database', 'silent', NO_DATABASE],
  ['database', 'well', WELL],
  ['database', 'too slow', NO_DATABASE],
  ['database', 'well', WELL],
  ['redis', 'slow', WELL],
  ['redis', 'down', NO_REDIS],
  ['redis', 'well', WELL],
  ['redis', 'silent', NO_REDIS],
  ['redis', 'well', WELL],
  ['redis', 'too slow', NO_REDIS],
  ['redis', 'well', WELL],
];

describe('Every endpoint', () => {
  it.each(TABLE)(
    'says the same while the %s is %s',
    async (dependency, state, expected) => {
      make(proxies[dependency], state);
      let last: object = {};
      await until(`the endpoints agree that the ${dependency} is ${state}`, async () => {
        last = await seen();
        return matches(last, expected);
      }).catch(() => undefined);
      expect(last).toMatchObject(expected);
    },
    120_000,
  );
});

function matches(found: object, expected: object): boolean {
  try {
    expect(found).toMatchObject(expected);
    return true;
  } catch {
    return false;
  }
}
