import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { queueCommand } from '../../src/cli/commands/queue.command.ts';
import { recoverCommand } from '../../src/cli/commands/recover.command.ts';
import { diagnosedSettings } from '../../src/cli/doctor/diagnosed-settings.ts';
import { runAllChecks } from '../../src/cli/doctor/doctor.ts';
import { diagnosedInstallation } from '../../src/cli/doctor/installation.ts';
import { reportErrors } from '../../src/cli/report-errors.ts';
import { openJobServices } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { asSuperuser, DatabaseClient } from '../helpers/database-clients.ts';
import { useInstallation } from '../helpers/fixtures.ts';

const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
const LATE = 'The database did not answer in time; something may hold a lock';
let holder: DatabaseClient;
beforeEach(async () => {
  holder = await DatabaseClient.open(installation.settings['DATABASE_URL'] ?? '', 'psql');
});
afterEach(async () => {
  await holder.close();
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** What is found, by the check. */
async function diagnosis() {
  const opened = diagnosedInstallation(diagnosedSettings(installation.settings));
  try {
    const found = await runAllChecks(opened, { statusPages: {} });
    return (name: string) =>
      found.filter(({ check }) => check === name).map(({ status, message, mend }) => [status, message, mend]);
  } finally {
    await opened.close();
  }
}

it('autovideo doctor names the session that holds a lock, before what waits for it', async () => {
  expect((await diagnosis())('locks')).toEqual([['ok', 'No session has waited for another one for over 2 s.', null]]);
  const pid = await holder.pid();
  await holder.run('begin; lock table videos');
  const waiting = installation.db.em().execute('select count(*) from videos');
  await sql`select pg_sleep(2)`.execute(installation.db.sql());
  const of = await diagnosis();
  const [locks] = of('locks');
  expect(locks).toEqual([
    'failed',
    expect.stringMatching(
      new RegExp(
        `^psql \\(session ${pid}\\) has been idle in a transaction for \\d+ s and blocks \\d sessions?, the longest for \\d+ s \\(lock on videos\\)\\.$`,
      ),
    ),
    expect.stringMatching(/^autovideo db idle --seconds \d+ --end$/),
  ]);
  expect(of('stuck videos')).toEqual([['failed', `${LATE}.`, 'autovideo db']]);
  await holder.run('rollback');
  await waiting;
}, 60_000);

it('autovideo doctor gives the page where --end would leave the session alone, as it is of another role', async () => {
  const other = await DatabaseClient.open(asSuperuser(installation.settings['DATABASE_URL'] ?? ''), 'psql');
  try {
    const pid = await other.pid();
    await other.run('begin; lock table videos');
    const [locks] = (await diagnosis())('locks');
    expect(locks?.[1]).toMatch(
      new RegExp(`^psql \\(session ${pid}\\) has been idle in a transaction for \\d+ s and blocks `),
    );
    expect(locks?.[2]).toBe('docs/operations/database.md#locks');
  } finally {
    await other.close();
  }
}, 60_000);

it.each([
  ['queue list', queueCommand, ['list']],
  ['recover --dry-run', recoverCommand, ['--dry-run']],
] as const)(
  'autovideo %s says within seconds that something may hold a lock',
  async (_, commandOf, words) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await holder.run('begin; lock table videos, jobs');
    const command = commandOf({
      open: () => openJobServices(loadConfig(installation.settings)),
      print: () => undefined,
    });
    const begun = performance.now();
    await reportErrors(() => command.parseAsync([...words], { from: 'user' }));
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(write.mock.calls).toEqual([[`${LATE}: autovideo db\n`]]);
    expect(process.exitCode).toBe(1);
    await holder.run('rollback');
  },
  60_000,
);
