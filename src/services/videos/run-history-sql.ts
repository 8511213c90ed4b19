import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../db/orm.ts';
import type { AspectRatio, Resolution } from '../../entities/enums.ts';
import { parseJson } from '../../entities/json-column.ts';
import type { PastRun } from '../../forecast/duration-estimator.ts';
import { frameMegapixels, WORKLOAD_STAGES } from '../../forecast/workload.ts';

/** Runs that are read: enough for a median among similar ones, and few enough for a millisecond. */
const LATEST = 40;

interface Row {
  readonly language: string;
  readonly voiceSpeed: number;
  readonly characters: number;
  readonly filmSeconds: number;
  readonly scenes: number;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly stages: unknown;
}

/** The newest first. Found by the index of finished jobs, and then by keys. */
export async function readLatestRuns(db: Sql): Promise<PastRun[]> {
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
    order by latest.finished_at desc`.execute(db);
  return rows.map(pastRunOf);
}

/** Seconds by the name of the stage; null where none took any time. */
const stageSeconds = z.record(z.string(), z.number()).nullable();

function pastRunOf({ language, voiceSpeed, characters, filmSeconds, scenes, stages, ...frame }: Row): PastRun {
  const seconds = parseJson(stageSeconds, stages, 'stages of the run history');
  return {
    language,
    voiceSpeed,
    characters,
    work: { filmSeconds, scenes, megapixels: frameMegapixels(frame) },
    stageSeconds: Object.fromEntries(WORKLOAD_STAGES.map((stage) => [stage, seconds?.[stage]])),
  };
}
