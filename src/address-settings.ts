import proxyAddr from '@fastify/proxy-addr';
import { z } from 'zod';

const MAX_PROXIES = 20;

export const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** DATABASE_REPLICA_URLS: URLs separated by commas. */
export const replicaUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(z.array(postgresUrl));

/** CORS_ORIGINS: origins separated by commas, or * alone. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin) || (list.length === 1 && list[0] === '*'), {
    error: 'must be origins such as https://app.example.org, separated by commas and without a path, or * for all',
  });

/** TRUST_PROXY: a number of proxies, or their addresses and networks. */
export const trustedProxies = z.string().transform((text, check) => {
  const proxies = proxiesIn(text);
  if (proxies === null)
    check.addIssue(
      `must be the number of proxies in front of it (1 to ${MAX_PROXIES}), or their addresses and networks, as in 10.0.0.0/8,loopback`,
    );
  return proxies;
});

/** A number of proxies, or a list of addresses and networks; null where it is neither. */
function proxiesIn(text: string): number | readonly string[] | null {
  if (/^\d{1,9}$/.test(text.trim())) {
    const hops = Number(text);
    return hops >= 1 && hops <= MAX_PROXIES ? hops : null;
  }
  const networks = text.split(',').map((network) => network.trim());
  try {
    proxyAddr.compile(networks);
    return networks;
  } catch {
    // The caller says what is wrong.
    return null;
  }
}

/** As browsers send it: scheme, host and port where it is not the usual one. Apps have schemes of their own, such as capacitor://localhost. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, origin } = new URL(text);
  // Browsers send no wildcard; a user may not write one either, since nothing would match it.
  return host !== '' && !host.includes('*') && text === (origin === 'null' ? `${protocol}//${host}` : origin);
}
