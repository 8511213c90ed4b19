import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backupCommand } from '../../src/cli/commands/backup.command.ts';
import { restoreCommand } from '../../src/cli/commands/restore.command.ts';
import { openBackups, openRestore } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import { openForRestore, sumsOf } from '../backups/databases.ts';
import { createTestInstallation, type TestInstallation } from '../helpers/installation.ts';
import { fillLibrary } from '../helpers/many-videos.ts';

let installation: TestInstallation;
/** Another connection than those of a process of the installation. */
let db: Database;
let archive: string;
let output: string[] = [];
const print = (text: string) => void output.push(...text.split('\n'));
const config = () => loadConfig(installation.settings);
const folder = () => join(installation.dataDir, 'backups');
const emergencies = async () =>
  (await readdir(folder()).catch(() => [])).filter((name) => name.includes('before-restore'));

beforeAll(async () => {
  installation = await createTestInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
  await installation.db.close();
  db = await openForRestore(installation.settings['DATABASE_URL'] ?? '');
  await fillLibrary(db, { owners: 1, videos: 5, scenes: 1 });
  archive = join(installation.dataDir, 'whole.backup');
  await backupCommand({ config, open: openBackups, print }).parseAsync(['--to', archive], { from: 'user' });
}, 180_000);
afterAll(async () => {
  await db.close();
  await rm(installation.dataDir, { recursive: true, force: true });
});

type Step = 'check' | 'present' | 'backUpFirst' | 'ask' | 'restore';

/** Ctrl-C at the beginning of a step. */
async function restoreStoppedAt(step: Step, path: string): Promise<void> {
  const stop = new AbortController();
  const pressAt = (reached: Step) => {
    if (reached === step) stop.abort(new AppError('CANCELED', 'Stopped.'));
  };
  const open: typeof openRestore = async (own) => {
    const opened = await openRestore(own);
    return {
      ...opened,
      present: async () => {
        pressAt('present');
        return await opened.present();
      },
      backUpFirst: async (until) => {
        pressAt('backUpFirst');
        return await opened.backUpFirst(until);
      },
      restore: async (request) => {
        pressAt('restore');
        await opened.restore(request);
      },
    };
  };
  const ask = async () => {
    pressAt('ask');
    // As the terminal answers after Ctrl-C.
    return step === 'ask' ? '' : 'yes';
  };
  const listenForStop = () => {
    pressAt('check');
    return { signal: stop.signal, close: () => undefined };
  };
  await restoreCommand({ config, open, print, ask, listenForStop }).parseAsync([path], { from: 'user' });
}

it('A restore that is stopped at any of its steps changes no row, and says so once it has begun', async () => {
  const before = await sumsOf(db);
  for (const step of ['check', 'present', 'backUpFirst', 'ask', 'restore'] as const) {
    output = [];
    await expect(restoreStoppedAt(step, archive), step).rejects.toMatchObject({ code: 'CANCELED' });
    const after = await sumsOf(db);
    for (const name of ['videos', 'scenes', 'users']) expect([step, after.get(name)]).toEqual([step, before.get(name)]);
    const isKept = step === 'ask' || step === 'restore';
    expect((await emergencies()).length, step).toBe(isKept ? 1 : 0);
    expect(
      output.some((line) => line.includes('every row is as it was before')),
      step,
    ).toBe(step === 'restore');
    for (const name of await emergencies()) await rm(join(folder(), name));
  }
});
