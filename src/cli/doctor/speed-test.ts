import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** Milliseconds. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

export interface SpeedTest {
  readonly url: string;
  readonly requests: number;
  readonly succeeded: number;
  /** Percent. */
  readonly successRate: number;
  /** Of those that succeeded; null where none did, or where there is no such step. Each request has a connection of its own. */
  readonly total: Spread | null;
  readonly dns: Spread | null;
  readonly connect: Spread | null;
  readonly tls: Spread | null;
  /** From the request to the first byte of the answer. */
  readonly firstByte: Spread | null;
  /** Of the first that failed. */
  readonly error: string | null;
}

interface Timing {
  readonly total: number;
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  readonly firstByte: number;
}

const REQUEST_MS = 10_000;
/** However slow the server is. */
const ALL_MS = 120_000;
const BODY = JSON.stringify({ query: '{ __typename }' });

/** Sends so many requests to the API one after the other. Never rejects. */
export async function speedTest(url: string, requests: number): Promise<SpeedTest> {
  const timings: Timing[] = [];
  let error: string | null = null;
  let sent = 0;
  const end = performance.now() + ALL_MS;
  while (sent < requests && performance.now() < end) {
    sent++;
    try {
      timings.push(await timed(url));
    } catch (thrown) {
      error ??= thrown instanceof Error ? ('code' in thrown ? String(thrown.code) : thrown.message) : 'unknown';
    }
  }
  const of = (step: keyof Timing) => spreadOf(timings.flatMap((timing) => timing[step] ?? []));
  const succeeded = timings.length;
  const steps = { dns: of('dns'), connect: of('connect'), tls: of('tls'), firstByte: of('firstByte') };
  return { url, requests: sent, succeeded, successRate: (100 * succeeded) / sent, total: of('total'), ...steps, error };
}

function timed(url: string): Promise<Timing> {
  const { promise, resolve, reject } = Promise.withResolvers<Timing>();
  const begun = performance.now();
  let last = begun;
  const step = () => {
    const before = last;
    last = performance.now();
    return last - before;
  };
  const steps: { dns?: number; connect?: number; tls?: number } = {};
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };
  const sending = send(`${url}/graphql`, { method: 'POST', agent: false, headers, timeout: REQUEST_MS });
  sending.on('socket', (socket) => {
    socket.once('lookup', () => {
      steps.dns = step();
    });
    socket.once('connect', () => {
      steps.connect = step();
    });
    socket.once('secureConnect', () => {
      steps.tls = step();
    });
  });
  sending.on('response', (response) => {
    const firstByte = step();
    response.resume();
    response.on('error', reject);
    response.on('end', () => {
      if (response.statusCode === 200) resolve({ total: performance.now() - begun, ...steps, firstByte });
      else reject(new Error(`HTTP ${response.statusCode}`));
    });
  });
  sending.on('timeout', () => sending.destroy(new Error(`no answer in ${REQUEST_MS / 1_000} s`)));
  sending.on('error', reject);
  sending.end(BODY);
  return promise;
}

function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, median: at(0.5), p95: at(0.95), min, max };
}
