import { chmod, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ArchiveSecret } from '../backups/archive/archive-key.ts';
import type { ArchiveFacts } from '../backups/archive-check.ts';
import { RESTORE_APPLICATION } from '../backups/raw-client.ts';
import { type PresentState, readPresentState, restoreArchive } from '../backups/restore.ts';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { restrictFolder } from '../folder-permissions.ts';
import { createLogger } from '../monitoring/logger.ts';
import { COMMAND_LINE, entryOf } from '../services/audit/actor.ts';
import { appendAudit } from '../services/audit/audit-store.ts';
import type { BackupService } from '../services/backups/backup.service.ts';
import type { BackupView } from '../services/backups/backup-store.ts';
import { LocalStorage } from '../storage/local-storage.ts';
import { backupsOf, restoredSettingsPath } from './backups.ts';
import { commandDatabaseUrl, openCommandDatabase } from './command-database.ts';
import { notifierChannelsOf } from './notifiers.ts';
import { opened } from './opened.ts';
import { MIGRATION_SECONDS } from './servers.ts';

const SILENT = createLogger({ level: 'silent' });

export interface OpenBackups {
  readonly backups: BackupService;
  close(): Promise<void>;
}

/** For the command that takes a backup. The installation may be running. */
export async function openBackups(config: Config, secret?: ArchiveSecret): Promise<OpenBackups> {
  return await opened(async (resources) => {
    const { db } = await openCommandDatabase(config, resources);
    const storage = await openStorage(config);
    const backups = backupsOf({ config, db, storage, logger: SILENT, ...(secret && { secret }) });
    resources.defer(() => backups.close());
    return { backups };
  });
}

export interface RestoreRequest {
  /** What the archive holds; it was checked. */
  readonly facts: ArchiveFacts;
  readonly path: string;
  readonly secret: ArchiveSecret;
  readonly signal: AbortSignal;
}

/** What `autovideo restore` does, in the order of its steps. */
export interface OpenRestore {
  /** Changes nothing. */
  present(): Promise<PresentState>;
  /** A backup of the present state, of a database that is brought up to date for it. */
  backUpFirst(signal: AbortSignal): Promise<BackupView>;
  restore(request: RestoreRequest): Promise<void>;
  close(): Promise<void>;
}

export async function openRestore(config: Config): Promise<OpenRestore> {
  return await opened(async (resources) => {
    const url = await commandDatabaseUrl(config, resources);
    const options = { url, poolMax: 4, statementSeconds: MIGRATION_SECONDS, applicationName: RESTORE_APPLICATION };
    const db = await openDatabase(options);
    resources.defer(() => db.close());
    const storage = await openStorage(config);
    const backups = backupsOf({ config, db, storage, logger: SILENT });
    resources.defer(() => backups.close());
    return {
      present: () => readPresentState(db),
      backUpFirst: async (signal) => {
        await db.migrate();
        return await backups.take(COMMAND_LINE, { kind: 'BEFORE_RESTORE', signal });
      },
      restore: (request) => restore(config, db, storage, request),
    };
  });
}

async function restore(config: Config, db: Database, storage: LocalStorage, request: RestoreRequest): Promise<void> {
  const { createdAt, product } = request.facts;
  const act = { action: 'backup.restore', details: { createdAt, product } };
  const workDir = join(config.dataDir, 'work');
  const target = {
    db,
    storage,
    workDir,
    record: (em: Parameters<typeof appendAudit>[0]) => appendAudit(em, entryOf(COMMAND_LINE, act)),
  };
  await restoreArchive(target, request);
}

async function openStorage({ dataDir }: Config): Promise<LocalStorage> {
  const folder = join(dataDir, 'files');
  restrictFolder(folder);
  return await LocalStorage.open(folder);
}

/**
 * Writes the settings of an archive to a file of this machine where its data needs another key of encryption than those that are set. Returns
 * its path, or null where nothing is needed.
 */
export async function writeRestoredSettings(config: Config, { secrets }: ArchiveFacts): Promise<string | null> {
  if (secrets === null) return null;
  const known = config.encryptionKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`);
  const needed = (secrets['ENCRYPTION_KEYS'] ?? '').split(',');
  if (needed.every((entry) => known.includes(entry))) return null;
  const path = restoredSettingsPath(config);
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${quotedValue(value)}\n`);
  await writeFile(path, lines.join(''), { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}

/** As a line of .env needs it. */
function quotedValue(value: string): string {
  if (/^[\w+/=:,.-]*$/.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}

/** Notifies the recipients of alerts; returns what became of it, by notifier. Nothing where no notifier is set. */
export async function notifyOfRestore(
  config: Config,
  { createdAt }: Pick<ArchiveFacts, 'createdAt'>,
  before: BackupView,
): Promise<readonly { readonly notifier: string; readonly error: AppError | null }[]> {
  const noop = () => undefined;
  const channels = await notifierChannelsOf(config, { info: noop, error: noop });
  const outcomes = await channels.sendNow({
    kind: 'report',
    priority: 'P1',
    title: `A backup was restored on ${hostname()}.`,
    alerts: [],
    text: `The data is that of ${createdAt}. The state before is in ${before.location}.`,
  });
  return outcomes.filter(({ notifier }) => notifier !== 'log');
}
