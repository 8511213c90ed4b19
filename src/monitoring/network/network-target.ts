/** A part of the installation, or an outside service, that this process connects to. */
export interface NetworkTarget {
  /** What it is for users, such as PostgreSQL or openai. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** The setting to mend where the address is wrong; null where no setting names it. */
  readonly setting: string | null;
}

const PORTS: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
  'smtp:': 587,
  'smtps:': 465,
};
const TLS: ReadonlySet<string> = new Set(['https:', 'rediss:', 'smtps:']);

/** Host and port of an address, and nothing else of it: it may contain a password or a token. Null where it has no host. */
export function targetOf(name: string, address: string, setting: string | null): NetworkTarget | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = port === '' ? PORTS[protocol] : Number(port);
  return host === '' || number === undefined ? null : { name, host, port: number, isTls: TLS.has(protocol), setting };
}

/** Each host and port once, with all names that use it. */
export function mergeTargets(targets: readonly (NetworkTarget | null)[]): NetworkTarget[] {
  const merged = new Map<string, NetworkTarget>();
  for (const target of targets) {
    if (!target) continue;
    const key = `${target.host} ${target.port} ${target.isTls}`;
    const known = merged.get(key);
    if (!known) merged.set(key, target);
    else if (!known.name.split(', ').includes(target.name))
      merged.set(key, { ...known, name: `${known.name}, ${target.name}` });
  }
  return [...merged.values()];
}
