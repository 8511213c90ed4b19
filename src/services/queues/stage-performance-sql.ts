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
 * The results of each stage within the last hours, in the order in which they run. Attempts that were taken from their workers are no
 * results, and are not counted.
 */
export async function readStagePerformance(db: Sql, sinceHours: number): Promise<StagePerformance[]> {
  const { rows } = await sql<StagePerformance>`
    with ended as (
      select stage, status, extract(epoch from ended_at - started_at)::float8 as seconds from video_processing_history
      where ended_at > now() - make_interval(hours => ${sinceHours}) and status in ('COMPLETED', 'FAILED')
    )
    select wanted.stage, count(ended.stage)::int as runs,
      avg(seconds) filter (where status = 'COMPLETED') as "averageSeconds",
      percentile_cont(0.5) within group (order by seconds) filter (where status = 'COMPLETED') as "p50Seconds",
      percentile_cont(0.95) within group (order by seconds) filter (where status = 'COMPLETED') as "p95Seconds",
      100 * avg((status = 'FAILED')::int)::float8 as "failureRate"
    from unnest(${[...valuesOf(PipelineStage)]}::text[]) with ordinality as wanted (stage, place)
    left join ended on ended.stage = wanted.stage
    group by wanted.stage, wanted.place order by wanted.place`.execute(db);
  return rows;
}
