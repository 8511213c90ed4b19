import { type RawBuilder, sql } from 'kysely';
import { compileStatement } from '../../db/compiled-statement.ts';
import { NEW_VIDEO_PROPERTIES } from './new-video-row.ts';
import { toSnakeCase } from './video-parts.ts';

/**
 * One statement for a new video and its first event: each has the number of the event, and a video that is inserted without it
 * would be written twice.
 */
export const INSERT_VIDEO = compileStatement('insert_video', (parameter) => {
  const columns = NEW_VIDEO_PROPERTIES.map((property) => sql.ref(toSnakeCase(property)));
  return sql`
    with cursor as (
      insert into event_cursors (owner_id, last_seq) values (${parameter('ownerId')}, 1)
      on conflict (owner_id) do update set last_seq = event_cursors.last_seq + 1
      returning last_seq
    ), video as (
      insert into videos (${sql.join(columns)}, last_event_seq)
      select ${sql.join(NEW_VIDEO_PROPERTIES.map(parameter))}, last_seq from cursor
      returning id, owner_id, run, status, progress, last_event_seq
    )
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    select owner_id, last_event_seq, id, run, status, progress, ${parameter('message')} from video
    returning owner_id as "ownerId", seq, now()::timestamptz(3) as now`;
});

export const IS_INSERTED = compileStatement(
  'is_video_inserted',
  (parameter) => sql`select id from videos where id = ${parameter('videoId')}`,
);

/** A part of the statement that claims jobs, whose rows `claimed` have a `video_id`: when a video was first begun stays. */
export function setStartedAt(claimed: RawBuilder<unknown>) {
  return sql`update videos set started_at = now() from ${claimed} as claimed where videos.id = claimed.video_id and started_at is null`;
}
