import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { LinkVerdict } from './link-verdict.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
/** A link created within a quarter of an hour expires at the end of the fourth quarter: 45 to 60 minutes later. */
const QUARTERS = 4;

export interface LinkOptions {
  /** Makes browsers save the file under this name instead of displaying it. */
  readonly download?: string;
  /** The name under which a browser that displays the file would save it. Ignored if `download` is set. */
  readonly name?: string;
}

export interface LinkSignerOptions {
  readonly secret: string;
  /** Public base URL of the server, without a trailing slash. */
  readonly publicUrl: string;
  readonly now?: () => number;
}

/**
 * Links to files that need no token: `/files/<key>?e=<expiry>&s=<signature>[&d=<download name>|&n=<name>]`. The
 * signature is HMAC-SHA256 (RFC 2104) over key, expiry and name together, so that none of them can be exchanged.
 */
export class LinkSigner {
  readonly #secret: Buffer;
  readonly #publicUrl: string;
  readonly #now: () => number;

  constructor({ secret, publicUrl, now = Date.now }: LinkSignerOptions) {
    // A separate key for this purpose (HKDF, RFC 5869), whatever else uses the secret.
    this.#secret = Buffer.from(hkdfSync('sha256', secret, '', 'auto-video file links 1', 32));
    this.#publicUrl = publicUrl;
    this.#now = now;
  }

  /** Returns the same text for a quarter of an hour, so that clients can cache; it expires within an hour. */
  url(key: string, options: LinkOptions = {}): string {
    // An unpaired surrogate does not survive a URL.
    const download = options.download?.toWellFormed();
    const name = options.name?.toWellFormed();
    const quarter = Math.floor(this.#now() / QUARTER_HOUR_MS);
    const expiry = ((quarter + QUARTERS) * QUARTER_HOUR_MS) / 1000;
    const shown = download === undefined ? (name ?? null) : null;
    const signature = this.#sign({ key, expiry, download: download ?? null, name: shown });
    const query = new URLSearchParams({ e: String(expiry), s: signature });
    if (download !== undefined) query.set('d', download);
    if (shown !== null) query.set('n', shown);
    return `${this.#publicUrl}/files/${key.split('/').map(encodeURIComponent).join('/')}?${query}`;
  }

  /**
   * `pathAndQuery` as in the request line. Valid only with exactly the values that `url` signed: this key, until this
   * time, under this name.
   */
  verify(pathAndQuery: string): LinkVerdict {
    const parts = partsOf(pathAndQuery);
    if (!parts || !sameBytes(parts.signature, this.#sign(parts))) return { state: 'forged' };
    const { key, download, name } = parts;
    const expiresAt = new Date(parts.expiry * 1000);
    if (expiresAt.getTime() <= this.#now()) return { state: 'expired' };
    return { state: 'valid', file: { key, download, name, expiresAt } };
  }

  #sign({ key, expiry, download, name }: SignedParts): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify(name === null ? [key, expiry, download] : [key, expiry, download, name]))
      .digest('base64url');
  }
}

interface SignedParts {
  readonly key: string;
  readonly expiry: number;
  readonly download: string | null;
  readonly name: string | null;
}

interface LinkParts extends SignedParts {
  readonly signature: string;
}

function partsOf(pathAndQuery: string): LinkParts | null {
  const [, path, search] = /^\/files\/([^?]*)\?(.*)$/.exec(pathAndQuery) ?? [];
  const key = path === undefined ? null : decoded(path);
  if (key === null) return null;
  const query = new URLSearchParams(search);
  return {
    key,
    expiry: Number(query.get('e')),
    signature: query.get('s') ?? '',
    download: query.get('d'),
    name: query.get('n'),
  };
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Takes the same time wherever the first difference is. */
function sameBytes(given: string, expected: string): boolean {
  const one = Buffer.from(given);
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
}
