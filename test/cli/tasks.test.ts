import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { tasksCommand } from '../../src/cli/commands/tasks.command.ts';
import { openTasks } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { fillLibrary, videoId } from '../helpers/many-videos.ts';

// None of these commands may need Redis.
const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
let output: string[] = [];
let opened = 0;
beforeEach(() => {
  output = [];
});

const terminal = {
  open: async () => {
    const tasks = await openTasks(loadConfig(installation.settings));
    opened++;
    const close = async () => {
      opened--;
      await tasks.close();
    };
    return { ...tasks, close };
  },
  print: (text: string) => void output.push(text),
};

async function runCommand(...words: string[]): Promise<string[]> {
  const command = tasksCommand(terminal);
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(words, { from: 'user' }).finally(() => expect(opened).toBe(0));
  return output;
}

const lineOf = (name: string) => output[0]?.split('\n').find((line) => line.startsWith(name));

describe('autovideo tasks', () => {
  it('lists the tasks with their schedules, also if none has ever run', async () => {
    const [heading] = (await runCommand())[0]?.split('\n') ?? [];
    expect(heading?.split(/\s+/)).toEqual(['TASK', 'SCHEDULE', 'STARTED', 'OUTCOME', 'TOOK', 'NEXT']);
    const { scheduler, close } = await terminal.open();
    const names = (await scheduler.list()).map(({ name }) => name);
    await close();
    expect(output[0]?.split('\n').slice(1)).toEqual(names.map((name) => expect.stringMatching(`^${name} `)));
    expect(lineOf('recover-stuck-videos')).toMatch(/^recover-stuck-videos +\*\/10 \* \* \* \* UTC +– +– +– +in \d/);
  });

  it('run executes a task now, and the list shows its result', async () => {
    expect(await runCommand('run', 'purge-deleted-videos')).toEqual([
      expect.stringMatching(/^purge-deleted-videos is done, in \d+\.\d s; it found nothing to free\.$/),
    ]);
    output = [];
    await runCommand('list');
    expect(output).toContain('purge-deleted-videos found nothing to free.');
    expect(lineOf('purge-deleted-videos')).toMatch(/ 20\d\d-\S+Z +SUCCEEDED +\d+\.\d s +in \d/);
  });

  it('run says what was freed: rows, files and bytes', async () => {
    const { dataDir, db } = installation;
    const folder = join(dataDir, 'clips');
    await mkdir(folder, { recursive: true });
    for (const name of ['one', 'two']) await writeFile(join(folder, name), Buffer.alloc(1_250_000));
    const longAgo = new Date(Date.now() - 400 * 86_400_000);
    for (const name of ['one', 'two']) await utimes(join(folder, name), longAgo, longAgo);
    expect(await runCommand('run', 'dispose-of-clips')).toEqual([
      expect.stringMatching(/^dispose-of-clips is done, in \d+\.\d s; it freed 2 files, 2\.5 MB\.$/),
    ]);
    await fillLibrary(db, { owners: 1, videos: 3, scenes: 1 });
    await db.em().execute("update videos set deleted_at = now() - interval '30 days'");
    const storage = await LocalStorage.open(join(dataDir, 'files'));
    await storage.put(`videos/${videoId(1)}/film.mp4`, Buffer.alloc(300_000));
    output = [];
    expect(await runCommand('run', 'purge-deleted-videos')).toEqual([
      expect.stringMatching(/; it freed 3 rows, 1 file, 0\.3 MB\.$/),
    ]);
    output = [];
    expect(await runCommand('list')).toContain('purge-deleted-videos freed 3 rows, 1 file, 0.3 MB.');
  });

  it('shows why the newest run of a task failed, and which task is running', async () => {
    await sql`update scheduled_tasks set last_started_at = now(), last_finished_at = now(), last_outcome = 'FAILED',
      last_error = 'STORAGE_ERROR: The disk is asleep.' where name = 'clear-old-rows'`.execute(installation.db.sql());
    await sql`update scheduled_tasks set last_started_at = now(), next_due_at = now() where name = 'remove-orphaned-files'`.execute(
      installation.db.sql(),
    );
    await runCommand('list');
    expect(output).toContain('clear-old-rows: STORAGE_ERROR: The disk is asleep.');
    expect(lineOf('clear-old-rows')).toContain(' FAILED ');
    expect(lineOf('remove-orphaned-files')).toMatch(/ RUNNING +– +now$/);
  });

  it('run does not start a task that is running elsewhere', async () => {
    const hold = await new TaskLocks(installation.db).tryLock('purge-deleted-videos');
    expect(await runCommand('run', 'purge-deleted-videos')).toEqual(['purge-deleted-videos is already running.']);
    await hold?.release();
  });

  it('run refuses an unknown task, and requires a name', async () => {
    await expect(runCommand('run', 'everything')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(runCommand('run')).rejects.toBeInstanceOf(CommanderError);
    expect(output).toEqual([]);
  });
});
