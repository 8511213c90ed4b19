import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../db/orm.ts';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';

export const stagePerformance = z.object({
  stage: z.enum(PipelineStage),
  /** Attempts that ended, successful or not. */
  runs: z.number(),
  /** Of successful attempts, from start to end; null where there were none. */
  averageSeconds: z.number().nullable(),
  p50Seconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
  /** Percent; null while none ended. */
  failureRate: z.number().nullable(),
});
export type StagePerformance = z.infer<typeof stagePerformance>;

/**
 * The results of each stage within the last hours, in the order in which they run. They are read from the event log, which has
 * each attempt: the stage's row has only the newest. An attempt begins with the first event of its stage that is RUNNING.
 */
export async function readStagePerformance(db: Sql, sinceHours: number): Promise<StagePerformance[]> {
  const { rows } = await sql<StagePerformance>`
    with ended as (
      select video_id, stage, seq, stage_status, at from video_events
      where stage_status in ('COMPLETED', 'FAILED', 'RETRYING') and at > now() - make_interval(hours => ${sinceHours})
    ), timed as (
      select stage, stage_status, extract(epoch from at - (
        select min(begun.at) from video_events as begun
        where begun.video_id = ended.video_id and begun.stage = ended.stage and begun.seq < ended.seq
          and begun.seq > coalesce((
            select max(former.seq) from video_events as former
            where former.video_id = ended.video_id and former.stage = ended.stage and former.seq < ended.seq
              and former.stage_status <> 'RUNNING'), 0)
      ))::float8 as seconds
      from ended
    )
    select wanted.stage, count(timed.stage)::int as runs,
      avg(seconds) filter (where stage_status = 'COMPLETED') as "averageSeconds",
      percentile_cont(0.5) within group (order by seconds) filter (where stage_status = 'COMPLETED') as "p50Seconds",
      percentile_cont(0.95) within group (order by seconds) filter (where stage_status = 'COMPLETED') as "p95Seconds",
      100 * avg((stage_status <> 'COMPLETED')::int)::float8 as "failureRate"
    from unnest(${[...valuesOf(PipelineStage)]}::text[]) with ordinality as wanted (stage, place)
    left join timed on timed.stage = wanted.stage
    group by wanted.stage, wanted.place order by wanted.place`.execute(db);
  return rows;
}
