import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { bearerOf } from '../authentication.ts';
import type { ServerConfig } from '../ports.ts';

/** Headers that reverse proxies add: with any of them the client is not the peer of the socket. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

export interface OperatorAccess {
  readonly opsToken: string | undefined;
  /** Whether the clients of this installation come through a proxy, as far as the settings say: then loopback proves nothing. */
  readonly isBehindProxy: boolean;
}

/** By the settings: PUBLIC_URL and TRUST_PROXY both say that clients come through something else. */
export function operatorAccess({ opsToken, publicUrl, trustProxy }: AccessSettings): OperatorAccess {
  return { opsToken, isBehindProxy: publicUrl !== undefined || trustProxy != null };
}

type AccessSettings = Pick<ServerConfig, 'opsToken' | 'publicUrl' | 'trustProxy'>;

interface OperatorRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * True for a request with the operations token, and for one from this machine itself. A proxy on this machine connects from
 * loopback too, and need not add a header: so the request must also name this machine as its host, and no setting may say that there
 * is a proxy.
 */
export function isOperator({ headers, socket }: OperatorRequest, { opsToken, isBehindProxy }: OperatorAccess): boolean {
  if (opsToken !== undefined && headers.authorization !== undefined)
    if (isSame(bearerOf(headers.authorization), opsToken)) return true;
  if (isBehindProxy || !isLoopback(socket.remoteAddress) || !namesThisMachine(headers.host)) return false;
  return PROXY_HEADERS.every((name) => headers[name] === undefined);
}

/** In constant time: the digests are of equal length, whatever was sent. */
function isSame(shown: string, secret: string): boolean {
  return timingSafeEqual(digestOf(shown), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The Host header: a page of another name that resolves to this machine (DNS rebinding) sends its own name. */
function namesThisMachine(host: string | undefined): boolean {
  const name = host?.replace(/:\d{1,5}$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || isLoopback(name);
}

/** 127.0.0.0/8 and ::1, also as a dual-stack socket shows them. */
function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}
