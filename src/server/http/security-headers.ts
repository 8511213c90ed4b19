import type { ServerConfig } from '../ports.ts';

/** Headers of every answer. A route whose answers may be cached sets its own cache-control: others hold tokens and private data. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/**
 * Where clients come by https, browsers never try http again for a year (RFC 6797). Subdomains are not ours to decide about, and
 * browsers ignore the header over http.
 */
const TRANSPORT_SECURITY = { 'strict-transport-security': 'max-age=31536000' } as const;

export type SecurityHeaders = Readonly<Record<string, string>>;

/** The headers of every answer of a server with these settings. */
export function securityHeaders({ publicUrl }: Pick<ServerConfig, 'publicUrl'>): SecurityHeaders {
  return publicUrl?.startsWith('https:') ? { ...HEADERS, ...TRANSPORT_SECURITY } : HEADERS;
}

/** Further headers of pages: no window of another origin holds one of them, and they use no device. */
export const PAGE_HEADERS: SecurityHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};
