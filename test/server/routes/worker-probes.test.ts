import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalAnalysisProvider } from '../../../src/providers/local/analysis/local-analysis-provider.ts';
import { LocalImageProvider } from '../../../src/providers/local/cards/local-image-provider.ts';
import { LocalTextProvider } from '../../../src/providers/local/script/local-text-provider.ts';
import { LocalSpeechProvider } from '../../../src/providers/local/speech/local-speech-provider.ts';
import type { Providers } from '../../../src/providers/ports.ts';
import { adminAt } from '../../helpers/admin.ts';
import { TestApp } from '../../helpers/app.ts';
import { BreakableProxy } from '../../helpers/breakable-proxy.ts';
import { useApp } from '../../helpers/fixtures.ts';
import type { Settings } from '../../helpers/installation.ts';
import { testProvider } from '../../helpers/media/test-provider.ts';
import { until } from '../../helpers/until.ts';

const OPS_TOKEN = 'a-token-of-operators-that-is-long-enough';
const PROXIED = { 'x-forwarded-for': '203.0.113.7' };

/** Begins a script, and finishes it when the test allows. */
class SlowWriter extends LocalTextProvider {
  readonly begun = Promise.withResolvers<void>();
  readonly mayEnd = Promise.withResolvers<void>();

  override async writeScript(...request: Parameters<LocalTextProvider['writeScript']>) {
    this.begun.resolve();
    await this.mayEnd.promise;
    return await super.writeScript(...request);
  }
}

const writer = new SlowWriter();
const voice = new LocalSpeechProvider();
const contentProviders: Providers = {
  text: [testProvider({ call: (request, signal) => writer.writeScript(request, signal) })],
  speech: [
    {
      ...testProvider({ call: (request, signal) => voice.speak(request, signal) }),
      voices: async (language) => voice.voices(language),
    },
  ],
  image: [testProvider({ call: (request, signal) => new LocalImageProvider().draw(request, signal) })],
  analysis: [testProvider({ call: (request, signal) => new LocalAnalysisProvider().analyse(request, signal) })],
};
const api = useApp({ worker: false });
let proxy: BreakableProxy;
let worker: TestApp;
let url: string;

const startWorker = (settings: Settings): Promise<TestApp> =>
  TestApp.start({ api: false, installation: api.installation, settings, contentProviders });

beforeAll(async () => {
  const database = api.installation.settings['DATABASE_URL'] ?? '';
  proxy = await BreakableProxy.to(database);
  worker = await startWorker({ DATABASE_URL: proxy.inFrontOf(database), WORKER_PORT: '0', OPS_TOKEN });
  url = worker.app.probes?.url ?? '';
});
afterAll(async () => {
  writer.mayEnd.resolve();
  await worker?.close();
  await proxy?.close();
  await voice.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
const statusOf = async (path: string) => (await get(path)).status;
const isReady = async () => (await statusOf('/readyz')) === 200;

describe('A worker alone, with a WORKER_PORT', () => {
  it('answers that it is alive and ready, and serves its metrics', async () => {
    expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 200]);
    expect(await (await get('/health')).json()).toEqual({ status: expect.stringMatching(/^(un)?healthy$|^degraded$/) });
    expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
  });

  it('serves metrics only to operators', async () => {
    expect((await get('/metrics', PROXIED)).status).toBe(403);
    expect((await get('/metrics', { ...PROXIED, authorization: `Bearer ${OPS_TOKEN}` })).status).toBe(200);
  });

  it.each(['/graphql?query={__typename}', '/graphql/stream', '/graphiql', '/files/x', '/'])(
    'serves nothing else, such as %s',
    async (path) => {
      const response = await get(path, { authorization: 'Bearer invalid' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    },
  );

  it('is alive but not ready while it cannot reach PostgreSQL', async () => {
    proxy.isShut = true;
    proxy.cut();
    await until('it is not ready', async () => !(await isReady()));
    expect(await statusOf('/livez')).toBe(200);
    expect(await statusOf('/metrics')).toBe(200);
    proxy.isShut = false;
    await until('it is ready', isReady);
  });

  it('may run without a port, and does not start if its port is in use', async () => {
    const other = await startWorker({});
    expect(other.app.probes).toBeNull();
    await other.close();
    await expect(startWorker({ WORKER_PORT: new URL(url).port })).rejects.toThrow('WORKER_PORT');
  });

  it('is not ready once it is stopping, but answers probes until its stage has ended', async () => {
    await (await adminAt(api.url, api.installation)).makeVideo({ script: 'Bees dance.', resolution: 'SD_480' });
    await writer.begun.promise;
    const closing = worker.close();
    expect([await statusOf('/readyz'), await statusOf('/livez'), await statusOf('/metrics')]).toEqual([503, 200, 200]);
    writer.mayEnd.resolve();
    await closing;
    await expect(get('/livez')).rejects.toThrow();
    const stages = await api.installation.db
      .sql()
      .selectFrom('video_stages')
      .select('stage')
      .where('status', '=', 'COMPLETED');
    expect(await stages.execute()).toEqual([{ stage: 'SCRIPT' }]);
  });
});
