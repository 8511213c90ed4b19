import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ requestMetrics: false });
});
afterAll(() => server.close());

it('Requests and operations are not measured where that is turned off, and /metrics is served nevertheless', async () => {
  await server.post('{ hello }');
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('up 1');
  const { requests, operations } = server.backend;
  expect([requests, operations]).toEqual([[], []]);
});
