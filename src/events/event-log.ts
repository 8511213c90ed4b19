import DataLoader from 'dataloader';
import type { Database } from '../db/database.ts';
import { type Reader, readerOf, type Statement } from '../db/prepared.ts';
import { parseJson } from '../entities/json-column.ts';
import { videoErrorFacts } from '../entities/video.ts';
import type { VideoEvent } from '../entities/video-event.ts';
import {
  AFTER_OF_OWNER,
  AFTER_OF_VIDEO,
  BOUNDS,
  NEWEST_OF_OWNER,
  NEWEST_OF_VIDEO,
  OLDEST_OF_VIDEO,
} from './event-log-sql.ts';

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
    return event ? parsed(event) : null;
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

  #loaderOf(statement: Statement): PageLoader {
    return new DataLoader((positions) => readAfter(this.#reader, statement, positions), {
      cache: false,
      batchScheduleFn: (read) => setImmediate(read),
    });
  }
}

async function readAfter(
  reader: Reader,
  statement: Statement,
  positions: readonly LogPosition[],
): Promise<(readonly VideoEvent[])[]> {
  const distinct = [...new Map(positions.map((position) => [keyOf(position), position])).values()];
  const ids = distinct.map(({ id }) => id);
  const seqs = distinct.map(({ seq }) => seq);
  const most = Math.max(...distinct.map(({ limit }) => limit));
  const rows = await reader.rows<NumberedEvent>(statement, [ids, seqs, most]);
  const found = Map.groupBy(rows.map(parsed), ({ number }) => number);
  const pages = new Map(
    distinct.map((position, at) => [keyOf(position), (found.get(at + 1) ?? []).slice(0, position.limit)]),
  );
  return positions.map((position) => pages.get(keyOf(position)) ?? []);
}

function keyOf({ id, seq, limit }: LogPosition): string {
  return `${id} ${seq} ${limit}`;
}

/** Few events have an error, so that parsing costs the others nothing. */
function parsed<Event extends VideoEvent>(event: Event): Event {
  return event.error == null
    ? event
    : { ...event, error: parseJson(videoErrorFacts, event.error, 'video_events.error') };
}
