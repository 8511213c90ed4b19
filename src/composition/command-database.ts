import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from '../embedded/postgres/embedded-postgres.ts';
import { openMigrated } from './servers.ts';

const STARTED = 'Auto Video is not running; its database was started for this command.';
const noop = () => undefined;

/** Beside the output of the command, which scripts read. */
function noteOnStderr(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/**
 * Where the database of a command is. One that belongs to Auto Video and does not run is started, which is noted; it is stopped again
 * with `resources`, unless other processes use it by then.
 */
export async function commandDatabaseUrl(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  resources: AsyncDisposableStack,
  note: (sentence: string) => void = noteOnStderr,
): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  const server = await startEmbeddedPostgres({ dataDir, onMessage: noop });
  resources.defer(() => server.close());
  if (server.isStarted) note(STARTED);
  return server.url;
}

/** The database of a command, migrated. Statements wait up to `lockSeconds` for a lock; by default as long as they may run. */
export async function openCommandDatabase(config: Config, resources: AsyncDisposableStack, lockSeconds?: number) {
  const databaseUrl = await commandDatabaseUrl(config, resources);
  return await openMigrated({ ...config, databaseUrl }, noop, resources, { lockSeconds });
}
