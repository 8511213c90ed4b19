import { VIDEO_COLUMNS, type VideoPart, type VideoParts, videoParts } from '../../services/videos/video-parts.ts';
import { LookAhead } from './look-ahead.ts';
import { type Selection, type SelectionInfo, selectionOf } from './selection.ts';

/** What each field of Video needs of the row besides its id. A field without an entry needs everything. */
export const VIDEO_FIELD_PARTS: Readonly<Record<string, readonly VideoPart[]>> = {
  __typename: [],
  id: [],
  title: ['title'],
  status: ['status'],
  durationSeconds: ['durationSeconds'],
  createdAt: ['createdAt'],
  thumbnailUrl: ['thumbnailKey'],
  progress: ['progress'],
  run: ['run'],
  currentStage: ['currentStage'],
  etaSeconds: ['status', 'etaSeconds'],
  queuePosition: ['status'],
  lastEventId: ['ownerId', 'lastEventSeq'],
  fileUrl: ['completedAt', 'fileKey', 'title'],
  fileSize: ['fileSize'],
  format: ['fileKey'],
  updatedAt: ['updatedAt'],
  startedAt: ['startedAt'],
  completedAt: ['completedAt'],
  publishedAt: ['publishedAt'],
  language: ['language'],
  aspectRatio: ['aspectRatio'],
  resolution: ['resolution'],
  priority: ['priority'],
  platforms: ['platforms'],
  tags: ['tags'],
  seo: ['seoTitle', 'seoDescription', 'seoKeywords'],
  description: ['description'],
  script: ['script'],
  topic: ['source'],
  captions: ['captions'],
  analysis: ['analysis'],
  quality: ['quality'],
  error: ['error'],
  scenes: ['scenes'],
  stages: ['stages'],
  cost: [],
  processingHistory: [],
  generations: [],
  owner: ['ownerId', 'ownerName'],
};

/** The fields of `owner` that can be answered without reading the user. */
const NAME_FIELDS: ReadonlySet<string> = new Set(['__typename', 'id', 'username']);

/** The parts of videos that the resolvers of a field will need. */
export class VideoLookAhead {
  readonly #list = new LookAhead((info) => {
    const connection = selectionOf(info);
    const edges = connection.below('edges');
    const hasCursor = edges?.fields.includes('cursor') || connection.below('pageInfo')?.fields.some(isCursor);
    return partsOf([connection.below('nodes'), edges?.below('node') ?? null], hasCursor ? ['cursor'] : []);
  });
  readonly #one = new LookAhead((info) =>
    // A Node is recognized as a video by its owner.
    partsOf([selectionOf(info, 'Video')], ['ownerId']),
  );

  /** For a field that returns a connection of videos. */
  ofList(info: SelectionInfo): VideoParts {
    return this.#list.of(info);
  }

  /** For a field that returns a video, or any Node. */
  ofOne(info: SelectionInfo): VideoParts {
    return this.#one.of(info);
  }
}

function isCursor(field: string): boolean {
  return field === 'startCursor' || field === 'endCursor';
}

function partsOf(selections: readonly (Selection | null)[], also: readonly VideoPart[]): VideoParts {
  const asked = selections.filter((selection) => selection !== null);
  const owners = asked.flatMap((selection) => selection.below('owner')?.fields ?? []);
  const parts = new Set(
    asked.flatMap(({ fields }) => fields).flatMap((field) => VIDEO_FIELD_PARTS[field] ?? VIDEO_COLUMNS),
  );
  if (!owners.every((field) => NAME_FIELDS.has(field))) parts.delete('ownerName');
  return videoParts([...parts, ...also]);
}
