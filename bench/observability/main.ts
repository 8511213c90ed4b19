/**
 * What observing costs a warm list query: nothing observed, then with the metrics of requests and the log in a file, then with a span of
 * every operation as well, sent to a collector that takes and forgets them. The goal is 0.95 of the rate with metrics and the log.
 *
 *   node bench/observability/main.ts [--rounds 9] [--seconds 2]        (Node 24, Linux, two cores)
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { compareSettings } from '../shared/compare-settings.ts';
import { withResources } from '../shared/servers.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, seconds: { type: 'string', default: '2' } },
});

/** On the core of the load. */
async function startCollector(resources: AsyncDisposableStack): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  resources.defer(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = addressOf(server.address());
  return `http://127.0.0.1:${port}`;
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The collector listens on a TCP port.');
  return address;
}

await withResources(async (resources) => {
  const collector = await startCollector(resources);
  const times = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const logged = { LOG_LEVEL: 'info', LOG_FILE: 'true' };
  const compared = [
    { name: 'unobserved', settings: { REQUEST_METRICS: 'false', LOG_LEVEL: 'silent', LOG_FILE: 'false' } },
    { name: 'with metrics and log', settings: logged },
    { name: 'with traces too', settings: { ...logged, OTEL_EXPORTER_OTLP_ENDPOINT: collector } },
  ];
  await compareSettings(compared, times, resources);
});
