import type { Deployments } from '../../command-services.ts';
import { readDeployments, readLastBackup, readRunningWork } from '../../services/deployments/deployment-store.ts';
import { type LockedTable, type PendingUpdate, pendingUpdate } from '../../services/deployments/pending-locks.ts';
import { listSettings } from '../../setting-list.ts';
import { VERSION } from '../../version.ts';
import { ageOf } from '../age.ts';
import { type CheckResult, checked, failed, ok, warning } from './check-result.ts';

/** From here on a lock is felt by users: building an index on it takes seconds. */
const LARGE_ROWS = 100_000;
const MEGABYTE = 1_000_000;
const LARGE_BYTES = 500 * MEGABYTE;
const MOST_LISTED = 8;
/** An update is undone by restoring, and what came after the backup is lost. */
const OLD_BACKUP_SECONDS = 86_400;

export function checkSettings(env: Readonly<Record<string, string | undefined>>): CheckResult {
  const { settings, problem } = listSettings(env);
  const wrong = settings.filter((setting) => setting.problem !== null).map(({ name }) => name);
  if (wrong.length > 0) return failed('settings', `Wrong are ${wrong.join(', ')}: see autovideo config.`);
  if (problem !== null) return failed('settings', problem);
  const given = settings.filter(({ isSet }) => isSet).length;
  return ok('settings', `${given} of ${settings.length} are set, and all are right.`);
}

/** With the program of the new version, before its migrations are applied. */
export async function checkBefore({ db }: Deployments): Promise<readonly CheckResult[]> {
  const results = await Promise.all([
    checked('version', async () => {
      const [current] = await readDeployments(db.sql(), 1);
      return ok('version', `${current?.version ?? 'An unknown one'} runs; this is ${VERSION}.`);
    }),
    checked('jobs', async () => {
      const work = await readRunningWork(db.sql());
      if (work === null) return ok('jobs', 'The database is new.');
      const { active, waiting } = work;
      const detail = `${active} running, ${waiting} waiting`;
      if (active === 0) return ok('jobs', `${detail}.`);
      return warning(
        'jobs',
        `${detail}: a worker that is stopped hands over what it cannot finish in STOP_GRACE_SECONDS.`,
      );
    }),
    checked('backup', async () => backupResult(await readLastBackup(db.sql()))),
    checked('migrations', async () => migrationResults(await pendingUpdate(db))),
  ]);
  return results.flat();
}

function backupResult(last: Date | null): CheckResult {
  if (last === null) return warning('backup', 'There is no verified one: take one with autovideo backup.');
  const seconds = (Date.now() - last.getTime()) / 1_000;
  const detail = `The newest verified one is ${ageOf(seconds)} old`;
  if (seconds <= OLD_BACKUP_SECONDS) return ok('backup', `${detail}.`);
  return warning('backup', `${detail}: take one with autovideo backup.`);
}

function migrationResults({ pending, locked, unknown }: PendingUpdate): CheckResult | CheckResult[] {
  if (unknown.length > 0)
    return failed(
      'migrations',
      `The database has ${listOf(unknown)} of a newer version: see autovideo deploy rollback.`,
    );
  if (pending.length === 0) return ok('migrations', 'None is pending.');
  const result = ok('migrations', `${pending.length} pending, in one transaction: ${listOf(pending)}.`);
  return [result, ...locked.map(lockResult)];
}

function lockResult({ table, rows, bytes, lock }: LockedTable): CheckResult {
  const isLarge = lock !== 'changed rows' && (rows >= LARGE_ROWS || bytes >= LARGE_BYTES);
  const size = `about ${Math.round(rows)} rows, ${(bytes / MEGABYTE).toFixed(1)} MB`;
  const detail = `${table} (${size}): ${lock} wait until the migrations are done.`;
  return isLarge ? warning('locks', detail) : ok('locks', detail);
}

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return names.slice(0, MOST_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
