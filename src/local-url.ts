/** Addresses that mean every interface of this machine, which a client cannot open. */
const EVERY_INTERFACE = ['0.0.0.0', '::'];

/** The URL for clients on this machine of a server that listens at `host`: a name, an IPv4 or an IPv6 address (RFC 3986 §3.2.2). */
export function localUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  const reachable = EVERY_INTERFACE.includes(host) ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
