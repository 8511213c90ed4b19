import { ensureBuilt } from '../../test/helpers/processes.ts';
import { CONNECTIONS, fill } from '../http/dataset.ts';
import { load, type Sample } from '../http/load.ts';
import { POOL } from '../http/servers/database.ts';
import type { Side } from '../http/sides.ts';
import { LIST } from '../http/workloads.ts';
import { median, say } from './measure.ts';
import { LOAD_CORE, pinTo, serveProduction } from './production.ts';
import { benchServers, freshDatabaseUrl, installPeers } from './servers.ts';

const WARM_UP_SECONDS = 3;
const OPERATION = { query: LIST, variables: { first: 20 } };

export interface ComparedSettings<Name extends string> {
  readonly name: Name;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * A warm list query on processes of `autovideo serve` with production settings and these besides, on one database of 100,000 videos, as
 * in bench/http: 32 connections, each of another user. Rounds are interleaved, each in another order. Prints the medians, and for
 * each side after the first one the median of its ratios to the first in the same round.
 */
export async function compareSettings<Name extends string>(
  compared: readonly ComparedSettings<Name>[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  resources: AsyncDisposableStack,
): Promise<void> {
  // Its load generator is one of them.
  installPeers('autocannon');
  await ensureBuilt();
  pinTo(LOAD_CORE);
  const servers = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(servers.databaseUrl, resources);
  await fill(databaseUrl);
  const sides: { readonly name: Name; readonly side: Side; readonly samples: Sample[] }[] = [];
  for (const [index, { name, settings }] of compared.entries()) {
    const store = { ...servers, databaseUrl, prefix: `bench-${process.pid}-${index}` };
    const { port, child } = await serveProduction({ ...store, flags: [], poolMax: POOL, settings }, resources);
    if (child.pid === undefined) throw new Error('The server was not started.');
    const side = { name: 'ours', url: `http://127.0.0.1:${port}`, pid: child.pid, store } as const;
    sides.push({ name, side, samples: [] });
    await load(side, OPERATION, WARM_UP_SECONDS);
  }
  for (let round = 0; round < rounds; round++) {
    // The order changes, so that none is always the one after the same other.
    const order = [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)];
    for (const { side, samples } of round % 2 === 0 ? order : order.toReversed())
      samples.push(await load(side, OPERATION, seconds));
  }
  say(`medians of ${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections, Node ${process.version}\n`);
  const width = Math.max(...compared.map(({ name }) => name.length));
  for (const { name, samples } of sides) {
    const of = (key: keyof Sample) => median(samples.map((sample) => sample[key]));
    say(
      `${name.padEnd(width)} ${of('perSecond').toFixed(0)} requests/s, ${of('cpuMicroseconds').toFixed(0)} µs of CPU, p50 ${of('p50Ms').toFixed(1)} ms, p99 ${of('p99Ms').toFixed(1)} ms; kept waiting ${(100 * of('waited')).toFixed(0)} %`,
    );
  }
  const [first, ...others] = sides;
  for (const { name, samples } of others) {
    const ratio = (key: keyof Sample) =>
      median(samples.map((sample, round) => sample[key] / (first?.samples[round]?.[key] ?? Number.NaN)));
    say(
      `\n${name}: rate ${ratio('perSecond').toFixed(3)} of that ${first?.name}, CPU ${ratio('cpuMicroseconds').toFixed(3)}`,
    );
  }
}
