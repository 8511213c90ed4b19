import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { canceled } from '../../errors.ts';
import { failureMessage, lateMessage, type ProbeStep } from './network-messages.ts';
import type { NetworkTarget } from './network-target.ts';

/** What came of connecting to a target, from this process. */
export interface NetworkProbe {
  /** What the process does, and its host. */
  readonly from: string;
  /** The target's name with its host and port. */
  readonly to: string;
  readonly ok: boolean;
  readonly resolvedAddress: string | null;
  /** Of the connection, with TLS where it is used; without the look-up of the name. */
  readonly latencyMs: number | null;
  /** What is wrong and what to do; null where nothing is. */
  readonly message: string | null;
}

const SLOW_MS = 1_000;

/** Looks up the name, connects, and negotiates TLS where the target uses it. Never rejects. */
export async function probe(target: NetworkTarget, from: string, signal: AbortSignal): Promise<NetworkProbe> {
  const { name, host, port } = target;
  const found = { from, to: `${name} (${host}:${port})` };
  let step: ProbeStep = 'lookup';
  let resolvedAddress: string | null = null;
  try {
    resolvedAddress = await addressOf(host, signal);
    step = 'connect';
    const begun = performance.now();
    const socket = await opened(connectTcp({ host: resolvedAddress, port }), 'connect', signal);
    step = 'tls';
    if (target.isTls) await negotiate(socket, host, signal);
    socket.destroy();
    const latencyMs = performance.now() - begun;
    const message = latencyMs > SLOW_MS ? `Connecting took ${Math.round(latencyMs)} ms: the network is slow.` : null;
    return { ...found, ok: true, resolvedAddress, latencyMs, message };
  } catch (thrown) {
    const message = signal.aborted ? lateMessage(target, step) : failureMessage(target, step, thrown);
    return { ...found, ok: false, resolvedAddress, latencyMs: null, message };
  }
}

/** As the connections of the program do: /etc/hosts, then the DNS servers of the system. */
async function addressOf(host: string, signal: AbortSignal): Promise<string> {
  if (isIP(host) !== 0) return host;
  const { address } = await untilAborted(lookup(host), signal);
  return address;
}

async function negotiate(socket: Socket, host: string, signal: AbortSignal): Promise<void> {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const secured = await opened(connectTls({ socket, host, ...servername }), 'secureConnect', signal);
  secured.destroy();
}

async function opened<S extends Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> {
  const opening = new Promise<S>((resolve, reject) => {
    socket.once(event, () => resolve(socket));
    // Also a later one, such as a reset of the connection while it is destroyed.
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' })));
  });
  try {
    return await untilAborted(opening, signal);
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(canceled(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  // What comes too late must not end the process.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
