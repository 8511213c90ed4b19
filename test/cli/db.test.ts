import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { dbCommand } from '../../src/cli/commands/db.command.ts';
import { sizeOf } from '../../src/cli/database-report.ts';
import { openDatabaseTools } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';
import { DatabaseClient } from '../helpers/database-clients.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';

// None of these commands may need Redis.
const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
let databaseUrl = '';
let output: string[] = [];
let opened = 0;
beforeAll(async () => {
  databaseUrl = installation.settings['DATABASE_URL'] ?? '';
  await installation.db.em().execute('create table dying as select generate_series(1, 3000) as n; delete from dying');
});
beforeEach(() => {
  output = [];
});

async function runCommand(words: readonly string[], settings = {}): Promise<string> {
  const command = dbCommand({
    open: async (options) => {
      const tools = await openDatabaseTools(loadConfig({ ...installation.settings, ...settings }), options);
      opened++;
      return { ...tools, close: () => tools.close().finally(() => opened--) };
    },
    print: (text) => void output.push(text),
  });
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(words, { from: 'user' }).finally(() => expect(opened).toBe(0));
  return output.join('\n');
}

describe('autovideo db', () => {
  it('shows what is wrong, the locks first', async () => {
    const holder = await DatabaseClient.open(databaseUrl, 'a shell');
    const waiting = await DatabaseClient.open(databaseUrl, 'a report');
    const by = await holder.pid();
    await holder.run('begin; lock table scenes in access exclusive mode');
    const answer = waiting.run("select from scenes where narration = 'my secret'");
    await until('the wait is shown', async () => {
      output = [];
      return (await runCommand([])).includes('BLOCKED');
    });
    const sections = output[0]?.split('\n\n') ?? [];
    expect(sections[0]).toMatch(
      /^PostgreSQL 18\.\S+\. Other sessions of this database: 1 active, \d+ idle, 1 idle in a transaction; the server allows 100 /,
    );
    expect(sections[1]?.split('\n')).toEqual([
      'Lock waits:',
      expect.stringMatching(/^BLOCKED +BY +FOR +WAITING STATEMENT +LAST STATEMENT OF THE OTHER$/),
      expect.stringMatching(new RegExp(`^\\d+ +${by} +\\d+ s +select from scenes where narration = \\? +`)),
    ]);
    expect(sections[2]).toMatch(/^Slow statements are not counted: set shared_preload_libraries/);
    expect(sections[3]).toMatch(/^Tables: \d+, of which \d need vacuum/);
    expect(sections.slice(4).map((section) => section.split(/[:\n]/)[0])).toEqual([
      'Indexes that may help',
      'Indexes never used since the statistics began',
      'Sessions',
    ]);
    expect(sections[6]).toMatch(/ +a shell +idle in transaction +\d+ s +begin; lock table scenes/);
    expect(output.join()).not.toContain('secret');
    await holder.run('rollback');
    await answer;
    await Promise.all([holder.close(), waiting.close()]);
  });

  it('--json has all of it', async () => {
    const report = z.looseObject({
      version: z.string(),
      message: z.string(),
      slowQueries: z.array(z.unknown()),
      tables: z.array(z.looseObject({ name: z.string(), totalBytes: z.number() })).min(30),
      indexes: z.array(z.looseObject({ name: z.string() })).min(30),
      unusedIndexes: z.array(z.unknown()),
      indexSuggestions: z.array(z.unknown()),
      locks: z.array(z.unknown()),
      sessions: z.looseObject({ max: z.literal(100), list: z.array(z.unknown()) }),
    });
    report.parse(JSON.parse(await runCommand(['--json'])));
  });

  it('shows a database that is not migrated, and leaves it so', async () => {
    expect(await runCommand([], { DATABASE_URL: inject('databaseUrl') })).toMatch(/^PostgreSQL 18/);
    const client = await DatabaseClient.open(inject('databaseUrl'));
    expect(await client.run("select to_regclass('migrations') as there")).toEqual([{ there: null }]);
    await client.close();
  });

  it('says what to check where the database cannot be reached', async () => {
    const settings = { DATABASE_URL: 'postgresql://someone:secret@127.0.0.1:1/none' };
    await expect(runCommand([], settings)).rejects.toMatchObject({
      code: 'DATABASE_CONNECTION_FAILED',
      message: expect.stringMatching(/^PostgreSQL cannot be reached: (?!.*secret)/),
    });
  });

  it('says it where no connection is left', async () => {
    const client = await DatabaseClient.open(databaseUrl);
    const name = new URL(databaseUrl).pathname.slice(1);
    await client.run(`alter database ${name} connection limit 0`);
    await expect(runCommand([])).rejects.toMatchObject({
      code: 'DATABASE_CONNECTION_FAILED',
      message: expect.stringMatching(/^PostgreSQL has no connection left: /),
    });
    await client.run(`alter database ${name} connection limit -1`);
    await client.close();
  });

  it('idle shows what would end, and --end ends it', async () => {
    const report = await DatabaseClient.open(databaseUrl, 'a report');
    await until('it is shown', async () => {
      output = [];
      return (await runCommand(['idle', '--seconds', '1'])).includes('a report');
    });
    expect(output[0]).toMatch(/^PID +USER +CLIENT +PROGRAM +STATE +FOR +WITH --end\n/);
    expect(output[0]).toMatch(/^\d+ +autovideo_app +127\.0\.0\.1 +a report +idle +\d s +ends *$/m);
    expect(output[0]).toMatch(/ +autovideo_backend +idle +\d+ s +stays: pool of Auto Video *$/m);
    expect(output[1]).toBe('1 session can be ended with --end.');
    expect(await report.run('select 1 as n')).toEqual([{ n: 1 }]);
    output = [];
    await until('it has been idle for a second again', async () =>
      (await runCommand(['idle', '--seconds', '1', '--end'])).includes('1 session ended that had been idle for 1 s'),
    );
    await report.ended;
    output = [];
    expect(await runCommand(['idle'])).toBe('0 sessions can be ended with --end.');
  });

  it.each([
    ['0', UserFaultError],
    ['86401', UserFaultError],
    ['soon', Error],
  ])('idle refuses --seconds %s', async (seconds, error) => {
    await expect(runCommand(['idle', '--seconds', seconds])).rejects.toBeInstanceOf(error);
  });

  it('vacuum does what the dead rows ask for, then nothing, then the table named', async () => {
    await until('the dead rows are counted', async () => {
      const { rows } = await sql`select from pg_stat_user_tables where relname = 'dying' and n_dead_tup > 1000`.execute(
        installation.db.sql(),
      );
      return rows.length > 0;
    });
    expect(await runCommand(['vacuum'])).toBe('dying is vacuumed and analyzed.');
    output = [];
    expect(await runCommand(['vacuum'])).toBe('No table has many dead rows.');
    output = [];
    expect(await runCommand(['vacuum', 'videos', 'scenes'])).toBe(
      'videos is vacuumed and analyzed.\nscenes is vacuumed and analyzed.',
    );
    await expect(runCommand(['vacuum', 'nothing'])).rejects.toThrow('There is no table "nothing".');
  });
});

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [1_572_864, '1.5 MiB'],
  [2 ** 50, '1024.0 TiB'],
])('%i bytes are shown as %s', (bytes, shown) => {
  expect(sizeOf(bytes)).toBe(shown);
});
