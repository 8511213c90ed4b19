import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { BackupKind } from '../../entities/backup.ts';

/** A backup whose process has sent no heartbeat for so long has ended with it. */
const LOST_SECONDS = 60;
const LOST = sql<boolean>`status = 'RUNNING' and heartbeat_at < now() - make_interval(secs => ${LOST_SECONDS})`;
const LOST_MESSAGE = 'The process that took the backup ended.';
/** How long failed ones are listed. */
const FAILED_DAYS = 30;

/** A backup as clients see it. */
export interface BackupView {
  /** UUID. */
  readonly id: string;
  readonly startedAt: Date;
  /** When it ended, with or without success; null while it runs. */
  readonly completedAt: Date | null;
  /** Bytes of the archive; null where there is none. */
  readonly size: number | null;
  readonly location: string | null;
  readonly verified: boolean;
  readonly errorMessage: string | null;
}

const VIEW = sql<BackupView>`id, started_at as "startedAt", case when ${LOST} then heartbeat_at else completed_at end as "completedAt",
  size, location, verified, case when ${LOST} then ${LOST_MESSAGE} else error_message end as "errorMessage"`;

/** Newest first. */
export async function readBackups(rows: Sql, limit: number): Promise<BackupView[]> {
  const found =
    await sql<BackupView>`select ${VIEW} from backups order by started_at desc, id desc limit ${limit}`.execute(rows);
  return found.rows;
}

export async function readBackup(rows: Sql, id: string): Promise<BackupView | null> {
  const found = await sql<BackupView>`select ${VIEW} from backups where id = ${id}::uuid`.execute(rows);
  return found.rows[0] ?? null;
}

/** Begins a backup; null while another one runs. One whose process was lost has failed. */
export async function insertBackup(
  em: Em,
  { id, kind, host }: { readonly id: string; readonly kind: BackupKind; readonly host: string },
): Promise<BackupView | null> {
  await sql`
    update backups set status = 'FAILED', completed_at = now(), error_message = ${LOST_MESSAGE} where ${LOST}`.execute(
    sqlOf(em),
  );
  const { rows } = await sql<BackupView>`
    insert into backups (id, kind, host) values (${id}::uuid, ${kind}, ${host})
    on conflict (status) where status = 'RUNNING' do nothing returning ${VIEW}`.execute(sqlOf(em));
  return rows[0] ?? null;
}

/** False where it counts as lost, and another one may have begun. */
export async function touchBackup(rows: Sql, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update backups set heartbeat_at = now() where id = ${id}::uuid and status = 'RUNNING'`.execute(rows);
  return numAffectedRows === 1n;
}

export async function completeBackup(
  rows: Sql,
  id: string,
  { size, location }: { readonly size: number; readonly location: string },
): Promise<BackupView | null> {
  const { rows: completed } = await sql<BackupView>`
    update backups set status = 'COMPLETED', completed_at = now(), size = ${size}, location = ${location}, verified = true
    where id = ${id}::uuid and status = 'RUNNING' returning ${VIEW}`.execute(rows);
  return completed[0] ?? null;
}

export async function failBackup(rows: Sql, id: string, message: string): Promise<void> {
  await sql`
    update backups set status = 'FAILED', completed_at = now(), error_message = ${message}
    where id = ${id}::uuid and status = 'RUNNING'`.execute(rows);
}

/** Regular archives beyond the newest ones. */
export async function readSurplus(
  rows: Sql,
  keep: number,
): Promise<{ readonly id: string; readonly location: string }[]> {
  const found = await sql<{ id: string; location: string }>`
    select id, location from backups
    where kind = 'REGULAR' and status = 'COMPLETED' and location is not null
    order by started_at desc, id desc offset ${keep}`.execute(rows);
  return found.rows;
}

export async function deleteBackup(rows: Sql, id: string): Promise<void> {
  await rows.deleteFrom('backups').where('id', '=', id).execute();
}

export async function deleteOldFailures(rows: Sql): Promise<void> {
  await sql`delete from backups where status = 'FAILED' and started_at < now() - make_interval(days => ${FAILED_DAYS})`.execute(
    rows,
  );
}

/** The error of the newest regular backup that ended; null where it succeeded, or there is none. */
export async function readBackupFailure(rows: Sql): Promise<string | null> {
  const found = await sql<{ message: string | null }>`
    select case when ${LOST} then ${LOST_MESSAGE} else error_message end as message from backups
    where kind = 'REGULAR' and (status <> 'RUNNING' or ${LOST}) order by started_at desc, id desc limit 1`.execute(
    rows,
  );
  return found.rows[0]?.message ?? null;
}

/** When the newest backup ended that was read back and found whole; null where there is none. */
export async function readLastVerified(rows: Sql): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`
    select max(completed_at) as at from backups where status = 'COMPLETED' and verified`.execute(rows);
  return found.rows[0]?.at ?? null;
}
