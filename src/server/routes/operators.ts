import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../authentication.ts';

/** Headers that reverse proxies add: with any of them the client is not the peer of the socket. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** True for a request with the operations token, and for one from this machine itself without a proxy in between. */
export function isOperator({ headers, socket }: RequestOrigin, opsToken: string | undefined): boolean {
  if (opsToken !== undefined && headers.authorization !== undefined)
    if (isSame(bearerOf(headers.authorization), opsToken)) return true;
  return isLoopback(socket.remoteAddress) && PROXY_HEADERS.every((name) => headers[name] === undefined);
}

type RequestOrigin = Pick<FastifyRequest, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** In constant time: the digests are of equal length, whatever was sent. */
function isSame(shown: string, secret: string): boolean {
  return timingSafeEqual(digestOf(shown), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** 127.0.0.0/8 and ::1, also as a dual-stack socket shows them. */
function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}
