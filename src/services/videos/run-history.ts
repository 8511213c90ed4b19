import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { AspectRatio, Resolution } from '../../entities/enums.ts';
import { DurationEstimator, type PastRun } from '../../forecast/duration-estimator.ts';
import { frameMegapixels, WORKLOAD_STAGES } from '../../forecast/workload.ts';

/** Runs that are read: enough for a median among similar ones, and few enough for a millisecond. */
const LATEST = 40;
/** Stages take seconds to minutes: the newest runs are not missed. */
const CACHE_MS = 10_000;

interface Row {
  readonly language: string;
  readonly voiceSpeed: number;
  readonly characters: number;
  readonly filmSeconds: number;
  readonly scenes: number;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  /** Seconds by stage name. */
  readonly stages: Readonly<Record<string, number>>;
}

export interface RunHistoryParts {
  readonly db: Database;
  /** Called with the reason when the history could not be read; estimates then use the previous one. */
  readonly onFault: (thrown: unknown) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** The durations of the latest videos of this installation. It is read again after ten seconds, once for all concurrent callers. */
export class RunHistory {
  readonly #parts: RunHistoryParts;
  readonly #now: () => number;
  #known = new DurationEstimator([]);
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<DurationEstimator> | undefined;

  constructor(parts: RunHistoryParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** Never rejects: an estimate is not worth a failure. */
  async read(): Promise<DurationEstimator> {
    if (this.#now() - this.#readAt < CACHE_MS) return this.#known;
    this.#reading ??= this.#readAgain().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  async #readAgain(): Promise<DurationEstimator> {
    try {
      this.#known = new DurationEstimator(await readLatestRuns(this.#parts.db));
    } catch (thrown) {
      this.#parts.onFault(thrown);
    }
    this.#readAt = this.#now();
    return this.#known;
  }
}

/** The newest first. Found by the index of finished jobs, and then by keys. */
async function readLatestRuns(db: Database): Promise<PastRun[]> {
  const { rows } = await sql<Row>`
    select v.language, v.voice_speed::float8 as "voiceSpeed", char_length(v.script) as characters,
      v.duration_seconds::float8 as "filmSeconds", v.aspect_ratio as "aspectRatio", v.resolution,
      (select count(*)::int from scenes where scenes.video_id = v.id) as scenes,
      (select jsonb_object_agg(stage, extract(epoch from completed_at - started_at)) from video_stages
        where video_stages.video_id = v.id and status = 'COMPLETED' and completed_at > started_at) as stages
    from (
      select video_id, finished_at from jobs
      where queue = 'VIDEO' and status = 'DONE' and finished_at is not null
      order by finished_at desc limit ${LATEST}
    ) as latest
    join videos as v on v.id = latest.video_id
    where v.duration_seconds > 0 and v.script is not null
    order by latest.finished_at desc`.execute(db.sql());
  return rows.map(pastRunOf);
}

function pastRunOf({ language, voiceSpeed, characters, filmSeconds, scenes, stages, ...frame }: Row): PastRun {
  return {
    language,
    voiceSpeed,
    characters,
    work: { filmSeconds, scenes, megapixels: frameMegapixels(frame) },
    stageSeconds: Object.fromEntries(WORKLOAD_STAGES.map((stage) => [stage, stages?.[stage]])),
  };
}
