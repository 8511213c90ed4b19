import { z } from 'zod';
import {
  AspectRatio,
  JobPriority,
  PipelineStage,
  Platform,
  Resolution,
  StageStatus,
  VideoStatus,
} from '../../entities/enums.ts';
import {
  captionTexts,
  videoAnalysisFacts,
  videoErrorFacts,
  videoQualityFacts,
  videoSource,
} from '../../entities/video.ts';
import type { VideoColumn, VideoView } from './video-parts.ts';

const maybe = z.exactOptional;
const text = maybe(z.string());
const textOrNull = maybe(z.string().nullable());
const number = maybe(z.number());
const numberOrNull = maybe(z.number().nullable());
const date = z.string().pipe(z.coerce.date());
const dateOrNull = date.nullable();

/** The JSON columns of a video's row, those that were read. */
export const jsonColumns = z.object({
  source: maybe(videoSource.nullable()),
  captions: maybe(captionTexts.nullable()),
  analysis: maybe(videoAnalysisFacts.nullable()),
  quality: maybe(videoQualityFacts.nullable()),
  error: maybe(videoErrorFacts.nullable()),
});
export const JSON_COLUMNS: ReadonlySet<VideoColumn> = new Set(jsonColumns.keyof().options);

const columns = {
  ownerId: text,
  title: text,
  status: maybe(z.enum(VideoStatus)),
  durationSeconds: numberOrNull,
  thumbnailKey: textOrNull,
  createdAt: maybe(date),
  progress: number,
  run: number,
  currentStage: maybe(z.enum(PipelineStage).nullable()),
  etaSeconds: numberOrNull,
  lastEventSeq: numberOrNull,
  fileKey: textOrNull,
  fileSize: numberOrNull,
  updatedAt: maybe(date),
  startedAt: maybe(dateOrNull),
  completedAt: maybe(dateOrNull),
  publishedAt: maybe(dateOrNull),
  language: text,
  aspectRatio: maybe(z.enum(AspectRatio)),
  resolution: maybe(z.enum(Resolution)),
  priority: maybe(z.enum(JobPriority)),
  platforms: maybe(z.array(z.enum(Platform))),
  tags: maybe(z.array(z.string())),
  seoTitle: textOrNull,
  seoDescription: textOrNull,
  seoKeywords: maybe(z.array(z.string())),
  description: textOrNull,
  script: textOrNull,
  ...jsonColumns.shape,
} as const satisfies Readonly<Record<VideoColumn, z.ZodType>>;

const scene = z.object({
  id: z.string(),
  videoId: z.string(),
  position: z.number(),
  narration: z.string(),
  visualPrompt: z.string(),
  audioKey: z.string().nullable(),
  imageKey: z.string().nullable(),
  durationSeconds: z.number().nullable(),
});

const stage = z.object({
  videoId: z.string(),
  stage: z.enum(PipelineStage),
  status: z.enum(StageStatus),
  progress: z.number(),
  attempt: z.number(),
  maxAttempts: z.number(),
  nextAttemptAt: dateOrNull,
  startedAt: dateOrNull,
  completedAt: dateOrNull,
  provider: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

/** A video in the form that `JSON.stringify` produces, which has no dates. */
export const cachedVideo: z.ZodType<VideoView> = z.object({
  id: z.string(),
  ...columns,
  scenes: maybe(z.array(scene)),
  stages: maybe(z.array(stage)),
});
