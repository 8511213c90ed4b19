import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMicroseconds, waitedMs } from '../fan-out/measure.ts';
import { percentile } from '../shared/measure.ts';
import { LOAD_CORE } from '../shared/production.ts';
import { CONNECTIONS, freshTokens } from './dataset.ts';
import type { Side } from './sides.ts';
import { type GraphqlOperation, NAMES } from './workloads.ts';

/** Until the number of concurrent requests is that of the end: connections are open, and no paid request is cut off. */
const RAMP_MS = 250;
/** For requests in progress when the load ends: their answers are not read, and they must not affect the next side. */
const SETTLE_MS = 300;

export interface Sample {
  /** All answers, including those before and after the measured time. */
  readonly answers: number;
  readonly perSecond: number;
  /** CPU µs of the server's process for each answer. */
  readonly cpuMicroseconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Share of its core that the load and its servers used: near 1 they are the limit. */
  readonly load: number;
  /** Share of the time for which the server was runnable but its core was used by other processes. */
  readonly waited: number;
}

/**
 * Connections that each wait for their answer before the next request, measured for the given time. Throws if a request
 * was refused.
 */
export async function load(side: Side, operation: GraphqlOperation, seconds: number): Promise<Sample> {
  const receivedBytes = { answers: 0, isMeasured: false, latencies: [] as number[], lengths: new Set<number>() };
  // Loaded only after the peers are installed.
  const { default: autocannon } = await import('autocannon');
  const tokens = freshTokens();
  const running = autocannon({
    url: `${side.url}/graphql`,
    method: 'POST',
    body: JSON.stringify(operation),
    connections: CONNECTIONS,
    duration: seconds + (2 * RAMP_MS) / 1_000,
    setupClient: (client) =>
      client.setHeaders({ 'content-type': 'application/json', authorization: `Bearer ${tokens.pop()}` }),
  });
  running.on('response', (_client, _status, bytes, milliseconds) => {
    receivedBytes.answers++;
    receivedBytes.lengths.add(bytes);
    if (receivedBytes.isMeasured) receivedBytes.latencies.push(milliseconds);
  });
  await sleep(RAMP_MS);
  receivedBytes.isMeasured = true;
  const begun = readingOf(side);
  await sleep(1_000 * seconds);
  receivedBytes.isMeasured = false;
  const ended = readingOf(side);
  const { non2xx, errors, timeouts } = await running;
  await sleep(SETTLE_MS);
  const { answers, latencies } = receivedBytes;
  const lengths = [...receivedBytes.lengths];
  // A refusal has another length, because ids and times always have the same length.
  if (non2xx > 0 || errors > 0 || timeouts > 0 || lengths.length !== 1)
    throw new Error(`${NAMES[side.name]} refuses or fails: ${JSON.stringify({ non2xx, errors, timeouts, lengths })}`);
  const milliseconds = ended.at - begun.at;
  return {
    answers,
    perSecond: (1_000 * latencies.length) / milliseconds,
    cpuMicroseconds: (ended.cpu - begun.cpu) / latencies.length,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    p99Ms: percentile(latencies, 0.99),
    load: (ended.busy - begun.busy) / (ended.ticks - begun.ticks),
    waited: (ended.waited - begun.waited) / milliseconds,
  };
}

function readingOf({ pid }: Side) {
  return { at: performance.now(), cpu: cpuMicroseconds(pid), waited: waitedMs(pid), ...coreTicks() };
}

/** proc(5), /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal of the load's core since the machine's start. */
function coreTicks(): { readonly busy: number; readonly ticks: number } {
  const line = new RegExp(`^cpu${LOAD_CORE} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  const ticks = line.split(' ').slice(0, 8).map(Number);
  const all = ticks.reduce((sum, each) => sum + each, 0);
  return { busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0), ticks: all };
}
