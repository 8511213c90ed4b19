import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/**
 * REGULAR ones are in BACKUP_DIR, and old ones are removed; ELSEWHERE are those of operators, with a place of their own; BEFORE_RESTORE holds
 * the state that a restore has replaced.
 */
export type BackupKind = 'REGULAR' | 'ELSEWHERE' | 'BEFORE_RESTORE';
export type BackupStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/** A backup that was begun. Times are by the database's clock. */
export const Backup = defineEntity({
  name: 'Backup',
  tableName: 'backups',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().length(20).$type<BackupKind>(),
    status: p.string().length(20).$type<BackupStatus>().default('RUNNING'),
    /** The machine with the archive. */
    host: p.string().length(255),
    startedAt: p.datetime(3).defaultRaw('now()'),
    /** While it runs; the process that takes it is lost where this is old. */
    heartbeatAt: p.datetime(3).defaultRaw('now()'),
    /** When it ended, with or without success. */
    completedAt: p.datetime(3).nullable(),
    /** Bytes of the archive. */
    size: p.bigint('number').nullable(),
    /** Path of the archive. */
    location: p.text().nullable(),
    /** Whether the archive was read to its end after it was written. */
    verified: p.boolean().default(false),
    errorMessage: p.text().nullable(),
  },
});
export type Backup = InferEntity<typeof Backup>;
