import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveSecret } from '../../src/backups/archive/archive-key.ts';
import { checkArchive } from '../../src/backups/archive-check.ts';
import { MIGRATION_NAMES } from '../../src/backups/migration-runs.ts';
import { REMOVING_TASKS } from '../../src/backups/removal-locks.ts';
import { restoreArchive } from '../../src/backups/restore.ts';
import { takeBackup } from '../../src/backups/taken-backup.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { appendAudit } from '../../src/services/audit/audit-store.ts';
import { storageError } from '../../src/storage/disk-errors.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { SmallDisk } from '../chaos/small-disk.ts';
import { createEmptyDatabaseUrl, createTestDatabaseUrl } from '../helpers/database.ts';
import { fillLibrary, videoId } from '../helpers/many-videos.ts';
import { until } from '../helpers/until.ts';
import { openForRestore, shapeOf, sumsOf } from './databases.ts';

const secret: ArchiveSecret = { kind: 'key', keys: [{ id: 'k1', key: Buffer.alloc(32, 7) }] };
const signal = new AbortController().signal;
const FILM = Buffer.alloc(300_000, 'film');

let folder: string;
let storage: LocalStorage;
let db: Database;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backups-'));
  storage = await LocalStorage.open(join(folder, 'files'));
  url = await createTestDatabaseUrl();
  db = await openForRestore(url);
  await fillLibrary(db, { owners: 3, videos: 40, scenes: 2 });
  await db.em().execute("update videos set description = E'tab\\t, line\\n, \\\\., 蜜蜂 and ''quotes'''");
  await db.em().execute(`update videos set deleted_at = now() where id = '${videoId(40)}'`);
  await db.transaction((em) => appendAudit(em, { action: 'queue.pause', actorId: null, outcome: 'SUCCESS' }));
  for (let count = 0; count < 3; count++) await addDelivery(db);
  for (const number of [1, 2, 40]) await storage.put(`videos/${videoId(number)}/film-${number}.mp4`, FILM);
  await storage.put(`videos/${videoId(1)}/captions.srt`, Buffer.from('1\n'));
  await storage.put('videos/00000000-0000-7000-8000-c00000000001/film.mp4', FILM);
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const source = (of: Database) => ({ db: of, storage, product: '1.0.0', secrets: { LINK_SECRET: 'a secret' } });
const take = (name: string, of = db) => takeBackup(source(of), { path: join(folder, name), secret, signal });

interface RestoreParts {
  readonly workDir?: string;
  readonly until?: AbortSignal;
  readonly record?: () => Promise<void>;
}

async function restore(
  name: string,
  into: Database,
  files: Pick<LocalStorage, 'putFile'> = storage,
  { workDir = join(folder, 'work'), until: stop = signal, record = async () => undefined }: RestoreParts = {},
): Promise<void> {
  await restoreArchive(
    { db: into, storage: files, workDir, record },
    { path: join(folder, name), secret, signal: stop },
  );
}

