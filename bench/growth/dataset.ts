import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { addOwners, addVideos } from '../../test/helpers/many-videos.ts';
import { withoutSearchIndex } from '../database/search-dataset.ts';

/** All have the same number of videos; with 1,000 videos exactly the twenty of a page. */
export const OWNERS = 50;
/** Far below zero, so that no plan's limit is ever reached. */
const USED = -1_000_000_000;

export async function createDataset(db: Database): Promise<void> {
  await addOwners(db, OWNERS);
  await sql`
    insert into ai_quotas (user_id, type, period, quota_limit, used, reset_at)
    select id, 'VIDEO', period, 1000, ${USED}, now() + interval '1 year'
    from users cross join unnest(array['DAILY', 'MONTHLY']) as period`.execute(db.sql());
}

/** Finished videos with these numbers, each with its job, its last event, a scene and a stage. */
export async function growDataset(db: Database, first: number, last: number): Promise<void> {
  await withoutSearchIndex(db, () => addVideos(db, OWNERS, first, last));
  const added = sql`
    (select ('00000000-0000-7000-8000-b' || lpad(to_hex(i), 11, '0'))::uuid as id,
      ('00000000-0000-7000-8000-a' || lpad(to_hex(1 + (i - 1) % ${OWNERS}::int), 11, '0'))::uuid as owner_id,
      (i - 1) / ${OWNERS}::int + 1 as nth
    from generate_series(${first}::int, ${last}::int) as i) as added`;
  await sql`
    insert into jobs (id, queue, video_id, status, attempt, fence, available_at, claimed_at, finished_at)
    select gen_random_uuid(), 'VIDEO', id, 'DONE', 1, 1, now() - interval '2 days', now() - interval '1 day', now() - random() * interval '1 day'
    from ${added}`.execute(db.sql());
  // Cursors from far below zero, because videos that are created during the measurement take the next ones.
  await sql`
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    select owner_id, nth - 1000000000, id, 1, 'COMPLETED', 100, 'The video is finished.' from ${added}`.execute(
    db.sql(),
  );
  await sql`
    insert into scenes (id, video_id, position, narration, visual_prompt)
    select gen_random_uuid(), id, 0, 'Bees dance.', 'A bee' from ${added}`.execute(db.sql());
  await sql`
    insert into video_stages (video_id, stage, status, started_at, completed_at)
    select id, 'ASSEMBLY', 'COMPLETED', now(), now() from ${added}`.execute(db.sql());
  await db.em().execute('vacuum analyze');
  // Otherwise it is still being written to the disk during the measurement; a role without that right waits for the
  // server to do it.
  const [role] = await db
    .em()
    .execute<{ may: boolean }[]>("select pg_has_role(current_user, 'pg_checkpoint', 'usage') as may");
  if (role?.may) await db.em().execute('checkpoint');
}
