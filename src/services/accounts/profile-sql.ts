import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** New values of columns; those that are left out stay. */
export interface ProfileColumns {
  readonly full_name?: string | null;
  readonly bio?: string | null;
  readonly avatar_url?: string | null;
  readonly website?: string | null;
  readonly location?: string | null;
  readonly phone_encrypted?: string | null;
}

export async function writeProfile(rows: Sql, userId: string, columns: ProfileColumns): Promise<void> {
  await rows
    .updateTable('users')
    .set({ ...columns, updated_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .execute();
}