describe('A backup', () => {
  it('holds every row and the files of videos that exist, and is restored in place of other rows', async () => {
    const before = await sumsOf(db);
    const shape = await shapeOf(db);
    const manifest = await take('one');
    expect(manifest.files.count).toBe(3);
    expect(manifest.tables.find(({ name }) => name === 'videos')?.rows).toBe(40);
    expect((await checkArchive(join(folder, 'one'), secret)).manifest).toEqual(manifest);

    await db
      .em()
      .execute(
        "update videos set title = 'changed', deleted_at = null; delete from scenes; update users set bio = 'x'",
      );
    await storage.removeAll(`videos/${videoId(1)}/`);
    // Of a restore that was killed; no process has the greatest number.
    await mkdir(join(folder, 'work', `${hostname()}-4194304`), { recursive: true });
    await restore('one', db);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
    expect(await sumsOf(db)).toEqual(before);
    expect(await shapeOf(db)).toEqual(shape);
    expect(Buffer.from(await storage.read(`videos/${videoId(1)}/film-1.mp4`)).equals(FILM)).toBe(true);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  it('is restored into an empty installation, whose next rows get new numbers', async () => {
    await take('two');
    const empty = await openForRestore(await createTestDatabaseUrl());
    try {
      const files = await LocalStorage.open(join(folder, 'elsewhere'));
      await restore('two', empty, files);
      expect(await sumsOf(empty)).toEqual(await sumsOf(db));
      expect((await files.stat(`videos/${videoId(2)}/film-2.mp4`))?.size).toBe(FILM.length);
      expect(await addDelivery(empty)).toBe(await addDelivery(db));
      await appendedAudit(empty);
    } finally {
      await empty.close();
    }
  });

  it('is consistent while rows are written', async () => {
    const writing = new AbortController();
    let written = 0;
    const writers = [1, 2, 3].map(async (writer) => {
      while (!writing.signal.aborted) {
        const name = `pair-${writer}-${written++}`;
        await db.transaction(async (em) => {
          await em.execute(
            `insert into users (id, username, email_encrypted, email_index, password_hash) values (gen_random_uuid(), '${name}', '-', '${name}', '-')`,
          );
          await em.execute(
            `insert into user_roles (user_id, role) select id, 'USER' from users where username = '${name}'`,
          );
        });
      }
    });
    await takeWithPause('busy', () => written);
    writing.abort();
    await Promise.all(writers);
    const copy = await openForRestore(await createTestDatabaseUrl());
    try {
      await restore('busy', copy);
      const [found] = await copy.em().execute<{ users: number; roles: number }[]>(
        `select count(distinct u.id)::int as users, count(r.role)::int as roles from users u left join user_roles r on r.user_id = u.id
        where u.username like 'pair-%'`,
      );
      expect(found?.users).toBe(found?.roles);
      expect(found?.users).toBeGreaterThan(0);
      expect(written).toBeGreaterThan(found?.users ?? 0);
    } finally {
      await copy.close();
    }
  });
});

describe('A restore', () => {
  it('that fails in the middle leaves every row as it was', async () => {
    await take('three');
    await db.em().execute("update videos set title = 'newer'");
    const before = [await sumsOf(db), await shapeOf(db)];
    let count = 0;
    const failing = {
      putFile: async (key: string, path: string) => {
        if (++count > 2) throw new Error('the disk is gone');
        return await storage.putFile(key, path);
      },
    };
    await expect(restore('three', db, failing)).rejects.toThrow('the disk is gone');
    expect([await sumsOf(db), await shapeOf(db)]).toEqual(before);
  });

  it('that fills the disk, or is stopped at any of its steps, leaves every row as it was, and works afterwards', async () => {
    await take('four');
    await db.em().execute("update videos set title = 'newest'");
    const before = [await sumsOf(db), await shapeOf(db)];
    const unchanged = async () => expect([await sumsOf(db), await shapeOf(db)]).toEqual(before);

    const small = await SmallDisk.open(join(folder, 'small'));
    const isFull = await small.fill();
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const failing = { putFile: async () => Promise.reject(storageError(full)) };
    const filling = isFull
      ? restore('four', db, storage, { workDir: join(folder, 'small') })
      : restore('four', db, failing);
    await expect(filling).rejects.toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT' });
    await small.close();
    await unchanged();

    const stopped = { code: 'CANCELED', message: 'Stopped.' };
    for (const step of ['the beginning', 'a file', 'the last one', 'the end']) {
      const stop = new AbortController();
      const press = () => stop.abort(new AppError('CANCELED', 'Stopped.'));
      if (step === 'the beginning') press();
      let count = 0;
      const stopping = {
        putFile: async (key: string, path: string) => {
          count++;
          if ((step === 'a file' && count === 1) || (step === 'the last one' && count === 3)) press();
          return await storage.putFile(key, path);
        },
      };
      const record = async () => (step === 'the end' ? press() : undefined);
      const restoring = restore('four', db, stopping, { until: stop.signal, record });
      await expect(restoring, step).rejects.toMatchObject(stopped);
      await unchanged();
      expect(await readdir(join(folder, 'work')), step).toEqual([]);
    }
    await restore('four', db);
    expect(await sumsOf(db)).not.toEqual(before[0]);
  }, 60_000);

  it('is refused while another process uses the database', async () => {
    const other = await openDatabase({ url, poolMax: 1 });
    try {
      await expect(restore('three', db)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining('stop all of them'),
      });
    } finally {
      await other.close();
    }
  });

  it('of an archive of a newer version is refused', async () => {
    await db.em().execute("insert into migrations (name) values ('9999-future')");
    await take('future');
    await db.em().execute("delete from migrations where name = '9999-future'");
    const before = await sumsOf(db);
    await expect(restore('future', db)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('newer than this one'),
    });
    expect(await sumsOf(db)).toEqual(before);
  });

  it('of an archive of an older version brings it up to date, and leaves the list of backups', async () => {
    const old = await openForRestore(await createEmptyDatabaseUrl());
    try {
      const state = MIGRATION_NAMES.indexOf('0026-alert-deliveries');
      await old.orm.migrator.up({ to: '0026-alert-deliveries' });
      await fillLibrary(old, { owners: 2, videos: 9, scenes: 1 });
      await take('old', old);
      expect((await checkArchive(join(folder, 'old'), secret)).migrations).toEqual(MIGRATION_NAMES.slice(0, state + 1));
      await old.migrate();
      const after = [await sumsOf(old), await shapeOf(old)];

      const id = '00000000-0000-7000-8000-d00000000001';
      await db.em().execute(`insert into backups (id, kind, host) values ('${id}', 'REGULAR', 'here')`);
      await restore('old', db);
      const sums = new Map(await sumsOf(db));
      expect([sums, await shapeOf(db)]).toEqual(after);
      expect(await db.em().execute('select name from migrations order by id')).toEqual(
        MIGRATION_NAMES.map((name) => ({ name })),
      );
      expect(await db.em().execute('select id from backups')).toEqual([{ id }]);
      await appendedAudit(db);
    } finally {
      await old.close();
    }
  });
});

/** The backup waits between two tables until more rows were written: user_roles comes before this table, users after it. */
async function takeWithPause(name: string, written: () => number): Promise<void> {
  const waiting =
    "select 1 as found from pg_stat_activity where application_name = 'autovideo_backup' and wait_event_type = 'Lock'";
  let taking: Promise<unknown> | undefined;
  await db.transaction(async (em) => {
    await em.execute('lock table user_subscriptions in access exclusive mode');
    taking = take(name);
    await until('the backup waits', async () => (await db.em().execute(waiting)).length > 0);
    // No task removes files that the backup is going to read.
    for (const task of REMOVING_TASKS) expect(await new TaskLocks(db).tryLock(task)).toBeNull();
    const before = written();
    await until('more rows are written', () => written() > before + 6);
  });
  await taking;
}

/** Returns its number, which a sequence gives. */
async function addDelivery(of: Database): Promise<number> {
  const [row] = await of
    .em()
    .execute<{ id: number }[]>(
      "insert into alert_deliveries (notification_id, recipients, notification) values (gen_random_uuid(), 'on_call', '{}') returning id",
    );
  return row?.id ?? 0;
}

/** A row whose number comes from what was restored. */
async function appendedAudit(of: Database): Promise<void> {
  await of.transaction((em) => appendAudit(em, { action: 'queue.resume', actorId: null, outcome: 'SUCCESS' }));
}
