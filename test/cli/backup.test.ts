import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REMOVING_TASKS } from '../../src/backups/removal-locks.ts';
import { backupCommand } from '../../src/cli/commands/backup.command.ts';
import { restoreCommand } from '../../src/cli/commands/restore.command.ts';
import { openBackups, openRestore, openTasks } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { openForRestore, sumsOf } from '../backups/databases.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { SLACK_PATH, slackWebhook } from '../fakes/slack-webhook.ts';
import { createTestInstallation, type Settings, type TestInstallation } from '../helpers/installation.ts';
import { fillLibrary, videoId } from '../helpers/many-videos.ts';
import { ensureBuilt } from '../helpers/processes.ts';

/** So many that putting them back takes long enough to be killed. */
const FILES = 80;
const HOOK_MS = 180_000;

let installation: TestInstallation;
let slack: FakeService;
/** Another connection than those of a process of the installation. */
let db: Database;
let settings: Settings;
let output: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  slack = await FakeService.start(slackWebhook);
  installation = await createTestInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
  settings = { ...installation.settings, ALERT_SLACK_WEBHOOK_URL: `${slack.url}${SLACK_PATH}`, BACKUP_KEEP: '2' };
  await installation.db.close();
  db = await openForRestore(settings['DATABASE_URL'] ?? '');
  await fillLibrary(db, { owners: 2, videos: 20, scenes: 1 });
  const storage = await LocalStorage.open(join(installation.dataDir, 'files'));
  await storage.put(`videos/${videoId(1)}/film.mp4`, Buffer.alloc(400_000, 'film'));
}, HOOK_MS);
afterAll(async () => {
  await db.close();
  await rm(installation.dataDir, { recursive: true, force: true });
  await slack.close();
});
beforeEach(() => {
  output = [];
});

const pick = (of: Settings, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, of[name]]));
const print = (text: string) => void output.push(...text.split('\n'));
const config = () => loadConfig(settings);

async function backup(...words: string[]): Promise<string[]> {
  await backupCommand({ config, open: openBackups, print }).parseAsync(words, { from: 'user' });
  return output;
}

async function restore(...words: string[]): Promise<string[]> {
  const ask = answers.length > 0 ? async () => answers.shift() ?? '' : undefined;
  const listenForStop = () => ({ signal: new AbortController().signal, close: () => undefined });
  await restoreCommand({ config, open: openRestore, print, ask, listenForStop }).parseAsync(words, { from: 'user' });
  return output;
}

const folder = () => join(installation.dataDir, 'backups');
const emergencies = async () => (await readdir(folder())).filter((name) => name.includes('before-restore'));
const change = () => db.em().execute("update videos set title = 'changed'; delete from scenes");

