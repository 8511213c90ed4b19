import type { Database } from '../db/database.ts';

/** What a video's newest event said: where its worker was when it died. */
export async function lastWordsOf(db: Database, videoId: string): Promise<string> {
  const event = await db
    .sql()
    .selectFrom('video_events')
    .select('message')
    .where('video_id', '=', videoId)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return event?.message ?? 'none';
}
