import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { deployCommand } from '../../src/cli/commands/deploy.command.ts';
import { ok } from '../../src/cli/deploy/check-result.ts';
import { openDeployments } from '../../src/command-services.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { VERSION } from '../../src/version.ts';
import { insertBackup } from '../helpers/backup-rows.ts';
import { useApp } from '../helpers/fixtures.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { until } from '../helpers/until.ts';

const app = useApp({ contentProviders: fakeProviders() });

interface Output {
  readonly text: string;
  readonly error: string;
}

async function run(words: readonly string[], given: Record<string, string> = {}, answer?: boolean): Promise<Output> {
  const printed: string[] = [];
  const command = deployCommand({
    env: () => ({ ...app.installation.settings, PORT: new URL(app.url).port, ...given }),
    open: openDeployments,
    film: async () => ok('film', 'Made.'),
    print: (text) => void printed.push(text),
    ...(answer !== undefined && { confirm: async () => answer }),
  });
  let error = '';
  await command.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  });
  return { text: printed.join('\n'), error };
}

const resultsOf = ({ text }: Output) =>
  new Map(
    text
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ {2,}/))
      .map(([check = '', result, detail]) => [check, { result, detail }]),
  );

describe('autovideo deploy', () => {
  it('check looks at settings, versions, jobs, backups and migrations', async () => {
    const results = resultsOf(await run(['check']));
    expect([...results.keys()]).toEqual(['settings', 'version', 'jobs', 'backup', 'migrations']);
    expect(results.get('version')).toEqual({ result: 'OK', detail: `${VERSION} runs; this is ${VERSION}.` });
    expect(results.get('jobs')).toEqual({ result: 'OK', detail: '0 running, 0 waiting.' });
    expect(results.get('migrations')).toEqual({ result: 'OK', detail: 'None is pending.' });
  });

  it('check warns of an update without a verified backup of the last day', async () => {
    const backup = async () => resultsOf(await run(['check'])).get('backup');
    expect(await backup()).toEqual({
      result: 'WARNING',
      detail: 'There is no verified one: take one with autovideo backup.',
    });
    await insertBackup(app.installation.db, { hours: 25, verified: true });
    expect(await backup()).toEqual({
      result: 'WARNING',
      detail: 'The newest verified one is 1 d 1 h old: take one with autovideo backup.',
    });
    await insertBackup(app.installation.db, { hours: 1, verified: false });
    expect((await backup())?.result).toBe('WARNING');
    await insertBackup(app.installation.db, { hours: 23, verified: true });
    expect(await backup()).toEqual({ result: 'OK', detail: 'The newest verified one is 23 h old.' });
  });

  it('check fails for wrong settings and for a database that does not answer, and says so', async () => {
    const wrong = await run(['check'], { LEASE_SECONDS: 'soon' });
    expect(wrong.error).toBe('1 of 1 checks failed.');
    expect(resultsOf(wrong).get('settings')?.detail).toBe('Wrong are LEASE_SECONDS: see autovideo config.');
    const gone = await run(['check', '--json'], { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/x' });
    expect(gone.error).toBe('1 of 2 checks failed.');
    expect(JSON.parse(gone.text)[1]).toMatchObject({ check: 'database', result: 'FAILED' });
    expect(gone.text).not.toContain('geheim');
  });

  it('check --after asks the running installation, and counts errors since this version has begun', async () => {
    await until('the worker is known', async () => (await workers()) > 0);
    // The disk of a test machine may be nearly full, which is a finding.
    const before = resultsOf(await run(['check', '--after', '--film']));
    expect(before.get('health')).toMatchObject({ result: expect.stringMatching(/OK|WARNING|FAILED/) });
    expect(before.get('version')?.detail).toMatch(new RegExp(`^${VERSION.replaceAll('.', '\\.')} runs since \\d{4}-`));
    expect(before.get('errors')?.detail).toMatch(/^There is no log in /);
    expect(before.get('figures')?.detail).toMatch(/^0 jobs done, 0 failed since then; 1 workers; open alerts: /);
    expect(before.get('latency')?.detail).toMatch(
      /^95th percentile of the last five minutes: operations .+, statements .+\.$/,
    );
    expect(before.get('film')).toEqual({ result: 'OK', detail: 'Made.' });
    const folder = join(app.installation.dataDir, 'logs');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `app-${new Date().toISOString().slice(0, 10)}.log`);
    const old = '{"level":"ERROR","timestamp":"2020-01-31T00:00:00.000Z","message":"old"}\n';
    const lines = [old];
    const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    logger.error({ error_code: 'STALLED' }, 'an alert');
    writeFileSync(file, lines.join(''));
    const after = resultsOf(await run(['check', '--after']));
    expect(after.get('errors')).toEqual({
      result: 'WARNING',
      detail: 'The log has STALLED 1 times: see autovideo logs --level error.',
    });
    expect(after.has('film')).toBe(false);
  });

  it('check --after fails where nothing answers, or another version was started last', async () => {
    const silent = resultsOf(await run(['check', '--after'], { PORT: '1' }));
    expect(silent.get('health')).toMatchObject({ result: 'FAILED' });
    await sql`insert into deployments (version, migration) values ('0.0.1', 'x')`.execute(app.installation.db.sql());
    const other = await run(['check', '--after']);
    expect(resultsOf(other).get('version')?.detail).toBe(`0.0.1 was started last, and not ${VERSION}.`);
    expect(other.error).toMatch(/checks failed\.$/);
    await sql`delete from deployments where version = '0.0.1'`.execute(app.installation.db.sql());
  });

  it('history shows the versions, and rollback verifies, prints the steps, asks and records', async () => {
    const db = app.installation.db.sql();
    await sql`insert into deployments (id, version, migration) select -1, '0.0.9', migration from deployments limit 1`.execute(
      db,
    );
    const rows = (await run(['history'])).text.split('\n').map((line) => line.split(/ {2,}/)[0]);
    expect(rows).toEqual(['VERSION', VERSION, '0.0.9']);
    const refused = await run(['rollback', '0.0.9'], {}, false);
    expect(refused.text).toContain(`Going back from ${VERSION} to 0.0.9. The database is the same for both versions.`);
    expect(refused.text).toMatch(
      /docker compose up -d.*systemctl start.*npm ci && npm start.*Nothing was recorded\.$/s,
    );
    expect((await run(['rollback', '0.0.9', '--dry-run'])).error).toBe('');
    expect((await run(['rollback', '0.0.9'])).error).toContain('--yes');
    expect(await recorded()).toBe(0);
    expect((await run(['rollback', '0.0.9', '--yes'])).text).toContain('The rollback is recorded in the audit log.');
    expect(await recorded()).toBe(1);
    expect((await run(['rollback', '9.9.9'], {}, true)).error).toContain('has never run here');
  });
});

const countOf = async (query: ReturnType<typeof sql<{ n: number }>>) =>
  (await query.execute(app.installation.db.sql())).rows[0]?.n ?? 0;
const workers = () => countOf(sql<{ n: number }>`select count(*)::int as n from workers`);
const recorded = () =>
  countOf(sql<{ n: number }>`select count(*)::int as n from audit_log where action = 'deploy.rollback'`);
