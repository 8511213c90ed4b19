import type { Reader, Statement } from '../../db/prepared.ts';
import { parseJson } from '../../entities/json-column.ts';
import { JSON_COLUMNS, jsonColumns } from './video-json.ts';
import type { StageView, VideoParts, VideoView } from './video-parts.ts';

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

/** Throws DATABASE_ERROR where a JSON column does not fit its schema. */
export async function readVideos(reader: Reader, parts: VideoParts, read: VideosRead): Promise<VideoView[]> {
  const { statement, values, lastChange } = read;
  const videos = parts.has('stages')
    ? (await reader.rows<StagedRow>(statement, values, lastChange)).map(withDates)
    : await reader.rows<VideoView>(statement, values, lastChange);
  if (!parts.columns.some((column) => JSON_COLUMNS.has(column))) return videos;
  return videos.map((video) => Object.assign(video, parseJson(jsonColumns, video, 'of a video')));
}

/**
 * Only the dates of stages: the statement itself builds their JSON from typed columns, and with a schema a video with its stages took
 * 15 µs to parse instead of 9.
 */
function withDates({ stages, ...video }: StagedRow): VideoView {
  return {
    ...video,
    stages: stages.map(({ nextAttemptAt, startedAt, completedAt, ...rest }) => ({
      ...rest,
      nextAttemptAt: dateOf(nextAttemptAt),
      startedAt: dateOf(startedAt),
      completedAt: dateOf(completedAt),
    })),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
