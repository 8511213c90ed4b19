import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { encodeEventId } from '../../src/ids.ts';
import { resumeTimes } from './claims.ts';
import type { RequestEvidence } from './content-source.ts';
import type { Installation } from './installation.ts';
import type { UserAtEnd } from './users.ts';

/** The state in the database, on the disk, at the provider and of the subscribers once everything has ended. */
export interface Evidence {
  readonly videos: number;
  readonly completed: number;
  /** The number of failed videos, for each reason, without those that had no money left. */
  readonly failed: Readonly<Record<string, number>>;
  /** Videos that would have cost more than their limit. */
  readonly tooDear: number;
  /** Videos that no job will ever make, although their creation was confirmed; and videos whose creation was not confirmed to a client. */
  readonly lost: number;
  /** Videos that have a job and are not ready, although there has been no progress for a long time. */
  readonly late: number;
  /** Completed videos whose file is missing, or does not have the recorded size. */
  readonly filesMissing: number;
  /** Stages that began again, or finished again, after they had finished. */
  readonly stagesTwice: number;
  /** The requests for contents. */
  readonly requests: RequestEvidence;
  readonly events: number;
  readonly eventsMissing: number;
  readonly eventsTwiceOrOutOfOrder: number;
  /** Seconds from the loss of a worker to the claim by another, ascending. */
  readonly resumes: readonly number[];
}

export async function collectEvidence(
  installation: Installation,
  acceptedIds: ReadonlySet<string>,
  subscribers: readonly UserAtEnd[],
): Promise<Evidence> {
  const videos = await installation.db.sql().selectFrom('videos').select(['id', 'status', 'error']).execute();
  const failures = videos.filter(({ status }) => status === 'FAILED').map(({ error }) => error?.code ?? 'no reason');
  return {
    videos: videos.length,
    completed: videos.filter(({ status }) => status === 'COMPLETED').length,
    failed: tally(failures.filter((code) => code !== TOO_DEAR)),
    tooDear: failures.filter((code) => code === TOO_DEAR).length,
    ...(await lostAndLate(installation.db, acceptedIds)),
    filesMissing: await filesMissing(installation),
    stagesTwice: await stagesTwice(installation),
    requests: await installation.source.requests(installation.db, subscribers),
    ...(await eventsSeen(installation, subscribers)),
    resumes: await resumeTimes(installation.db, installation.workers.losses),
  };
}

/** The reason of a video that has stopped at its limit, which no retry changes. */
export const TOO_DEAR = 'BUDGET_EXCEEDED';

/** The number of occurrences of each word. */
export function tally(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(words)].map((word) => [word, words.filter((one) => one === word).length]));
}

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELED']);
/** Jobs that a worker will take, whether or not their notifications arrived: PostgreSQL is polled for them. */
const LIVE: ReadonlySet<string | null> = new Set(['WAITING', 'ACTIVE']);

export async function lostAndLate(
  db: Database,
  acceptedIds: ReadonlySet<string>,
): Promise<{ readonly lost: number; readonly late: number }> {
  const videos = await db
    .sql()
    .selectFrom('videos')
    .leftJoin('jobs', 'jobs.video_id', 'videos.id')
    .select(['videos.id', 'videos.status', 'jobs.status as job'])
    .execute();
  const known = new Map(videos.map((video) => [video.id, video]));
  const unfinished = [...acceptedIds].map((id) => known.get(id)).filter((video) => !video || !ENDED.has(video.status));
  const late = unfinished.filter((video) => video && LIVE.has(video.job)).length;
  const unknown = videos.filter(({ id }) => !acceptedIds.has(id)).length;
  return { lost: unfinished.length - late + unknown, late };
}

async function filesMissing({ db, dataDir }: Installation): Promise<number> {
  const films = await db
    .sql()
    .selectFrom('videos')
    .select(['file_key', 'file_size'])
    .where('status', '=', 'COMPLETED')
    .execute();
  const there = films.map(async ({ file_key, file_size }) => {
    const file = await stat(join(dataDir, 'files', file_key ?? 'none')).catch(() => null);
    return file?.size === Number(file_size);
  });
  return (await Promise.all(there)).filter((isThere) => !isThere).length;
}

/** Read from the events that clients see: nothing of a stage may follow its end within one run. */
async function stagesTwice({ db }: Installation): Promise<number> {
  const { rows } = await sql<{ twice: number }>`
    select count(distinct (later.video_id, later.stage))::int as twice
    from video_events ended join video_events later on later.video_id = ended.video_id and later.run = ended.run
      and later.stage = ended.stage and later.seq > ended.seq
    where ended.stage_status = 'COMPLETED' and later.stage_status is not null`.execute(db.sql());
  return rows[0]?.twice ?? 0;
}

/** Counts only events that were in the log when subscribers left: a late video may continue after that. */
async function eventsSeen({ db }: Installation, subscribers: readonly UserAtEnd[]) {
  const counts = { events: 0, eventsMissing: 0, eventsTwiceOrOutOfOrder: 0 };
  for (const { ownerId, subscriber, lastSeq } of subscribers) {
    const log = await db
      .sql()
      .selectFrom('video_events')
      .select('seq')
      .where('owner_id', '=', ownerId)
      .where('seq', '>', 1)
      .where('seq', '<=', lastSeq)
      .orderBy('seq')
      .execute();
    const ids = log.map(({ seq }) => encodeEventId({ ownerId, seq: Number(seq) }));
    const seen = new Set(subscriber.seen);
    counts.events += ids.length;
    counts.eventsMissing += ids.filter((id) => !seen.has(id)).length;
    // Ids sort as the log does, so each has to be greater than the one before.
    counts.eventsTwiceOrOutOfOrder += subscriber.seen.filter(
      (id, at) => at > 0 && id <= (subscriber.seen[at - 1] ?? ''),
    ).length;
  }
  return counts;
}
