/** In the form that node-redis 3 accepts. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly db?: string;
  readonly tls?: object;
}

const DEFAULT_PORT = 6_379;

/** The parts of `redis[s]://[user][:password]@host[:port][/db]`. node-redis 3 would parse it with a deprecated function of Node. */
export function redisAddress(url: string): RedisAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const db = pathname.slice(1);
  return {
    // Brackets belong to the URL, not to the address.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? DEFAULT_PORT : Number(port),
    ...(username && { user: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(db && { db }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}
