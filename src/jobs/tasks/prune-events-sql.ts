import { type RawBuilder, sql } from 'kysely';
import type { OldRows } from '../../db/old-rows.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';

/** Final events that one statement reads; most of them have nothing to delete. */
const PAGE = 500;
/** Videos whose events are deleted in one statement; each has about a hundred. */
const BATCH = 20;

/** An event that ended a run. */
interface End {
  readonly at: Date;
  readonly video_id: string;
  readonly seq: number;
  /** Whether there are events to delete, and no event follows this one. */
  readonly due: boolean;
}
interface GoneEvent {
  readonly owner_id: string;
  readonly seq: number;
  /** JSON. */
  readonly row: string;
}
type EndPosition = Pick<End, 'at' | 'video_id'>;

/**
 * Deletes the events of videos that ended at least this long ago; returns how many. A video's newest event stays as long as the
 * video, because a subscriber to a finished video receives it; and so does an owner's newest event, at which their streams
 * begin. The number of the last deleted event is recorded in the same transaction.
 */
export async function pruneEvents(rows: OldRows, days: number, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  let position: EndPosition = { at: new Date(0), video_id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const ends = await endsAfter(rows.sql(), position, days);
    const due = ends.filter((end) => end.due);
    for (let begin = 0; begin < due.length; begin += BATCH) {
      signal.throwIfAborted();
      deleted += await deleteEvents(rows, due.slice(begin, begin + BATCH));
    }
    const last = ends.at(-1);
    if (!last || ends.length < PAGE) return deleted;
    position = last;
  }
}

/** In order of time, so that those that are kept permanently are skipped once in each run. */
async function endsAfter(db: Sql, { at, video_id }: EndPosition, days: number): Promise<End[]> {
  const { rows } = await sql<End>`
    select at, video_id, seq,
      not exists (select 1 from video_events where video_id = ending.video_id and seq > ending.seq)
        and (exists (select 1 from video_events where video_id = ending.video_id and seq < ending.seq)
          or not exists (select 1 from videos where id = ending.video_id)) as due
    from (
      select at, video_id, seq from video_events
      where status in ('COMPLETED', 'FAILED', 'CANCELED') and at < now() - make_interval(days => ${days})
        and (at, video_id) > (${at}::timestamptz, ${video_id}::uuid)
      order by at, video_id limit ${PAGE}
    ) as ending order by at, video_id`.execute(db);
  return rows;
}

async function deleteEvents(rows: OldRows, ended: readonly End[]): Promise<number> {
  return rows.archive ? await archiveEvents(rows, ended) : await deleteAtOnce(rows.sql(), ended);
}

/** The video may be run again meanwhile: then the events after its end are not deleted. */
function deletionOf(ended: readonly End[]): RawBuilder<unknown> {
  return sql`
    delete from video_events as event
    using unnest(${ended.map(({ video_id }) => video_id)}::uuid[], ${ended.map(({ seq }) => seq)}::bigint[]) as ended (video_id, seq)
    where event.video_id = ended.video_id and event.seq <= ended.seq
      and (event.seq < ended.seq or not exists (select 1 from videos where id = event.video_id))
      and not exists (select 1 from event_cursors
        where event_cursors.owner_id = event.owner_id and event_cursors.last_seq = event.seq)`;
}

function noteOf(newest: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    update event_cursors set pruned_through = greatest(pruned_through, newest.seq)
    from (select owner_id, max(seq) as seq from ${newest} group by owner_id order by owner_id) as newest
    where event_cursors.owner_id = newest.owner_id`;
}

async function deleteAtOnce(db: Sql, ended: readonly End[]): Promise<number> {
  const { rows } = await sql<{ deleted: number }>`
    with gone as (${deletionOf(ended)} returning event.owner_id, event.seq), noted as (${noteOf(sql`gone`)})
    select count(*)::int as deleted from gone`.execute(db);
  return rows[0]?.deleted ?? 0;
}

/** The cursors are updated after the events are written: new events of the same owners wait for their rows. */
async function archiveEvents(rows: OldRows, ended: readonly End[]): Promise<number> {
  let gone: GoneEvent[] = [];
  const remove = async (em: Em) => {
    gone = (
      await sql<GoneEvent>`
        ${deletionOf(ended)} returning event.owner_id, event.seq, to_jsonb(event)::text as row`.execute(sqlOf(em))
    ).rows;
    return gone.map(({ row }) => row);
  };
  return await rows.archived('video_events', remove, async (em) => {
    const [owners, seqs] = [gone.map(({ owner_id }) => owner_id), gone.map(({ seq }) => seq)];
    await noteOf(sql`unnest(${owners}::uuid[], ${seqs}::bigint[]) as gone (owner_id, seq)`).execute(sqlOf(em));
  });
}
