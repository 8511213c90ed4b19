import type { Reader, Statement } from '../../db/prepared.ts';
import type { StageView, VideoColumn, VideoParts, VideoView } from './video-parts.ts';

type StageDate = 'nextAttemptAt' | 'startedAt' | 'completedAt';

/** In JSON form, which has no dates. */
type StageRow = Omit<StageView, StageDate> & { readonly [date in StageDate]: string | null };
type StagedRow = Omit<VideoView, 'stages'> & { readonly stages: readonly StageRow[] };

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
