import type { Reader, Statement } from '../../db/prepared.ts';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';
import type { Scene } from '../../entities/scene.ts';
import {
  STAGE_COLUMNS,
  type StageView,
  toSnakeCase,
  type VideoColumn,
  type VideoParts,
  type VideoView,
} from './video-parts.ts';

export const SCENE_COLUMNS = [
  'id',
  'videoId',
  'position',
  'narration',
  'visualPrompt',
  'audioKey',
  'imageKey',
  'durationSeconds',
] as const satisfies readonly (keyof Scene)[];
/** The order in which they run. */
const STAGE_ORDER = `array_position('{${valuesOf(PipelineStage).join(',')}}'::text[], one.stage::text)`;
type StageDate = 'nextAttemptAt' | 'startedAt' | 'completedAt';

/** In JSON form, which has no dates. */
type StageRow = Omit<StageView, StageDate> & { readonly [date in StageDate]: string | null };
type StagedRow = Omit<VideoView, 'stages'> & { readonly stages: readonly StageRow[] };

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

/** The input of a `Reader`. */
export interface VideosRead {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly lastChange?: number | undefined;
}

export async function readVideos(reader: Reader, parts: VideoParts, read: VideosRead): Promise<VideoView[]> {
  const { statement, values, lastChange } = read;
  if (!parts.has('stages')) return await reader.rows<VideoView>(statement, values, lastChange);
  const rows = await reader.rows<StagedRow>(statement, values, lastChange);
  return rows.map((row) => ({ ...row, stages: row.stages.map(stageOf) }));
}

/** A video in the form that `JSON.stringify` produces. */
export function videoFromJson(json: string): VideoView {
  const { stages, ...video }: Omit<StagedRow, 'stages'> & Partial<StagedRow> = JSON.parse(json);
  for (const name of DATES) if (video[name]) video[name] = new Date(video[name]);
  return stages ? { ...video, stages: stages.map(stageOf) } : video;
}

const DATES = ['createdAt', 'updatedAt', 'startedAt', 'completedAt', 'publishedAt'] as const satisfies VideoColumn[];

function stageOf({ nextAttemptAt, startedAt, completedAt, ...rest }: StageRow): StageView {
  return {
    ...rest,
    nextAttemptAt: dateOf(nextAttemptAt),
    startedAt: dateOf(startedAt),
    completedAt: dateOf(completedAt),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
