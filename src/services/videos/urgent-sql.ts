import { sql } from 'kysely';
import { canSeeAllOwners, type Viewer } from '../../auth/viewer.ts';
import type { Sql } from '../../db/orm.ts';

/** Whether the viewer's videos may be URGENT: those of an active PREMIUM plan, and of administrators. */
export async function mayBeUrgent(db: Sql, viewer: Viewer): Promise<boolean> {
  if (canSeeAllOwners(viewer)) return true;
  const plan = await db
    .selectFrom('user_subscriptions')
    .select('user_id')
    .where('user_id', '=', viewer.userId)
    .where('plan', '=', 'PREMIUM')
    .where('status', '=', 'ACTIVE')
    .where((check) => check.or([check('ends_at', 'is', null), check('ends_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst();
  return plan !== undefined;
}
