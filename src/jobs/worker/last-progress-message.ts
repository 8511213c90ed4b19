import type { Database } from '../../db/database.ts';
import { RECLAIMED_MESSAGE } from '../../services/videos/video-store.ts';

/** What a video's newest event of its workers said: where they were when they died or stood still. */
export async function lastProgressMessageOf(db: Database, videoId: string): Promise<string> {
  const event = await db
    .sql()
    .selectFrom('video_events')
    .select('message')
    .where('video_id', '=', videoId)
    .where('message', '<>', RECLAIMED_MESSAGE)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return event?.message ?? 'none';
}
