import { isFull } from '../../../db/database-errors.ts';
import { migrations } from '../../../db/migrations/migrations.ts';
import { readAppliedMigrations, readLiveProcesses, readServer } from '../doctor-sql.ts';
import { type Check, failed, ok, warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { needsDatabase } from './needs.ts';
import { restartOf } from './restart.ts';

const TESTED_MAJOR = 16;
/** Also where other checks keep this process busy. */
const SLOW_MS = 250;
const CONNECTIONS_WARNING_PERCENT = 80;
const CONNECTIONS_CRITICAL_PERCENT = 95;
const CLOCK_WARNING_MS = 2_000;
const CLOCK_CRITICAL_MS = 30_000;
const FULL = 'PostgreSQL has no connection left: all of max_connections are in use.';

/** PostgreSQL: reachable, version, migrations, connections, clock. */
export function databaseChecks(installation: Installation): Check[] {
  return [
    { name: 'PostgreSQL', run: () => server(installation) },
    needsDatabase('migrations', () => migrationState(installation)),
    needsDatabase('connections', () => connections(installation)),
    needsDatabase('clock', () => clock(installation)),
  ];
}

async function server({ db, config, wrong }: Installation) {
  let database: Awaited<ReturnType<typeof db>>;
  try {
    database = await db();
  } catch (thrown) {
    const isOwn = config.databaseUrl === undefined && !wrong.has('DATABASE_URL');
    // A restart of the program alone would find them all taken again.
    if (isFull(thrown)) return failed(FULL, 'docs/operations/database.md#no-connection-left');
    const mend = isOwn ? restartOf(config, 'postgres') : 'docs/operations/alerts.md#database-lost';
    return failed(thrown instanceof Error ? causeOf(thrown) : 'PostgreSQL cannot be reached.', mend);
  }
  // The first answer waits for other checks of this process.
  const latency = Math.min(await database.ping(), await database.ping(), await database.ping());
  const { version, isReadOnly } = await readServer(database.sql());
  if (isReadOnly) return failed(`It is a replica, and takes no writes.`, 'set DATABASE_URL to the primary');
  const found = `PostgreSQL ${version.split(' ')[0]} answers in ${latency.toFixed(1)} ms.`;
  if (Number.parseInt(version, 10) < TESTED_MAJOR)
    return warning(`${found} Auto Video is tested with 16 and newer.`, 'update PostgreSQL');
  return latency > SLOW_MS ? warning(`${found} That is slow.`, 'docs/operations/network.md') : ok(found);
}

/** The driver says why, without any address or password. */
function causeOf(thrown: Error): string {
  const cause = thrown.cause instanceof Error && 'code' in thrown.cause ? String(thrown.cause.code) : undefined;
  const known: Readonly<Record<string, string>> = {
    '28P01': 'PostgreSQL refuses the password in DATABASE_URL.',
    '28000': 'PostgreSQL refuses the user in DATABASE_URL.',
    '3D000': 'The database that DATABASE_URL names does not exist.',
    '57P03': 'PostgreSQL is starting or shutting down.',
    ECONNREFUSED: 'Nothing listens where DATABASE_URL points: PostgreSQL does not run there.',
    ENOTFOUND: 'DNS does not know the host in DATABASE_URL.',
  };
  return known[cause ?? ''] ?? (thrown.message === '' ? 'PostgreSQL cannot be reached.' : thrown.message);
}

async function migrationState({ db }: Installation) {
  const applied = await readAppliedMigrations((await db()).sql());
  const pending = migrations.filter(({ name }) => !applied.includes(name));
  const newer = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (newer.length > 0)
    return warning(`The database is of a newer version: it has ${newer.join(', ')}.`, 'update this program');
  if (pending.length === 0) return ok(`All ${migrations.length} are applied; the last is ${applied.at(-1) ?? 'none'}.`);
  return failed(`${pending.length} of ${migrations.length} are not applied.`, 'autovideo migrate');
}

async function connections({ db, migrated }: Installation) {
  const { connections: used, maxConnections, idleInTransaction } = await readServer((await db()).sql());
  const percent = (100 * used) / maxConnections;
  const mend = 'stop what holds connections, or lower DATABASE_POOL_MAX; docs/operations/alerts.md';
  const server = `${used} of ${maxConnections} connections are in use, ${idleInTransaction} of them idle in a transaction`;
  if (percent >= CONNECTIONS_CRITICAL_PERCENT) return failed(`${server}.`, mend);
  if (percent >= CONNECTIONS_WARNING_PERCENT) return warning(`${server}.`, mend);
  const processes = await migrated().then(
    async (database) => await readLiveProcesses(database.sql()),
    () => [],
  );
  const leaking = processes.find(({ poolLeaked }) => poolLeaked > 0);
  const full = processes.find(({ poolWaiting }) => poolWaiting > 0);
  if (leaking)
    return warning(
      `${server}. Process ${leaking.pid} on ${leaking.host} holds ${leaking.poolLeaked} for over 5 minutes.`,
      `restart process ${leaking.pid}`,
    );
  if (full) return warning(`${server}. Process ${full.pid} on ${full.host} waits for one.`, 'raise DATABASE_POOL_MAX');
  return ok(`${server}.`);
}

async function clock({ db }: Installation) {
  const database = await db();
  const before = Date.now();
  const { now } = await readServer(database.sql());
  const after = Date.now();
  // The server read its clock at some time between.
  const difference = now < before ? before - now : now > after ? now - after : 0;
  if (difference < CLOCK_WARNING_MS) return ok('The clock agrees with that of PostgreSQL.');
  const found = `The clock differs by ${(difference / 1_000).toFixed(1)} s from that of PostgreSQL.`;
  const mend = 'timedatectl set-ntp true';
  return difference < CLOCK_CRITICAL_MS ? warning(found, mend) : failed(found, mend);
}
