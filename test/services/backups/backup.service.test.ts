import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import { ScheduledBackups } from '../../../src/jobs/tasks/back-up.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { BackupService, type BackupServiceParts } from '../../../src/services/backups/backup.service.ts';
import { readBackupFailure } from '../../../src/services/backups/backup-store.ts';
import { BreakableProxy } from '../../helpers/breakable-proxy.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  BackupByIdDocument,
  BackupsAndTheirActsDocument,
  StartBackupDocument,
} from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';

let db: Database;
let dir: string;
beforeAll(async () => {
  db = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'backup-service-'));
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => db.em().execute('delete from backups'));

const faults: unknown[] = [];
const serviceOf = (write: BackupServiceParts['write'], keep = 7) =>
  new BackupService({ db, dir, keep, write, onFault: (thrown) => faults.push(thrown), heartbeatMs: 20 });
const quick = (path: string) => writeFile(path, 'archive');
/** Until it is aborted. */
const endless = (_path: string, signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** What the rule says now. */
async function alerts(): Promise<string[]> {
  const rule = ALERT_RULES.find(({ name }) => name === 'backup-failed');
  const causes = rule?.causes({ backupFailure: await readBackupFailure(db.sql()) });
  return (causes ?? []).map(({ message }) => message);
}

describe('Backups', () => {
  it('run one at a time over all processes, in the background', async () => {
    const [one, other] = [serviceOf(endless), serviceOf(quick)];
    const backup = await one.start(COMMAND_LINE);
    expect(backup).toMatchObject({ completedAt: null, verified: false, location: null });
    await expect(other.start(COMMAND_LINE)).rejects.toMatchObject({ faults: [{ code: 'CONFLICT' }] });
    expect(await new ScheduledBackups(other).take(new AbortController().signal)).toBe(false);
    expect(await alerts()).toEqual([]);
    await one.close();
    expect(await other.find(backup.id)).toMatchObject({
      completedAt: expect.any(Date),
      verified: false,
      errorMessage: 'CANCELED: The process that took the backup was stopped.',
    });
    expect(await new ScheduledBackups(other).take(new AbortController().signal)).toBe(true);
    expect((await other.list(10)).map(({ verified, size }) => [verified, size])).toEqual([
      [true, 7],
      [false, null],
    ]);
  });

  it('that fail raise an alert, which the next one that succeeds ends', async () => {
    const full = serviceOf(async () => {
      throw new AppError('DISK_SPACE_INSUFFICIENT', 'The disk is full.');
    });
    await expect(full.take(null, { kind: 'REGULAR' })).rejects.toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT' });
    expect(await alerts()).toEqual(['The newest backup failed: DISK_SPACE_INSUFFICIENT: The disk is full.']);
    await serviceOf(quick).take(null, { kind: 'ELSEWHERE', path: join(dir, 'mine') });
    expect(await alerts()).toHaveLength(1);
    await serviceOf(quick).take(null, { kind: 'REGULAR' });
    expect(await alerts()).toEqual([]);
  });

  it('whose process is lost have failed, at once for readers, and end where the process goes on', async () => {
    const frozen = serviceOf(endless);
    const taking = frozen.take(null, { kind: 'REGULAR' });
    taking.catch(() => undefined);
    await until('it has begun', async () => (await frozen.list(1)).length === 1);
    await db
      .em()
      .execute(
        "update backups set heartbeat_at = now() - interval '2 minutes', status = 'FAILED', error_message = 'lost'",
      );
    await expect(taking).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await alerts()).toEqual(['The newest backup failed: lost']);
  });

  it('whose archive cannot be listed any more are removed, unless the database may have it in its list', async () => {
    const path = join(dir, 'unlisted');
    const take = (service: BackupService) => service.take(null, { kind: 'ELSEWHERE', path });
    const gone = async () => await expect(readdir(dir)).resolves.not.toContain('unlisted');
    const overtaken = serviceOf(async (file) => {
      await writeFile(file, 'archive');
      await db.em().execute("update backups set status = 'FAILED', completed_at = now(), error_message = 'lost'");
    });
    await expect(take(overtaken)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await gone();

    const refused = serviceOf(async (file) => {
      await writeFile(file, 'archive');
      await db.em().execute('alter table backups add constraint refused check (size is null) not valid');
    });
    await expect(take(refused)).rejects.toThrow('refused');
    await db.em().execute('alter table backups drop constraint refused');
    await gone();

    const proxy = await BreakableProxy.to(db.url);
    const far = await openDatabase({ url: proxy.inFrontOf(db.url), poolMax: 1 });
    const write = async (file: string) => {
      await writeFile(file, 'archive');
      proxy.isShut = true;
      proxy.cut();
    };
    const onFault = () => undefined;
    const cutOff = new BackupService({ db: far, dir, keep: 7, write, onFault, heartbeatMs: 60_000, listingMs: 300 });
    await expect(take(cutOff)).rejects.toMatchObject({
      code: 'DATABASE_CONNECTION_FAILED',
      message: `The archive ${path} is complete, but the database could not be reached to list it: keep the file, or delete it by hand.`,
    });
    expect(await readdir(dir)).toContain('unlisted');
    await far.close();
    await proxy.close();
  });

  it('beyond the number to keep are removed with their rows, those of other folders never', async () => {
    const service = serviceOf(quick, 2);
    await service.take(null, { kind: 'ELSEWHERE', path: join(dir, 'kept') });
    for (let count = 0; count < 3; count++) {
      await service.take(null, { kind: 'REGULAR', path: join(dir, `regular-${count}`) });
      await sleep(5);
    }
    const names = (await readdir(dir)).filter((name) => /^(?:regular|kept)/.test(name));
    expect(names.sort()).toEqual(['kept', 'regular-1', 'regular-2']);
    expect(await service.list(10)).toHaveLength(3);
  });
});

describe('Over GraphQL', () => {
  const app = useApp({ worker: false });

  it('an administrator starts a backup, and follows it by its id', async () => {
    const admin = await app.signedIn('keeper', 'SUPER_ADMIN');
    const { startBackup } = await admin.ask(StartBackupDocument, {});
    expect(startBackup).toMatchObject({ backup: { completedAt: null }, userErrors: [] });
    const id = startBackup?.backup?.id ?? '';
    const read = async () => {
      const { node } = await admin.ask(BackupByIdDocument, { id });
      return node?.__typename === 'Backup' ? node : null;
    };
    await until('it has ended', async () => (await read())?.completedAt != null);
    expect(await read()).toMatchObject({
      verified: true,
      errorMessage: null,
      location: expect.stringContaining(join(app.installation.dataDir, 'backups')),
    });
    const { backups, auditLog } = await admin.ask(BackupsAndTheirActsDocument, {});
    expect(backups).toEqual([{ id }]);
    expect(auditLog?.nodes).toEqual([{ target: id, outcome: 'SUCCESS' }]);
  });
});
