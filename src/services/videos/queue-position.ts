import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { AspectRatio, JobPriority, PipelineStage, Resolution } from '../../entities/enums.ts';
import type { DurationEstimator } from '../../forecast/duration-estimator.ts';
import {
  countedWith,
  turnsOf,
  type WaitingByPriority,
  type WaitingJob,
  waitsByPosition,
} from '../../forecast/queue-position.ts';
import { frameMegapixels, scenesIn, WORKLOAD_STAGES, type Workload } from '../../forecast/workload.ts';
import type { RunHistory } from './run-history.ts';

/** The position and the estimated time of a video that waits for a worker. */
export interface QueuePosition {
  /** 1 for the next; the last counted position also represents every position after it. */
  readonly position: number;
  /** Seconds until it is finished; null while no worker takes videos, or where the position was not counted. */
  readonly etaSeconds: number | null;
}

/** Index entries that are counted per priority for one video: 0.2 ms, where all of 100,000 take 20. */
export const MAX_COUNTED_POSITION = 1_000;
const MAX_RUNNING = 1_000;
/** Workers send a heartbeat every 5 s. */
const WORKER_TIMEOUT_SECONDS = 20;
/** Target length where only a topic or an article is given and no length. */
const DEFAULT_SECONDS = { topic: 40, article: 60 } as const;

interface Row extends WaitingJob {
  readonly videoId: string;
  readonly language: string;
  readonly voiceSpeed: number;
  readonly kind: string;
  readonly characters: number;
  readonly scenes: number;
  readonly wantedSeconds: number | null;
  readonly filmSeconds: number | null;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly finished: readonly PipelineStage[] | null;
}

interface WorkerPool extends WaitingByPriority {
  readonly paused: boolean;
  readonly slots: number;
  /** Remaining seconds of each running job, as far as it is known. */
  readonly running: readonly (number | null)[];
}

/** Estimates when waiting videos will be finished. */
export class QueuePositions {
  readonly #db: Database;
  readonly #history: Pick<RunHistory, 'read'>;

  constructor(db: Database, history: Pick<RunHistory, 'read'>) {
    this.#db = db;
    this.#history = history;
  }

  /** In the order of the ids; null for one that does not wait for a worker now. The caller has checked their owners. */
  async of(videoIds: readonly string[]): Promise<(QueuePosition | null)[]> {
    const [rows, workerPool, estimator] = await Promise.all([
      this.#rows(videoIds),
      this.#workerPool(),
      this.#history.read(),
    ]);
    const durations = rows.map((row) => secondsOf(row, estimator));
    const usual = durations.reduce((sum, seconds) => sum + seconds, 0) / Math.max(1, durations.length);
    const running = workerPool.running.map((seconds) => seconds ?? usual);
    const waits = waitsByPosition(MAX_COUNTED_POSITION, workerPool.paused ? 0 : workerPool.slots, running, usual);
    const turns = turnsOf(countedWith(workerPool, rows), MAX_COUNTED_POSITION);
    const found = new Map(
      rows.map((row, index) => {
        const place = turns[row.priority][row.ahead] ?? MAX_COUNTED_POSITION;
        const wait = place < MAX_COUNTED_POSITION ? waits[place - 1] : undefined;
        const seconds = wait === undefined ? null : Math.max(1, Math.round(wait + (durations[index] ?? 0)));
        return [row.videoId, { position: place, etaSeconds: seconds }] as const;
      }),
    );
    return videoIds.map((id) => found.get(id) ?? null);
  }

  async #rows(videoIds: readonly string[]): Promise<Row[]> {
    const { rows } = await sql<Row>`
      select asked.video_id as "videoId", asked.priority, v.language, v.voice_speed::float8 as "voiceSpeed",
        (select count(*)::int from (
          select 1 from jobs where queue = 'VIDEO' and priority = asked.priority and status = 'WAITING'
            and (available_at, id) < (asked.available_at, asked.id) limit ${MAX_COUNTED_POSITION}) as earlier) as ahead,
        v.source ->> 'kind' as kind, char_length(coalesce(v.script, v.source ->> 'text', v.source ->> 'scenes')) as characters,
        coalesce(jsonb_array_length(v.source -> 'scenes'), 0) as scenes,
        v.target_duration_seconds as "wantedSeconds", v.duration_seconds::float8 as "filmSeconds",
        v.aspect_ratio as "aspectRatio", v.resolution,
        (select array_agg(stage::text) from video_stages where video_id = v.id and status = 'COMPLETED') as finished
      from jobs as asked join videos as v on v.id = asked.video_id
      where asked.video_id = any(${[...videoIds]}::uuid[]) and asked.queue = 'VIDEO' and asked.status = 'WAITING'
        and asked.available_at <= now()`.execute(this.#db.sql());
    return rows;
  }

  async #workerPool(): Promise<WorkerPool> {
    const waiting = (priority: JobPriority) => sql`(select count(*)::int from (
      select 1 from jobs where queue = 'VIDEO' and priority = ${priority} and status = 'WAITING' and available_at <= now()
      limit ${MAX_COUNTED_POSITION}) as counted)`;
    const { rows } = await sql<WorkerPool>`
      select ${waiting('URGENT')} as "URGENT", ${waiting('NORMAL')} as "NORMAL", ${waiting('LOW')} as "LOW",
        exists (select 1 from queues where name = 'VIDEO' and paused) as paused,
        coalesce((select sum(slots)::int from workers
          where heartbeat_at > now() - make_interval(secs => ${WORKER_TIMEOUT_SECONDS})), 0) as slots,
        array(select greatest(0, videos.eta_seconds - extract(epoch from now() - videos.updated_at))::float8
          from jobs join videos on videos.id = jobs.video_id
          where jobs.queue = 'VIDEO' and jobs.status = 'ACTIVE' limit ${MAX_RUNNING}) as running`.execute(
      this.#db.sql(),
    );
    const [workerPool] = rows;
    if (!workerPool) throw new TypeError('A select without a condition returns a row.');
    return workerPool;
  }
}

/** The remaining workload. */
function secondsOf(row: Row, estimator: DurationEstimator): number {
  const { language, voiceSpeed, kind, characters, wantedSeconds, finished } = row;
  const spoken = estimator.spokenSeconds(characters, language, voiceSpeed);
  const usual = kind === 'topic' || kind === 'article' ? DEFAULT_SECONDS[kind] : null;
  const condensed = usual === null ? spoken : Math.min(wantedSeconds ?? usual, kind === 'topic' ? Infinity : spoken);
  const filmSeconds = Math.max(1, row.filmSeconds ?? condensed);
  const work: Workload = {
    filmSeconds,
    scenes: row.scenes || scenesIn(filmSeconds),
    megapixels: frameMegapixels(row),
  };
  return estimator.totalSeconds(
    work,
    WORKLOAD_STAGES.filter((stage) => !finished?.includes(stage)),
  );
}
