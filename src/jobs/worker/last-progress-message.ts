import type { Database } from '../../db/database.ts';
import { RECLAIMED_MESSAGE } from '../../services/videos/video-store.ts';

/** The message of the newest event that a video's workers wrote: the progress before they crashed or hung. */
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
