import { type RawBuilder, sql } from 'kysely';
import { compileStatement } from '../../db/compiled-statement.ts';
import { NEW_VIDEO_PROPERTIES } from './new-video-row.ts';
import { toSnakeCase } from './video-parts.ts';

export const INSERT_VIDEO = compileStatement('insert_video', (parameter) => {
  const columns = NEW_VIDEO_PROPERTIES.map((property) => sql.ref(toSnakeCase(property)));
  return sql`insert into videos (${sql.join(columns)}) values (${sql.join(NEW_VIDEO_PROPERTIES.map(parameter))})`;
});

/** A part of the statement that claims jobs, whose rows `claimed` have a `video_id`: when a video was first begun stays. */
export function setStartedAt(claimed: RawBuilder<unknown>) {
  return sql`update videos set started_at = now() from ${claimed} as claimed where videos.id = claimed.video_id and started_at is null`;
}
