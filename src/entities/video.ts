import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { AspectRatio, JobPriority, PipelineStage, Platform, Resolution, VideoStatus } from './enums.ts';
import { User } from './user.ts';

/** What the user gave to make the video from. */
export type VideoSource =
  | { kind: 'topic' | 'script' | 'article'; text: string }
  | { kind: 'scenes'; scenes: { narration: string; visualPrompt?: string }[] };

export interface VideoAnalysisFacts {
  summary: string;
  suggestedTitle: string;
  suggestedDescription: string;
  suggestedTags: string[];
  chapters: { title: string; startSeconds: number }[];
}

export interface VideoQualityFacts {
  passed: boolean;
  width: number;
  height: number;
  frameRate: number;
  videoCodec: string;
  audioCodec: string | null;
  integratedLoudnessLufs: number | null;
  problems: string[];
}

export interface VideoErrorFacts {
  code: string;
  message: string;
  stage: PipelineStage | null;
  retriable: boolean;
  /** RFC 3339. */
  at: string;
  traceId: string | null;
}

export interface CaptionTexts {
  srt: string;
  vtt: string;
  ass: string;
}

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
    source: p.json<VideoSource>(),
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
    captions: p.json<CaptionTexts>().nullable(),
    analysis: p.json<VideoAnalysisFacts>().nullable(),
    quality: p.json<VideoQualityFacts>().nullable(),
    error: p.json<VideoErrorFacts>().nullable(),
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
