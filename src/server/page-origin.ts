import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Cors } from './http/cors.ts';

/** What is known of this server's own address. */
export interface OwnAddress {
  /** The host that it listens at. */
  readonly host: string;
  readonly publicUrl?: string | undefined;
}

/** Names that no attacker can have in the public DNS: they are reserved for local networks (RFC 6761, 6762, 8375, and ICANN for `internal`). */
const LOCAL_NAMES = ['.localhost', '.local', '.internal', '.home.arpa'];

/**
 * Whether a page may open a WebSocket: browsers ask for no permission (CORS) first, but name the page's origin. Allowed are the origins
 * that CORS allows, and that of this server. What sends no Origin is no browser.
 */
export function mayOpenSocket({ origin, host }: IncomingHttpHeaders, cors: Cors, own: OwnAddress): boolean {
  return origin === undefined || cors.allows(origin) || isOwn(origin, host, own);
}

/**
 * Whether a request comes from a page that takes this server for its own, at a name that is not this server's (DNS rebinding): the browser
 * then asks for no permission. Pages of other origins are not meant: the browser keeps them from what CORS does not allow.
 */
export function isRebound(headers: IncomingHttpHeaders, cors: Cors, own: OwnAddress): boolean {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase() && !mayOpenSocket(headers, cors, own);
}

/**
 * With PUBLIC_URL, a page of that origin. Without it, a page of the host that the request names, where that is an address, HOST itself or
 * a name of a local network: any other name may be led to this machine by its owner, and is then both the Origin and the Host.
 */
function isOwn(origin: string, host: string | undefined, { host: listensAt, publicUrl }: OwnAddress): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (publicUrl !== undefined && page.origin === new URL(publicUrl).origin) return true;
  if (host === undefined || page.host !== host.toLowerCase()) return false;
  const name = page.hostname.replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || name === listensAt.toLowerCase() || isLocalName(name);
}

/** Also a name without a dot, such as `localhost`, `api` between containers, and a machine's own name. */
function isLocalName(name: string): boolean {
  return !name.includes('.') || LOCAL_NAMES.some((ending) => name.endsWith(ending));
}
