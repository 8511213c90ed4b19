import { sql, type UpdateObject } from 'kysely';
import { type Em, type Sql, sqlOf, type Tables } from '../../db/orm.ts';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';
import type { Checkpoint } from '../../pipeline/stage-store.ts';

/** A stage of a video. */
export interface StageKey {
  readonly videoId: string;
  readonly stage: PipelineStage;
}

type StageColumns = Omit<UpdateObject<Tables, 'video_stages'>, 'video_id' | 'stage'>;

/**
 * Writes the stage's row, which is inserted with its first write: a video that an earlier version accepted has no row
 * of a stage that this version has added. A stage is PENDING where it has none.
 */
export async function writeStage(em: Em, { videoId, stage }: StageKey, columns: StageColumns): Promise<void> {
  await sqlOf(em)
    .insertInto('video_stages')
    .values({ video_id: videoId, stage, ...columns })
    .onConflict((same) => same.columns(['video_id', 'stage']).doUpdateSet(columns))
    .execute();
}

/** The same for a stage that could not be finished; one that is finished stays as it is. */
export async function writeUnfinishedStage(em: Em, { videoId, stage }: StageKey, columns: StageColumns): Promise<void> {
  await sqlOf(em)
    .insertInto('video_stages')
    .values({ video_id: videoId, stage, ...columns })
    .onConflict((same) =>
      same.columns(['video_id', 'stage']).doUpdateSet(columns).where('video_stages.status', '<>', 'COMPLETED'),
    )
    .execute();
}

/** Resets running stages, and stages that wait for a retry, when no worker works on the video any more. */
export async function interruptStages(em: Em, videoId: string): Promise<void> {
  await sqlOf(em)
    .updateTable('video_stages')
    .set({ status: 'PENDING', progress: 0, next_attempt_at: null })
    .where('video_id', '=', videoId)
    .where('status', 'in', ['RUNNING', 'RETRYING'])
    .execute();
}

/** Makes the next run begin at its first unfinished stage, or at an earlier one; returns which it is. */
export async function reopenStages(em: Em, videoId: string, fromStage?: PipelineStage): Promise<PipelineStage> {
  const finished = await sqlOf(em)
    .selectFrom('video_stages')
    .select('stage')
    .where('video_id', '=', videoId)
    .where('status', '=', 'COMPLETED')
    .execute();
  const done = new Set<PipelineStage>(finished.map(({ stage }) => stage));
  const stages = valuesOf(PipelineStage);
  const first = stages.find((stage) => !done.has(stage) || stage === fromStage) ?? 'ANALYSIS';
  await sqlOf(em)
    .updateTable('video_stages')
    .set({ status: 'PENDING', progress: 0, attempt: 0, next_attempt_at: null, error_code: null, error_message: null })
    .where('video_id', '=', videoId)
    .where('stage', 'in', stages.slice(stages.indexOf(first)))
    .execute();
  return first;
}

/** The checkpoint of the finished stage; null where it is not finished. */
export async function readCheckpoint(db: Sql, { videoId, stage }: StageKey): Promise<Checkpoint | null> {
  const row = await db
    .selectFrom('video_stages')
    .select(['input_hash', 'output'])
    .where('video_id', '=', videoId)
    .where('stage', '=', stage)
    .where('status', '=', 'COMPLETED')
    .executeTakeFirst();
  return row?.input_hash && row.output ? { inputHash: row.input_hash, output: row.output } : null;
}

/** Whether the stage is finished, in the run that it was last part of. */
export async function isStageFinished(db: Sql, { videoId, stage }: StageKey): Promise<boolean> {
  const found = await db
    .selectFrom('video_stages')
    .select('stage')
    .where('video_id', '=', videoId)
    .where('stage', '=', stage)
    .where('status', '=', 'COMPLETED')
    .executeTakeFirst();
  return found !== undefined;
}

/** A moment so many seconds after the transaction began. */
export function inSeconds(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
