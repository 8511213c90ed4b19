import vm from 'node:vm';
import type { ExecutionResult } from 'graphql';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const text = async (path: string) => await (await fetch(`${server.url}${path}`)).text();

describe('GraphiQL', () => {
  it('is the page to which a browser is redirected from the root path', async () => {
    const response = await fetch(server.url);
    expect(response.url).toBe(`${server.url}/graphiql`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('loads every file from this server, and may load none from another', async () => {
    const response = await fetch(`${server.url}/graphiql`);
    const html = await response.text();
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links).toEqual(['data:,', 'graphiql/app.css', 'graphiql/app.js', 'graphiql/page.js']);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    for (const link of links.slice(1)) expect((await fetch(new URL(link, response.url))).status, link).toBe(200);
  });

  it('serves the workers of its editor', async () => {
    for (const name of ['editorWorkerService', 'json', 'graphql']) {
      const response = await fetch(`${server.url}/graphiql/${name}.js`);
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect((await response.text()).length).toBeGreaterThan(10_000);
    }
  });

  it('has styles that load nothing from other hosts', async () => {
    const css = await text('/graphiql/app.css');
    expect(css.length).toBeGreaterThan(10_000);
    expect([...css.matchAll(/@import|url\(\s*["']?(?!data:|#)[^)]{0,60}/g)].map(([found]) => found)).toEqual([]);
  });
});

interface Observer {
  next(result: ExecutionResult): void;
  error(error: Error): void;
  complete(): void;
}
type Live = { subscribe(observer: Observer): { unsubscribe(): void } };
type Fetcher = (parameters: object, options: object) => Promise<ExecutionResult> | Live;

/** Runs the page's own script as a browser would, with a substitute for GraphiQL that stores the fetcher. */
async function fetcherOfPage(): Promise<Fetcher> {
  const kept: { fetcher?: Fetcher; shouldPersistHeaders?: boolean } = {};
  const self = {};
  vm.runInNewContext(await text('/graphiql/page.js'), {
    self,
    URL,
    fetch,
    WebSocket,
    location: new URL(`${server.url}/graphiql`),
    document: { querySelector: () => ({}) },
    YogaGraphiQL: { renderYogaGraphiQL: (_root: unknown, options: object) => Object.assign(kept, options) },
  });
  expect(kept.shouldPersistHeaders).toBe(false);
  if (!kept.fetcher) throw new Error('The page gave GraphiQL no fetcher.');
  return kept.fetcher;
}

const asked = (query: string, headers: object = {}) => [{ query }, { headers, documentAST: parse(query) }] as const;

function isLive(value: Promise<ExecutionResult> | Live): value is Live {
  return 'subscribe' in value;
}

describe('its page', () => {
  it('sends the headers of the editor with queries', async () => {
    server.backend.signIn('mia');
    const fetcher = await fetcherOfPage();
    expect(await fetcher(...asked('{ whoami }', { Authorization: 'Bearer mia' }))).toEqual({ data: { whoami: 'mia' } });
    expect(await fetcher(...asked('{ whoami }'))).toEqual({ data: { whoami: null } });
  });

  it('runs subscriptions over a WebSocket that carries the same authorization', async () => {
    server.backend.signIn('mia');
    const live = (await fetcherOfPage())(...asked('subscription { ownTicks }', { Authorization: 'Bearer mia' }));
    if (!isLive(live)) throw new Error('A subscription was posted.');
    const seen: ExecutionResult[] = [];
    const running = live.subscribe({ next: (result) => seen.push(result), error: () => {}, complete: () => {} });
    await until(() => seen.length >= 3);
    expect(seen[0]).toEqual({ data: { ownTicks: 1 } });
    running.unsubscribe();
    await until(() => server.backend.openSources === 0);
  });

  it('shows errors and the end of a subscription', async () => {
    const fetcher = await fetcherOfPage();
    const ends = async (query: string, headers?: object) => {
      const live = fetcher(...asked(query, headers));
      if (!isLive(live)) throw new Error('A subscription was posted.');
      const seen: unknown[] = [];
      await new Promise<void>((resolve) => {
        live.subscribe({
          next: (result) => seen.push(JSON.parse(JSON.stringify(result))),
          error: ({ message }) => resolve(void seen.push(message)),
          complete: () => resolve(void seen.push('complete')),
        });
      });
      return seen;
    };
    expect(await ends('subscription { ticks(count: 1) }')).toEqual([{ data: { ticks: 1 } }, 'complete']);
    expect(await ends('subscription { nonsense }')).toMatchObject([
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      'complete',
    ]);
    expect(await ends('subscription { ticks }', { authorization: 'Bearer x' })).toEqual([
      'The connection was closed: 4401 Unauthorized',
    ]);
  });
});
