import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/** A backup that ended so many hours ago. */
export async function insertBackup(
  db: Database,
  { hours, verified }: { readonly hours: number; readonly verified: boolean },
): Promise<void> {
  await sql`
    insert into backups (id, kind, host, status, started_at, completed_at, verified)
    values (gen_random_uuid(), 'REGULAR', 'here', 'COMPLETED', now() - make_interval(hours => ${hours}),
      now() - make_interval(hours => ${hours}), ${verified})`.execute(db.sql());
}
