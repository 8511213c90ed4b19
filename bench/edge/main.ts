/**
 * What the limits of the edge cost a warm list query: its points are taken from the caller's bucket in Redis, for each request.
 *
 *   node bench/edge/main.ts [--rounds 11] [--seconds 2]        (Node 24, Linux, two cores)
 *
 * Two processes of `autovideo serve` with production settings, one of them with GRAPHQL_COST_LIMIT=0, on one database of 100,000
 * videos, as in bench/http: 32 connections, each of another user, whose sessions are checked for each request. Rounds are
 * interleaved; medians, and the ratios of the process with limits to the one without them in the same round.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../test/helpers/processes.ts';
import { CONNECTIONS, fill } from '../http/dataset.ts';
import { load, type Sample } from '../http/load.ts';
import { POOL } from '../http/servers/database.ts';
import type { Side } from '../http/sides.ts';
import { LIST } from '../http/workloads.ts';
import { median, say } from '../shared/measure.ts';
import { LOAD_CORE, pinTo, serveProduction } from '../shared/production.ts';
import { benchServers, freshDatabaseUrl, installPeers, withResources } from '../shared/servers.ts';

const GOAL = 0.93;
const WARM_UP_SECONDS = 3;
const OPERATION = { query: LIST, variables: { first: 20 } };

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, seconds: { type: 'string', default: '2' } },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

await withResources(async (resources) => {
  // Its load generator is one of them.
  installPeers('autocannon');
  await ensureBuilt();
  pinTo(LOAD_CORE);
  const servers = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(servers.databaseUrl, resources);
  await fill(databaseUrl);
  const open = async (name: string, settings: Record<string, string>): Promise<Side> => {
    const store = { ...servers, databaseUrl, prefix: `bench-${process.pid}-${name}` };
    const { port, child } = await serveProduction({ ...store, flags: [], poolMax: POOL, settings }, resources);
    if (child.pid === undefined) throw new Error('The server was not started.');
    return { name: 'ours', url: `http://127.0.0.1:${port}`, pid: child.pid, store };
  };
  const without = await open('without', { GRAPHQL_COST_LIMIT: '0' });
  const limited = await open('limited', {});
  for (const side of [without, limited]) await load(side, OPERATION, WARM_UP_SECONDS);
  const samples: { readonly without: Sample; readonly limited: Sample }[] = [];
  for (let round = 0; round < rounds; round++) {
    // The order changes, so that neither is always the one after the other.
    const first = round % 2 === 0 ? without : limited;
    const one = await load(first, OPERATION, seconds);
    const other = await load(first === without ? limited : without, OPERATION, seconds);
    samples.push(first === without ? { without: one, limited: other } : { without: other, limited: one });
  }
  say(`medians of ${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections, Node ${process.version}\n`);
  for (const side of ['without', 'limited'] as const) {
    const of = (key: keyof Sample) => median(samples.map((sample) => sample[side][key]));
    say(
      `${side === 'limited' ? 'with limits   ' : 'without limits'} ${of('perSecond').toFixed(0)} requests/s, ${of('cpuMicroseconds').toFixed(0)} µs of CPU, p50 ${of('p50Ms').toFixed(1)} ms, p99 ${of('p99Ms').toFixed(1)} ms; kept waiting ${(100 * of('waited')).toFixed(0)} %`,
    );
  }
  const ratio = (key: keyof Sample) => median(samples.map((sample) => sample.limited[key] / sample.without[key]));
  say(
    `\nrate ${ratio('perSecond').toFixed(3)} of that without limits (goal ${GOAL}), CPU ${ratio('cpuMicroseconds').toFixed(3)}`,
  );
});
