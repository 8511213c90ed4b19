import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveSecret } from '../backups/archive/archive-key.ts';
import { checkArchive } from '../backups/archive-check.ts';
import { takeBackup } from '../backups/taken-backup.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Logger } from '../monitoring/logger.ts';
import { BackupService } from '../services/backups/backup.service.ts';
import type { Storage } from '../storage/storage.ts';
import { VERSION } from '../version.ts';

export interface BackupParts {
  readonly config: Config;
  readonly db: Database;
  readonly storage: Pick<Storage, 'list' | 'localPath'>;
  readonly logger: Pick<Logger, 'error'>;
  /** The installation's keys where left out. */
  readonly secret?: ArchiveSecret;
}

export function keysOf({ encryptionKeys }: Pick<Config, 'encryptionKeys'>): ArchiveSecret {
  return { kind: 'key', keys: encryptionKeys };
}

export function backupsOf({ config, db, storage, logger, secret = keysOf(config) }: BackupParts): BackupService {
  const source = { db, storage, product: VERSION, secrets: secretsOf(config) };
  return new BackupService({
    db,
    dir: config.backups.dir,
    keep: config.backups.keep,
    write: async (path, signal) => {
      await takeBackup(source, { path, secret, signal });
      await checkArchive(path, secret, signal).catch(async (thrown: unknown) => {
        await rm(path, { force: true });
        throw thrown;
      });
    },
    onFault: (thrown) => logger.error({ err: thrown }, 'a backup failed'),
  });
}

/** As settings, for a machine that has none of them. */
function secretsOf({ jwtSecret, linkSecret, encryptionKeys }: Config): Readonly<Record<string, string>> {
  return {
    JWT_SECRET: jwtSecret,
    LINK_SECRET: linkSecret,
    ENCRYPTION_KEYS: encryptionKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
  };
}

/** Where settings that a restore has found are written. */
export function restoredSettingsPath({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'restored.env');
}