describe('autovideo backup', () => {
  it('writes an archive to BACKUP_DIR, says what opens it, and lists it', async () => {
    const [path = '', size, note] = await backup();
    expect(path).toMatch(/backups\/autovideo-20\d\d-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.backup$/);
    expect(size).toMatch(/^\d+\.\d KB, read back and complete\.$/);
    expect(note).toContain('Only the key "k1" of ENCRYPTION_KEYS');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    output = [];
    const [heading, first] = await backup('list');
    expect(heading).toMatch(/^STARTED +STATE +SIZE +ARCHIVE$/);
    expect(first).toContain(`complete  `);
    expect(first).toContain(path);
    const [entry] = await db
      .em()
      .execute<{ action: string; details: object }[]>(
        'select action, details from audit_log order by seq desc limit 1',
      );
    expect(entry).toEqual({ action: 'backup.create', details: { kind: 'REGULAR', via: 'command line' } });
  });

  it('writes to the folder or the file of --to, which it does not overwrite', async () => {
    const elsewhere = join(installation.dataDir, 'elsewhere');
    await mkdir(elsewhere);
    await backup('--to', elsewhere, '--json');
    const { location } = JSON.parse(output[0] ?? '');
    expect(location).toMatch(/elsewhere\/autovideo-\S+\.backup$/);
    const file = join(elsewhere, 'mine.backup');
    output = [];
    expect((await backup('--to', file, '--no-encrypt')).at(-1)).toContain('anyone who has it can read it');
    const before = await readFile(file);
    await expect(backup('--to', file)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await readFile(file)).equals(before)).toBe(true);
    output = [];
    expect((await backup('list'))[1]).toContain('There is a file of that name already');
  });

  it('removes regular archives beyond BACKUP_KEEP, and no others', async () => {
    for (let count = 0; count < 2; count++) await backup();
    const names = await readdir(folder());
    expect(names).toHaveLength(2);
    expect(await readdir(join(installation.dataDir, 'elsewhere'))).toHaveLength(2);
  });

  it('is taken by a periodic task where BACKUP_EVERY is set', async () => {
    const tasksOf = async (more: Settings) => await openTasks(loadConfig({ ...settings, ...more }));
    const without = await tasksOf({});
    expect((await without.scheduler.list()).map(({ name }) => name)).not.toContain('back-up');
    for (const name of REMOVING_TASKS)
      expect((await without.scheduler.list()).map((task) => task.name)).toContain(name);
    await without.close();
    const { scheduler, close } = await tasksOf({ BACKUP_EVERY: '24h' });
    try {
      expect((await scheduler.list()).find(({ name }) => name === 'back-up')?.schedule).toBe('37 2 * * * UTC');
      const before = new Set(await readdir(folder()));
      expect(await scheduler.runNow('back-up')).toMatchObject({ outcome: 'SUCCEEDED' });
      expect((await readdir(folder())).filter((name) => !before.has(name))).toHaveLength(1);
    } finally {
      await close();
    }
  });

  it('is refused while another one runs, unless its process is lost', async () => {
    const insert = (age: string) =>
      db
        .em()
        .execute(
          `insert into backups (id, kind, host, heartbeat_at) values (gen_random_uuid(), 'REGULAR', 'x', now() - interval '${age}')`,
        );
    await insert('10 seconds');
    await expect(backup()).rejects.toThrow('Another backup is being taken');
    await db.em().execute("update backups set heartbeat_at = now() - interval '2 minutes' where status = 'RUNNING'");
    output = [];
    expect((await backup('list'))[1]).toContain('The process that took the backup ended.');
    await backup('--to', join(installation.dataDir, 'elsewhere', 'after-lost.backup'));
    expect(await db.em().execute("select 1 as found from backups where status = 'RUNNING'")).toEqual([]);
  });
});

