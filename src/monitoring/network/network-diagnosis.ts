import { getServers, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { Semaphore } from '../../concurrency/semaphore.ts';
import { errorCodeOf } from './network-messages.ts';
import { type NetworkProbe, probe } from './network-probe.ts';
import type { NetworkTarget } from './network-target.ts';

export interface NetworkDiagnosisOptions {
  /** What this process does, such as api. */
  readonly kind: string;
  readonly targets: () => readonly NetworkTarget[];
  /** For all probes together; 5 s by default. */
  readonly milliseconds?: number;
  /** For one of them; 3 s by default. */
  readonly eachMilliseconds?: number;
  /** As `address` or `address:port`; those of the system by default. */
  readonly dnsServers?: readonly string[];
}

const ALL_MS = 5_000;
const EACH_MS = 3_000;
/** A look-up takes one of the four threads that also read files: a dead DNS server must not hold them all. */
const AT_ONCE = 3;
const MOST_DNS_SERVERS = 3;
/** The answers of a server that works: that there is no such name, or that it has no such address. */
const ANSWERS: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

/** Connects to everything that this process uses. Callers at the same time share one round. */
export class NetworkDiagnosis {
  readonly #options: NetworkDiagnosisOptions;
  #round: Promise<NetworkProbe[]> | undefined;

  constructor(options: NetworkDiagnosisOptions) {
    this.#options = options;
  }

  /** Never rejects; takes five seconds at most. */
  async run(): Promise<NetworkProbe[]> {
    this.#round ??= this.#probeAll().finally(() => {
      this.#round = undefined;
    });
    return await this.#round;
  }

  async #probeAll(): Promise<NetworkProbe[]> {
    const { kind, targets, milliseconds = ALL_MS, eachMilliseconds = EACH_MS } = this.#options;
    const from = `${kind}@${hostname()}`;
    const end = AbortSignal.timeout(milliseconds);
    const places = new Semaphore(AT_ONCE);
    const all = targets();
    const outcomes = all.map((target) =>
      places
        .use(end, () => probe(target, from, AbortSignal.any([end, AbortSignal.timeout(eachMilliseconds)])))
        .catch(() => leftOut(target, from)),
    );
    return await Promise.all([...this.#probesOfDns(all, from), ...outcomes]);
  }

  /** None where no target has a name. */
  #probesOfDns(targets: readonly NetworkTarget[], from: string): Promise<NetworkProbe>[] {
    const { eachMilliseconds = EACH_MS, dnsServers = getServers() } = this.#options;
    const name = targets.find(({ host }) => isIP(host) === 0 && host !== 'localhost')?.host;
    if (name === undefined) return [];
    return dnsServers.slice(0, MOST_DNS_SERVERS).map((server) => probeDns(server, name, from, eachMilliseconds));
  }
}

function leftOut({ name, host, port }: NetworkTarget, from: string): NetworkProbe {
  const message = 'Not tried: the others took all the time. Mend these first.';
  return { from, to: `${name} (${host}:${port})`, ok: false, resolvedAddress: null, latencyMs: null, message };
}

/** Whether a DNS server answers at all. */
async function probeDns(server: string, name: string, from: string, timeout: number): Promise<NetworkProbe> {
  const found = { from, to: `DNS (${server})`, resolvedAddress: null };
  const resolver = new Resolver({ timeout, tries: 1 });
  const begun = performance.now();
  try {
    resolver.setServers([server]);
    await resolver.resolve4(name).catch((thrown: unknown) => {
      if (!ANSWERS.has(errorCodeOf(thrown))) throw thrown;
    });
    return { ...found, ok: true, latencyMs: performance.now() - begun, message: null };
  } catch (thrown) {
    const message = `This DNS server does not answer (${errorCodeOf(thrown)}): check it, /etc/resolv.conf, and the firewall (UDP port 53).`;
    return { ...found, ok: false, latencyMs: null, message };
  }
}
