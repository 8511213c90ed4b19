import { type RawBuilder, sql } from 'kysely';

/** A part of the statement that claims jobs, whose rows `claimed` have a `video_id`: when a video was first begun stays. */
export function setStartedAt(claimed: RawBuilder<unknown>) {
  return sql`update videos set started_at = now() from ${claimed} as claimed where videos.id = claimed.video_id and started_at is null`;
}
