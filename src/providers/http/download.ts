import { promises as dns, type LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError, throwIfCanceled } from '../../errors.ts';
import { isPublicAddress } from './public-address.ts';

/** All addresses of a host. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface DownloadOptions {
  readonly url: string;
  /** The service's address in the settings. Its origin is trusted, also within the own network: the operator has chosen it. */
  readonly baseUrl: string;
  readonly maxBytes: number;
  /** For the whole download, redirects included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
}

/** Names without a dot, and those that are never public (RFC 6761, RFC 8375, and .internal of ICANN). */
const LOCAL_NAME =
  /^[^.:[]+\.?$|(?:^|\.)home\.arpa\.?$|\.(?:localhost|localdomain|local|internal|intranet|lan|home|corp|onion|test|invalid)\.?$/i;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A file that a service names by a link. The link is not trusted: only https, only from public addresses, and no key is sent.
 * The address is checked when it is connected to, at each redirect again, so that a name that changes its address meanwhile does
 * not help. Throws FILE_DOWNLOAD_FAILED, retriable where it may succeed later, and the caller's reason if that aborts.
 */
export async function download(options: DownloadOptions): Promise<Uint8Array> {
  throwIfCanceled(options.signal);
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    let url = parsed(options.url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await opened(url, { ...options, signal });
      if (!REDIRECTS.has(response.statusCode ?? 0)) return await bodyOf(response, options.maxBytes);
      response.destroy();
      const { location } = response.headers;
      if (location === undefined) throw failure('it redirects to nothing');
      url = parsed(location, url);
    }
    throw failure(`it redirects more than ${MOST_REDIRECTS} times`);
  } catch (thrown) {
    throwIfCanceled(options.signal);
    if (timeout.aborted) throw failure(`it took longer than ${options.timeoutMs / 1_000} s`, { retriable: true });
    if (thrown instanceof AppError) throw thrown;
    throw failure('the connection failed', { cause: thrown, retriable: true });
  }
}

function parsed(link: string, base?: URL): URL {
  const url = URL.parse(link, base?.href);
  if (url === null) throw failure('its link is no URL');
  if (url.username !== '' || url.password !== '') throw failure('its link holds a password');
  return url;
}

interface Opening extends Pick<DownloadOptions, 'baseUrl' | 'signal' | 'resolve'> {}

function opened(url: URL, { baseUrl, signal, resolve = resolved }: Opening): Promise<IncomingMessage> {
  const isTrusted = url.origin === new URL(baseUrl).origin;
  if (!isTrusted) refuseUnlessPublic(url);
  const { promise, resolve: found, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    // A connection of its own: one that is open already was opened without the check.
    agent: false,
    headers: { accept: '*/*', 'accept-encoding': 'identity' },
    signal,
    ...(isTrusted ? {} : { lookup: publicLookup(resolve) }),
  });
  request.once('response', found);
  request.on('error', reject);
  request.end();
  return promise;
}

/** Whether a link may be followed, as far as it shows that itself: the address of a name is looked up by who follows it. */
export function isPublicLink(link: string): boolean {
  try {
    const url = parsed(link);
    refuseUnlessPublic(url);
    return !LOCAL_NAME.test(url.hostname);
  } catch {
    return false;
  }
}

function refuseUnlessPublic({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw failure('its link is not https');
  // A name is looked up by publicLookup, an address never.
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw notPublic();
}

/** The function that finds the address for a connection, so that exactly that address is checked which is connected to. */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
          callback(notPublic(), '');
        else if (all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (thrown: Error) => callback(thrown, ''),
    );
  };
}

const resolved: Resolve = (hostname) => dns.lookup(hostname, { all: true });

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const { statusCode = 0, headers } = response;
  try {
    if (statusCode !== 200) {
      const retriable = statusCode >= 500 || statusCode === 408 || statusCode === 429;
      throw failure(`the answer is ${statusCode}`, { retriable });
    }
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } finally {
    response.destroy();
  }
}

function tooLarge(maxBytes: number): AppError {
  return failure(`it is larger than ${maxBytes / 1_024 / 1_024} MB`);
}

function notPublic(): AppError {
  return failure('its address is not a public one');
}

/** No link: it may hold a secret of its own. */
function failure(why: string, options: { cause?: unknown; retriable?: boolean } = {}): AppError {
  return new AppError('FILE_DOWNLOAD_FAILED', `A file could not be downloaded: ${why}.`, options);
}
