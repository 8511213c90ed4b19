import { type Audit, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../harness.ts';

let server: TestServer;

/** The audits of the GraphQL over HTTP specification; each request is sent `uses` times. */
function auditsWith(uses: number): Audit[] {
  const fetchFn: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('apollo-require-preflight', '1');
    const request = { ...init, headers };
    for (let use = 1; use < uses; use++) await (await fetch(input, request)).arrayBuffer();
    return await fetch(input, request);
  };
  return serverAudits({ url: () => `${server.url}/graphql`, fetchFn });
}

// A document is answered by the fast path from its third use on, before that by Apollo.
describe.each([
  ['the fast path', 4, true],
  ['Apollo', 1, false],
])('GraphQL over HTTP by %s', (_way, uses, fastPath) => {
  beforeAll(async () => {
    server = await TestServer.start({ fastPath });
  });
  afterAll(async () => {
    // The audited requests took the path that the title names.
    expect(server.backend.countOf('fast_path query') > 0).toBe(fastPath);
    await server.close();
  });
  const audits = auditsWith(uses);

  it('is covered by every audit', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  });
});
