import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** A worker process that is alive. */
export interface WorkerRow {
  readonly id: string;
  readonly hostname: string;
  readonly pid: number;
  /** Videos made at once. */
  readonly slots: number;
}

/** Rows of workers that ended without removing theirs stay for so long. */
const WORKER_FORGOTTEN_MINUTES = 60;

/** Records that the worker is alive now. */
export async function recordWorker(db: Sql, worker: WorkerRow): Promise<void> {
  await db
    .insertInto('workers')
    .values(worker)
    .onConflict((same) => same.column('id').doUpdateSet({ heartbeat_at: sql<Date>`now()` }))
    .execute();
}

export async function removeWorker(db: Sql, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute();
}

/** The rows of workers that ended long ago. */
export async function removeOldWorkers(db: Sql): Promise<void> {
  await sql`delete from workers where heartbeat_at < now() - make_interval(mins => ${WORKER_FORGOTTEN_MINUTES})`.execute(
    db,
  );
}
