import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Cors } from '../http/cors.ts';

/** What is known of this server's own address. */
export interface OwnAddress {
  /** The host that it listens at. */
  readonly host: string;
  readonly publicUrl?: string | undefined;
}

/**
 * Whether a page may open a WebSocket: browsers ask for no permission (CORS) first, but name the page's origin. Allowed are the origins
 * that CORS allows, and that of this server. What sends no Origin is no browser.
 */
export function mayOpenSocket({ headers }: IncomingMessage, cors: Cors, own: OwnAddress): boolean {
  const { origin, host } = headers;
  return origin === undefined || cors.allows(origin) || isOwn(origin, host, own);
}

/**
 * With PUBLIC_URL, a page of that origin. Without it, a page of the host that the request names, where that is an address, localhost or
 * HOST itself: the name of any other page may resolve to this machine (DNS rebinding), and is then both its Origin and its Host.
 */
function isOwn(origin: string, host: string | undefined, { host: listensAt, publicUrl }: OwnAddress): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (publicUrl !== undefined && page.origin === new URL(publicUrl).origin) return true;
  if (host === undefined || page.host !== host.toLowerCase()) return false;
  const name = page.hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isIP(name) !== 0 || name === listensAt.toLowerCase();
}
