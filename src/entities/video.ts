import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { z } from 'zod';
import {
  type AspectRatio,
  type CaptionStyle,
  type JobPriority,
  PipelineStage,
  type Platform,
  PresenterLayout,
  type Resolution,
  type VideoStatus,
} from './enums.ts';
import { JsonColumn } from './json-column.ts';
import { User } from './user.ts';

/** What the user gave to make the video from. */
export const videoSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['topic', 'script', 'article']), text: z.string() }),
  z.object({
    kind: z.literal('scenes'),
    scenes: z.array(z.object({ narration: z.string(), visualPrompt: z.exactOptional(z.string()) })),
  }),
]);
export type VideoSource = z.infer<typeof videoSource>;

/** Who speaks the scenes in the picture. */
export const videoPresenter = z.object({
  provider: z.exactOptional(z.string()),
  imageUrl: z.exactOptional(z.string()),
  layout: z.enum(PresenterLayout),
});
export type VideoPresenter = z.infer<typeof videoPresenter>;

export const videoAnalysisFacts = z.object({
  summary: z.string(),
  suggestedTitle: z.string(),
  suggestedDescription: z.string(),
  suggestedTags: z.array(z.string()),
  chapters: z.array(z.object({ title: z.string(), startSeconds: z.number() })),
});
export type VideoAnalysisFacts = z.infer<typeof videoAnalysisFacts>;

export const videoQualityFacts = z.object({
  passed: z.boolean(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
  integratedLoudnessLufs: z.number().nullable(),
  problems: z.array(z.string()),
});
export type VideoQualityFacts = z.infer<typeof videoQualityFacts>;

export const videoErrorFacts = z.object({
  code: z.string(),
  message: z.string(),
  stage: z.enum(PipelineStage).nullable(),
  retriable: z.boolean(),
  /** RFC 3339. */
  at: z.string(),
  traceId: z.string().nullable(),
});
export type VideoErrorFacts = z.infer<typeof videoErrorFacts>;

export const captionTexts = z.object({ srt: z.string(), vtt: z.string(), ass: z.string() });
export type CaptionTexts = z.infer<typeof captionTexts>;

/** A video: its input, its state and its result. */
export const Video = defineEntity({
  name: 'Video',
  tableName: 'videos',
  properties: {
    id: p.uuid().primary(),
    ownerId: () => p.manyToOne(User).mapToPk().fieldName('owner_id').deleteRule('cascade'),
    title: p.string().length(200),
    /** False while the title is a placeholder that the script may replace. */
    titleGiven: p.boolean().default(true),
    description: p.text().nullable(),
    source: p.json<VideoSource>().type(new JsonColumn(videoSource)),
    script: p.text().nullable(),
    language: p.string().length(35),
    status: p.string().length(20).$type<VideoStatus>().default('PENDING'),
    progress: p.smallint().default(0),
    run: p.integer().default(1),
    currentStage: p.string().length(20).$type<PipelineStage>().nullable(),
    etaSeconds: p.integer().nullable(),
    /** Owner's sequence number of this video's newest event. */
    lastEventSeq: p.bigint('number').nullable(),
    aspectRatio: p.string().length(20).$type<AspectRatio>(),
    resolution: p.string().length(20).$type<Resolution>(),
    priority: p.string().length(10).$type<JobPriority>().default('NORMAL'),
    targetDurationSeconds: p.integer().nullable(),
    voiceId: p.string().length(100).nullable(),
    voiceSpeed: p.double().$type<number>().default(1),
    visualStyle: p.text().nullable(),
    burnInCaptions: p.boolean().default(true),
    /** Null where the shape of the picture decides. */
    captionStyle: p.string().length(20).$type<CaptionStyle>().nullable(),
    /** US dollars; null where there is no limit. */
    maxCost: p.decimal('string').precision(14).scale(4).nullable(),
    /** Who is tried first, and whose voice is not replaced. */
    providers: p.json().$type<Readonly<Partial<Record<'text' | 'image' | 'speech' | 'voice', string>>>>().nullable(),
    presenter: p.json<VideoPresenter>().type(new JsonColumn(videoPresenter)).nullable(),
    musicMood: p.string().length(40).nullable(),
    musicVolume: p.double().$type<number>().nullable(),
    tags: p.array().default([]),
    platforms: p.array().$type<Platform[]>().default([]),
    seoTitle: p.string().length(100).nullable(),
    seoDescription: p.text().nullable(),
    seoKeywords: p.array().default([]),
    durationSeconds: p.double().$type<number>().nullable(),
    fileKey: p.text().nullable(),
    fileSize: p.bigint('number').nullable(),
    thumbnailKey: p.text().nullable(),
    captions: p.json<CaptionTexts>().type(new JsonColumn(captionTexts)).nullable(),
    analysis: p.json<VideoAnalysisFacts>().type(new JsonColumn(videoAnalysisFacts)).nullable(),
    quality: p.json<VideoQualityFacts>().type(new JsonColumn(videoQualityFacts)).nullable(),
    error: p.json<VideoErrorFacts>().type(new JsonColumn(videoErrorFacts)).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    updatedAt: p.datetime(3).defaultRaw('now()'),
    startedAt: p.datetime(3).nullable(),
    completedAt: p.datetime(3).nullable(),
    publishedAt: p.datetime(3).nullable(),
    /** Set at once when deleted; files and rows are purged later. */
    deletedAt: p.datetime(3).nullable(),
  },
});
export type Video = InferEntity<typeof Video>;
