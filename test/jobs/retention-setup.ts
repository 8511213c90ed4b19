import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import type { RowArchive } from '../../src/db/old-rows.ts';
import { EventLog } from '../../src/events/event-log.ts';
import { OldRowRemoval, type RetentionTimes } from '../../src/jobs/tasks/clear-old-rows.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn, silent } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { RETENTION_TIMES } from './retention-times.ts';

export const { signal } = new AbortController();

export type Ending = 'DONE' | 'FAILED' | 'CANCELED';

/** A database for the tests of a file, with one owner for each test, and videos that ended some days ago. */
export function useRetention() {
  let db: Database;
  let ann: Viewer;
  let fixture: ReturnType<typeof jobFixtureOn>;
  beforeAll(async () => {
    db = await createTestDatabase();
    fixture = jobFixtureOn(db);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    ann = await ownerOn(db);
    await db.em().execute('delete from videos');
  });

  const clear = (times: Partial<RetentionTimes> = {}, by = signal, archive: RowArchive | null = null) =>
    new OldRowRemoval({
      db,
      jobs: fixture.jobs,
      times: { ...RETENTION_TIMES, ...times },
      archive,
      logger: silent,
    }).clear(by);

  const STATUS = { DONE: 'COMPLETED', FAILED: 'FAILED', CANCELED: 'CANCELED' } as const;

  /** A video of ann's with five events that ended this many days ago, and its job. */
  async function ended(days: number, ending: Ending = 'DONE', viewer = ann): Promise<{ id: string; last: number }> {
    const { video } = await fixture.order(viewer);
    for (const step of ['one', 'two', 'three', 'the end']) await event(video.id, 'PROCESSING', step);
    await finish(video.id, ending, days);
    return { id: video.id, last: await lastSeq(viewer) };
  }

  /** Makes its newest event a final one, this many days ago. */
  async function finish(id: string, ending: Ending, days: number): Promise<void> {
    await sql`update jobs set status = ${ending}, finished_at = now() - make_interval(secs => ${86_400 * days}) where video_id = ${id}`.execute(
      db.sql(),
    );
    await sql`update videos set status = ${STATUS[ending]} where id = ${id}`.execute(db.sql());
    await sql`update video_events set at = now() - make_interval(secs => ${86_400 * days}) where video_id = ${id}`.execute(
      db.sql(),
    );
    await sql`update video_events set status = ${STATUS[ending]}
    where seq = (select max(seq) from video_events where video_id = ${id}) and video_id = ${id}`.execute(db.sql());
  }

  /** The owner's next event, about this video. */
  async function event(id: string, status: string, message = 'a step'): Promise<void> {
    await sql`
    with cursor as (
      update event_cursors set last_seq = last_seq + 1
      where owner_id = (select owner_id from videos where id = ${id}) returning owner_id, last_seq
    ), noted as (
      update videos set last_event_seq = cursor.last_seq from cursor where id = ${id}
    )
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    select owner_id, last_seq, ${id}, 1, ${status}, 50, ${message} from cursor`.execute(db.sql());
  }

  async function lastSeq(viewer: Viewer): Promise<number> {
    return (await new EventLog(db).bounds(viewer.userId)).lastSeq;
  }

  async function seqsOf(videoId: string): Promise<number[]> {
    const rows = await db
      .sql()
      .selectFrom('video_events')
      .select('seq')
      .where('video_id', '=', videoId)
      .orderBy('seq')
      .execute();
    return rows.map(({ seq }) => Number(seq));
  }

  const jobOf = (videoId: string) =>
    db.sql().selectFrom('jobs').selectAll().where('video_id', '=', videoId).executeTakeFirst();

  return {
    get db() {
      return db;
    },
    get ann() {
      return ann;
    },
    get fixture() {
      return fixture;
    },
    clear,
    STATUS,
    ended,
    event,
    lastSeq,
    seqsOf,
    jobOf,
  };
}
