import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { UptimePing } from '../../src/jobs/tasks/ping-uptime-monitor.ts';

const lines: unknown[] = [];
const logger = { warn: (fields: unknown, message?: string) => void lines.push([fields, message]) };
const running = new AbortController().signal;
let monitor: Server | undefined;
afterEach(async () => {
  lines.length = 0;
  monitor?.closeAllConnections();
  await new Promise((resolve) => monitor?.close(resolve) ?? resolve(undefined));
  monitor = undefined;
});

/** An uptime monitor that answers with a status, or never. */
async function monitorThat(answers: number | 'never'): Promise<{ url: string; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    if (answers !== 'never') response.writeHead(answers).end('OK');
  });
  monitor = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/secret-of-ours`, calls };
}
const ping = (url: string, isHealthy = true, timeoutMs = 5_000) =>
  new UptimePing({ url, isHealthy: async () => isHealthy, logger, timeoutMs });

describe('The uptime monitor', () => {
  it('is called while the installation works', async () => {
    const { url, calls } = await monitorThat(200);
    await ping(url).ping(running);
    expect([calls, lines]).toEqual([['GET /secret-of-ours'], []]);
  });

  it('is not called while it does not', async () => {
    const { url, calls } = await monitorThat(200);
    await ping(url, false).ping(running);
    expect([calls, lines]).toEqual([[], []]);
  });

  it('may fail: that is a line in the log, without its address', async () => {
    const { url } = await monitorThat(500);
    await ping(url).ping(running);
    await ping('http://127.0.0.1:1/secret-of-ours').ping(running);
    expect(lines).toEqual([
      [{ status: 500 }, 'the uptime monitor refused a call'],
      [{ reason: 'unreachable' }, 'the uptime monitor could not be called'],
    ]);
  });

  it('is given up when it does not answer in time', async () => {
    const { url, calls } = await monitorThat('never');
    await ping(url, true, 100).ping(running);
    expect(calls).toHaveLength(1);
    expect(lines).toEqual([[{ reason: 'timeout' }, 'the uptime monitor could not be called']]);
  });

  it('is left alone when the process stops', async () => {
    const { url } = await monitorThat('never');
    const stop = new AbortController();
    const calling = ping(url).ping(stop.signal);
    stop.abort(new Error('The process is stopping.'));
    await expect(calling).rejects.toThrow('The process is stopping.');
    expect(lines).toEqual([]);
  });
});