describe('autovideo restore', () => {
  let archive: string;
  let sums: ReadonlyMap<string, string>;
  beforeAll(async () => {
    archive = join(installation.dataDir, 'elsewhere', 'whole.backup');
    output = [];
    await backup('--to', archive);
    sums = await sumsOf(db);
  });

  it('--verify says what the archive holds, without a database', async () => {
    const own = settings;
    settings = { ...settings, DATABASE_URL: 'postgres://none@127.0.0.1:1/none' };
    const lines = await restore(archive, '--verify').finally(() => {
      settings = own;
    });
    expect(lines[0]).toMatch(/^The archive is complete: of 20\S+Z, by version \S+, encrypted with a key\.$/);
    expect(lines).toContainEqual(expect.stringMatching(/^videos +20$/));
    expect(lines.at(-1)).toBe('Files: 1, 400.0 KB.');
  });

  it('--dry-run also says what would be replaced, and changes nothing', async () => {
    await change();
    const before = await sumsOf(db);
    const lines = await restore(archive, '--dry-run');
    expect(lines).toContain('These rows would be replaced:');
    expect(lines.at(-1)).toBe('Nothing was changed.');
    expect(await sumsOf(db)).toEqual(before);
    expect(await emergencies()).toEqual([]);
  });

  it('refuses a damaged archive and a running installation before anything is done', async () => {
    const damaged = join(installation.dataDir, 'elsewhere', 'damaged.backup');
    await writeFile(damaged, await readFile(archive));
    await truncate(damaged, 100_000);
    await expect(restore(damaged, '--yes')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const running = await openDatabase({ url: settings['DATABASE_URL'] ?? '', poolMax: 1 });
    await expect(restore(archive, '--yes')).rejects.toThrow('stop all of them');
    await running.close();
    expect(await emergencies()).toEqual([]);
  });

  it('is refused where it cannot ask, before anything is written', async () => {
    await expect(restore(archive)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'There is no terminal to ask at: nothing was changed. Add --yes to restore.',
    });
    expect(await emergencies()).toEqual([]);
  });

  it('backs the present state up before it asks, and keeps that where the answer is not yes', async () => {
    const before = await sumsOf(db);
    answers.push('no');
    await expect(restore(archive)).rejects.toThrow('Nothing was replaced.');
    const names = await emergencies();
    expect(names).toHaveLength(1);
    expect(output).toContain(`The present state is in ${join(folder(), names[0] ?? '')}.`);
    const videos = (found: ReadonlyMap<string, string>) => [found.get('videos'), found.get('scenes')];
    expect(videos(await sumsOf(db))).toEqual(videos(before));
    output = [];
    expect(await restore(join(folder(), names[0] ?? ''), '--verify')).toContainEqual(
      expect.stringMatching(/^videos +20$/),
    );
  });

  it('puts every row and file back after a typed yes, records it, and notifies Slack', async () => {
    await rm(join(installation.dataDir, 'files'), { recursive: true });
    answers.push('yes');
    const lines = await restore(archive);
    expect(lines.slice(-2)).toEqual(['Restored.', 'Notified slack.']);
    const restored = new Map(await sumsOf(db));
    for (const [name, sum] of sums)
      if (!['audit_log', 'audit_chain'].includes(name)) expect([name, restored.get(name)]).toEqual([name, sum]);
    const [entry] = await db
      .em()
      .execute<{ action: string }[]>('select action from audit_log order by seq desc limit 1');
    expect(entry?.action).toBe('backup.restore');
    const film = await readFile(join(installation.dataDir, 'files', 'videos', videoId(1), 'film.mp4'));
    expect(film.equals(Buffer.alloc(400_000, 'film'))).toBe(true);
    expect(JSON.stringify(slack.requests.at(-1)?.json())).toContain('A backup was restored on');
  });

  it('with a passphrase brings the secrets to another machine, in a file that only its owner can read', async () => {
    const phrase = join(installation.dataDir, 'phrase');
    await writeFile(phrase, 'a quiet green harbour\n');
    const moved = join(installation.dataDir, 'elsewhere', 'moved.backup');
    await backup('--to', moved, '--passphrase-file', phrase);
    const other = await createTestInstallation({
      REDIS_URL: 'redis://127.0.0.1:1',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 9).toString('base64')}`,
    });
    await other.db.close();
    const own = settings;
    settings = other.settings;
    try {
      await expect(restore(moved, '--yes')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
      const lines = await restore(moved, '--yes', '--passphrase-file', phrase);
      const path = join(other.dataDir, 'restored.env');
      expect(lines.at(-1)).toContain(path);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      const secrets = await readFile(path, 'utf8');
      expect(parseEnv(secrets)).toEqual(pick(own, ['JWT_SECRET', 'LINK_SECRET', 'ENCRYPTION_KEYS']));
      expect(secrets).toContain(`ENCRYPTION_KEYS=${own['ENCRYPTION_KEYS']}\n`);
      expect(lines.join()).not.toContain(Buffer.alloc(32, 7).toString('base64'));
    } finally {
      settings = own;
      await rm(other.dataDir, { recursive: true, force: true });
    }
  });

  it('that is killed in the middle leaves every row as it was', async () => {
    await ensureBuilt();
    const storage = await LocalStorage.open(join(installation.dataDir, 'files'));
    for (let file = 0; file < FILES; file++)
      await storage.put(`videos/${videoId(2)}/part-${file}.mp4`, Buffer.from('x'));
    const large = join(installation.dataDir, 'elsewhere', 'large.backup');
    await backup('--to', large);
    await change();
    const before = await sumsOf(db);
    const earlier = (await emergencies()).length;
    const child = spawn(process.execPath, ['dist/main.js', 'restore', large, '--yes'], {
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let isReplacing = false;
    while (!isReplacing && child.exitCode === null) {
      const found = await db
        .em()
        .execute(
          "select 1 as found from pg_locks where relation = 'videos'::regclass and mode = 'AccessExclusiveLock' and granted",
        );
      isReplacing = found.length > 0;
      if (!isReplacing) await sleep(10);
    }
    expect(isReplacing).toBe(true);
    // It has emptied the tables, or is about to.
    await sleep(100);
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    expect(await emergencies()).toHaveLength(earlier + 1);
    const after = await sumsOf(db);
    for (const name of ['videos', 'scenes', 'users', 'video_stages'])
      expect([name, after.get(name)]).toEqual([name, before.get(name)]);
  });
});
