import type { Database } from '../../db/database.ts';
import type { DurationEstimator } from '../../forecast/duration-estimator.ts';
import { countedWith, turnsOf, waitsByPosition } from '../../forecast/queue-position.ts';
import { frameMegapixels, scenesIn, WORKLOAD_STAGES, type Workload } from '../../forecast/workload.ts';
import { MAX_COUNTED_POSITION, readWaiting, readWorkerPool, type WaitingVideo } from './queue-position-sql.ts';
import type { RunHistory } from './run-history.ts';

/** The position and the estimated time of a video that waits for a worker. */
export interface QueuePosition {
  /** 1 for the next; the last counted position also represents every position after it. */
  readonly position: number;
  /** Seconds until it is finished; null while no worker takes videos, or where the position was not counted. */
  readonly etaSeconds: number | null;
}

/** Target length where only a topic or an article is given and no length. */
const DEFAULT_SECONDS = { topic: 40, article: 60 } as const;

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
      readWaiting(this.#db.sql(), videoIds),
      readWorkerPool(this.#db.sql()),
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
}

/** The remaining workload. */
function secondsOf(row: WaitingVideo, estimator: DurationEstimator): number {
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
