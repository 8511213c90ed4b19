import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';

/**
 * The proxies whose X-Forwarded-For is believed: so many in front of this process, or those with an address in one of these
 * networks. Null where clients connect directly.
 */
export type TrustedProxies = number | readonly string[] | null;

/** The part of a request that the address is taken from. */
export type Addressed = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Returns the client's address of a request; null where the connection has already ended. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * How the client's address is found, for limits, logs, sessions and the audit log alike: the socket's peer, or behind trusted
 * proxies the address that the outermost of them saw. What a client writes into X-Forwarded-For itself is never reached, because
 * the list is read from its end, and only as far as the proxies are trusted.
 */
export function clientAddressBehind(trusted: TrustedProxies): ClientAddress {
  if (trusted === null) return ({ socket }) => plain(socket.remoteAddress);
  const isTrusted = typeof trusted === 'number' ? (_: string, hop: number) => hop < trusted : inNetworks(trusted);
  return (request) => {
    if (request.headers['x-forwarded-for'] === undefined) return plain(request.socket.remoteAddress);
    const forwarded = plain(withoutPort(proxyAddr(request, isTrusted)));
    // A proxy may write a word such as "unknown": then the nearest address that is known counts.
    return forwarded !== null && isIP(forwarded) ? forwarded : plain(request.socket.remoteAddress);
  };
}

/** Whether a connection from an address is one of the trusted proxies, which connect for many clients. */
export function isProxyBehind(trusted: TrustedProxies): (address: string) => boolean {
  if (trusted === null) return () => false;
  if (typeof trusted === 'number') return () => true;
  const isTrusted = proxyAddr.compile([...trusted]);
  return (address) => isTrusted(address, 0);
}

/** Also where a proxy writes the port of the proxy before it. */
function inNetworks(networks: readonly string[]): (address: string, hop: number) => boolean {
  const isTrusted = proxyAddr.compile([...networks]);
  return (address, hop) => isTrusted(withoutPort(address), hop);
}

/** Some proxies write the port too: 192.0.2.1:4711 or [2001:db8::1]:4711. */
function withoutPort(address: string): string {
  const found = /^(?:\[([\da-f:.]+)\]|(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}))(?::\d{1,5})?$/i.exec(address);
  return found?.[1] ?? found?.[2] ?? address;
}

/** A dual-stack socket shows IPv4 addresses as ::ffff:192.0.2.1. */
function plain(address: string | undefined): string | null {
  return address === undefined ? null : address.replace(/^::ffff:(?=\d{1,3}\.)/i, '');
}
