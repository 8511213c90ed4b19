import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Port and password of a folder's Redis. */
export interface RedisAccess {
  port: number;
  password: string;
}

export function redisConfigFile(home: string): string {
  return join(home, 'redis.conf');
}

/**
 * Writes the configuration for the server of this folder, which alone contains the password: command-line arguments are
 * readable by every user. Returns how to reach the server.
 */
export function writeRedisConfig(home: string, port: number): RedisAccess {
  const password = readRedisConfig(home)?.password ?? randomBytes(24).toString('base64url');
  const lines = [
    '# Written at each start.',
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${quoted(home)}`,
    `pidfile ${quoted(join(home, 'redis.pid'))}`,
    // Keeps the path of this file in the command line, which identifies the server at the next start.
    'set-proc-title no',
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
  ];
  writeFileSync(redisConfigFile(home), `${lines.join('\n')}\n`, { mode: 0o600 });
  return { port, password };
}

/** The access data written at the last start; undefined before the first. */
export function readRedisConfig(home: string): RedisAccess | undefined {
  let text: string;
  try {
    text = readFileSync(redisConfigFile(home), 'utf8');
  } catch {
    return undefined;
  }
  const port = Number(/^port (\d+)$/m.exec(text)?.[1]);
  const password = /^requirepass (\S+)$/m.exec(text)?.[1];
  return password === undefined || !Number.isInteger(port) ? undefined : { port, password };
}

/** Redis' own syntax for a word with spaces: double quotes, and a backslash before a quote or a backslash. */
function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`;
}
