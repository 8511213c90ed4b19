import type { Statement } from '../../db/prepared.ts';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';
import type { ProcessingAttempt } from '../../entities/processing-attempt.ts';
import type { Scene } from '../../entities/scene.ts';
import { STAGE_COLUMNS, toSnakeCase, type VideoColumn, type VideoParts } from './video-parts.ts';

/** The owner of a video that is not deleted; $1 is the video's id. */
export const OWNER_OF_VIDEO: Statement = {
  name: 'owner_of_video',
  text: 'select owner_id as "ownerId" from videos where id = $1 and deleted_at is null',
};

const SCENE_COLUMNS = [
  'id',
  'videoId',
  'position',
  'narration',
  'visualPrompt',
  'audioKey',
  'imageKey',
  'durationSeconds',
] as const satisfies readonly (keyof Scene)[];
/** $1 is the id of the scene, $2 the owner that it must have, or null. */
export const SCENE: Statement = {
  name: 'scene',
  text: `select ${SCENE_COLUMNS.map((column) => `s.${toSnakeCase(column)} as "${column}"`).join(', ')}
    from scenes s join videos v on v.id = s.video_id
    where s.id = $1 and v.deleted_at is null and ($2::uuid is null or v.owner_id = $2)`,
};

/** An attempt of a worker at a stage, as clients see it. */
export type ProcessingAttemptView = Omit<ProcessingAttempt, 'number'>;

/** The last attempts of each of the videos $1, the oldest first. Owners may run their videos again without end. */
export const PROCESSING_HISTORY: Statement = {
  name: 'processing_history',
  text: `select last.* from unnest($1::uuid[]) as asked (id) cross join lateral (
      select video_id as "videoId", run, stage, attempt, worker_id as "workerId", provider, status, started_at as "startedAt",
        ended_at as "endedAt", cost, error_code as "errorCode", number
      from video_processing_history where video_id = asked.id order by number desc limit 100
    ) as last order by last."videoId", last.number`,
};

/** The order in which they run. */
const STAGE_ORDER = `array_position('{${valuesOf(PipelineStage).join(',')}}'::text[], one.stage::text)`;
/** Articles may be long, and only the topic of a source is read. */
const TOPIC_ONLY = `case when v.source ->> 'kind' = 'topic' then v.source end as source`;

/** Columns of `videos as v` under their own names, as output of a subquery; with those for its order and relations. */
export function innerColumns(parts: VideoParts, also: readonly VideoColumn[] = []): string {
  const columns = new Set<VideoColumn>(['ownerId', ...parts.columns, ...also]);
  return [
    'v.id',
    ...[...columns].map((column) => (column === 'source' ? TOPIC_ONLY : `v.${toSnakeCase(column)}`)),
  ].join(', ');
}

/**
 * Turns rows `v` of such a subquery into whole answers, relations included; `readVideos` reads them. Subqueries, because
 * joins would change the order of the rows. `ownerId` may be a parameter where all rows have the same owner.
 */
export function outerColumns(parts: VideoParts, ownerId = 'v.owner_id'): string {
  const all = ['v.id', ...parts.columns.map((column) => `v.${toSnakeCase(column)} as "${column}"`)];
  if (parts.has('ownerName')) all.push(`(select username from users where id = ${ownerId}) as "ownerName"`);
  if (parts.has('scenes')) all.push(`(${allOf('scenes', SCENE_COLUMNS, 'one.position')}) as scenes`);
  if (parts.has('stages')) all.push(`(${allOf('video_stages', STAGE_COLUMNS, STAGE_ORDER)}) as stages`);
  return all.join(', ');
}

function allOf(table: string, columns: readonly string[], order: string): string {
  const pairs = columns.map((column) => `'${column}', one.${toSnakeCase(column)}`).join(', ');
  return `select coalesce(json_agg(json_build_object(${pairs}) order by ${order}), '[]') from ${table} one where one.video_id = v.id`;
}

/** Conditions for the videos `v` with an id, or with any of several; $1 is one id or a list. */
export const ONE = 'v.id = $1';
export const MANY = 'v.id = any($1::uuid[])';

/** Without deleted videos. */
export function videosWhere(which: typeof ONE | typeof MANY): string {
  return `${which} and v.deleted_at is null`;
}

/** The same for one owner alone, $2. */
export function videosOfOwnerWhere(which: typeof ONE | typeof MANY): string {
  return `${videosWhere(which)} and v.owner_id = $2`;
}

/** The videos `v` of a condition with the requested parts. */
export function textOfVideos(parts: VideoParts, where: string): string {
  const from = `select ${innerColumns(parts)} from videos v where ${where}`;
  return `select ${outerColumns(parts)} from (${from}) v`;
}
