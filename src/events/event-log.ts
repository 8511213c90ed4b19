import DataLoader from 'dataloader';
import type { Database } from '../db/database.ts';
import { type Reader, readerOf } from '../db/prepared.ts';
import type { VideoEvent } from '../entities/video-event.ts';

/** Property names of an event as column aliases, since the driver returns columns by their names. */
const COLUMNS = `e.owner_id as "ownerId", e.seq, e.video_id as "videoId", e.run, e.status, e.stage, e.stage_status as "stageStatus",
  e.progress, e.message, e.scene_index as "sceneIndex", e.scene_count as "sceneCount", e.eta_seconds as "etaSeconds",
  e.cost_spent as "costSpent", e.error, e.at`;

/** The events after each of several positions, of an owner or of one video; one index access for each. */
const after = (name: string, column: 'owner_id' | 'video_id') => ({
  name,
  text: `
    select place.number, ${COLUMNS} from unnest($1::uuid[], $2::bigint[]) with ordinality as place (id, seq, number)
    cross join lateral (
      select * from video_events where ${column} = place.id and seq > place.seq order by seq limit $3
    ) as e order by place.number, e.seq`,
});
const AFTER_OF_OWNER = after('events_of_owners', 'owner_id');
const AFTER_OF_VIDEO = after('events_of_videos', 'video_id');
const newest = (name: string, column: 'owner_id' | 'video_id') => ({
  name,
  text: `select ${COLUMNS} from video_events as e where e.${column} = $1 order by e.seq desc limit 1`,
});
const NEWEST_OF_OWNER = newest('newest_event_of_owner', 'owner_id');
const NEWEST_OF_VIDEO = newest('newest_event_of_video', 'video_id');
const OLDEST_OF_VIDEO = {
  name: 'oldest_event_of_video',
  text: 'select min(seq) as seq from video_events where video_id = $1',
};
const BOUNDS = {
  name: 'event_bounds',
  text: 'select last_seq as "lastSeq", pruned_through as "prunedThrough" from event_cursors where owner_id = $1',
};

interface LogPosition {
  readonly id: string;
  readonly seq: number;
  readonly limit: number;
}
type PageLoader = DataLoader<LogPosition, readonly VideoEvent[]>;
/** Starts at 1. */
type NumberedEvent = VideoEvent & { readonly number: number };

/** Where an event is in the log. */
export interface VideoEventPosition {
  readonly ownerId: string;
  readonly seq: number;
}

/** Reads the log. Streams that wake together read together: one statement, and each event is read once for all of them. */
export class EventLog {
  readonly #reader: Reader;
  readonly #ofOwners: PageLoader;
  readonly #ofVideos: PageLoader;

  constructor(db: Database) {
    this.#reader = readerOf(db);
    this.#ofOwners = this.#loaderOf(AFTER_OF_OWNER);
    this.#ofVideos = this.#loaderOf(AFTER_OF_VIDEO);
  }

  /** Events after `seq` in order, of one video or (without `videoId`) of all of an owner. They may be shared: do not change them. */
  async after(
    { ownerId, seq }: VideoEventPosition,
    videoId: string | undefined,
    limit: number,
  ): Promise<readonly VideoEvent[]> {
    return videoId === undefined
      ? await this.#ofOwners.load({ id: ownerId, seq, limit })
      : await this.#ofVideos.load({ id: videoId, seq, limit });
  }

  /** The newest event of one video, or of all videos of the owner. */
  async newest(ownerId: string, videoId?: string): Promise<VideoEvent | null> {
    const [event] =
      videoId === undefined
        ? await this.#reader.rows<VideoEvent>(NEWEST_OF_OWNER, [ownerId])
        : await this.#reader.rows<VideoEvent>(NEWEST_OF_VIDEO, [videoId]);
    return event ?? null;
  }

  /** The number of a video's oldest stored event; null where none is. */
  async oldestSeq(videoId: string): Promise<number | null> {
    const [row] = await this.#reader.rows<{ seq: number | null }>(OLDEST_OF_VIDEO, [videoId]);
    return row?.seq ?? null;
  }

  /** The newest number that was assigned, and the one up to which old events may have been removed. */
  async bounds(ownerId: string): Promise<{ lastSeq: number; prunedThrough: number }> {
    const [row] = await this.#reader.rows<{ lastSeq: number; prunedThrough: number }>(BOUNDS, [ownerId]);
    return row ?? { lastSeq: 0, prunedThrough: 0 };
  }

  #loaderOf(statement: { readonly name: string; readonly text: string }): PageLoader {
    return new DataLoader((positions) => readAfter(this.#reader, statement, positions), {
      cache: false,
      batchScheduleFn: (read) => setImmediate(read),
    });
  }
}

async function readAfter(
  reader: Reader,
  statement: { readonly name: string; readonly text: string },
  positions: readonly LogPosition[],
): Promise<(readonly VideoEvent[])[]> {
  const distinct = [...new Map(positions.map((position) => [keyOf(position), position])).values()];
  const ids = distinct.map(({ id }) => id);
  const seqs = distinct.map(({ seq }) => seq);
  const most = Math.max(...distinct.map(({ limit }) => limit));
  const rows = await reader.rows<NumberedEvent>(statement, [ids, seqs, most]);
  const found = Map.groupBy(rows, ({ number }) => number);
  const pages = new Map(
    distinct.map((position, at) => [keyOf(position), (found.get(at + 1) ?? []).slice(0, position.limit)]),
  );
  return positions.map((position) => pages.get(keyOf(position)) ?? []);
}

function keyOf({ id, seq, limit }: LogPosition): string {
  return `${id} ${seq} ${limit}`;
}
