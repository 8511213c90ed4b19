import type { Scene } from '../../entities/scene.ts';
import type { Video, VideoSource } from '../../entities/video.ts';
import type { VideoStage } from '../../entities/video-stage.ts';

/** Columns of `videos` that clients can select, in groups of columns that are usually selected together. */
const GROUPS = {
  card: ['ownerId', 'title', 'status', 'durationSeconds', 'thumbnailKey', 'createdAt'],
  state: [
    'progress',
    'run',
    'currentStage',
    'etaSeconds',
    'lastEventSeq',
    'fileKey',
    'fileSize',
    'updatedAt',
    'startedAt',
    'completedAt',
    'publishedAt',
  ],
  settings: [
    'language',
    'aspectRatio',
    'resolution',
    'priority',
    'platforms',
    'tags',
    'seoTitle',
    'seoDescription',
    'seoKeywords',
  ],
  texts: ['description', 'script', 'source'],
  findings: ['analysis', 'quality', 'error'],
  captions: ['captions'],
} as const satisfies Readonly<Record<string, readonly (keyof Video)[]>>;

export const VIDEO_COLUMNS = Object.values(GROUPS).flat();
export type VideoColumn = (typeof VIDEO_COLUMNS)[number];
/** Data of other tables, and the position in the list. */
const RELATIONS = ['ownerName', 'scenes', 'stages', 'cursor'] as const;
export type VideoPart = VideoColumn | (typeof RELATIONS)[number];

/** All parts, in the order in which keys contain them. */
export const VIDEO_PARTS: readonly VideoPart[] = [...VIDEO_COLUMNS, ...RELATIONS];

export const STAGE_COLUMNS = [
  'videoId',
  'stage',
  'status',
  'progress',
  'attempt',
  'maxAttempts',
  'nextAttemptAt',
  'startedAt',
  'completedAt',
  'provider',
  'errorCode',
  'errorMessage',
] as const satisfies readonly (keyof VideoStage)[];

/** A stage without its checkpoint, which only the pipeline reads. */
export type StageView = Pick<VideoStage, (typeof STAGE_COLUMNS)[number]>;

/** A video with the selected parts. */
export type VideoView = Pick<Video, 'id'> &
  Partial<Omit<Video, 'id' | 'source'>> & {
    /** Only of a topic, else null: articles may be long. */
    source?: VideoSource | null;
    /** Username. */
    ownerName?: string;
    scenes?: readonly Scene[];
    stages?: readonly StageView[];
  };

/** The parts of videos to read, with a name. */
export interface VideoParts {
  readonly key: string;
  /** Besides the id, which is always read. */
  readonly columns: readonly VideoColumn[];
  has(part: VideoPart): boolean;
  /** The same and more, with so few combinations that each can be prepared. */
  rounded(): VideoParts;
}

export function videoParts(wanted: Iterable<VideoPart>): VideoParts {
  const set = new Set(wanted);
  return {
    key: VIDEO_PARTS.filter((part) => set.has(part)).join(),
    columns: VIDEO_COLUMNS.filter((column) => set.has(column)),
    has: (part) => set.has(part),
    rounded: () => videoParts([...set, ...wholeGroups(set)]),
  };
}

function wholeGroups(set: ReadonlySet<VideoPart>): VideoPart[] {
  const touched = Object.values(GROUPS).filter((group) => group.some((column) => set.has(column)));
  return touched.flatMap((group) => [...group]);
}

/** Everything in the row itself, and its position in the list. */
export const ALL_COLUMNS = videoParts([...VIDEO_COLUMNS, 'cursor']);

/** Of a property, e.g. `created_at` of `createdAt`. */
export function toSnakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (character) => `_${character.toLowerCase()}`);
}
