import type { Config } from '../../../config.ts';
import { usersOfServer } from '../../../embedded/running-servers.ts';

/** What mends a PostgreSQL or Redis that the program started: a second start beside the running processes does not. */
export function restartOf({ dataDir }: Config, server: 'postgres' | 'redis'): string {
  const users = usersOfServer(dataDir, server);
  if (users.length === 0) return 'autovideo start';
  const processes = `${users.length === 1 ? 'process' : 'processes'} ${users.join(', ')}`;
  return `restart the program (${processes}): Ctrl-C or systemctl restart, then autovideo start`;
}
