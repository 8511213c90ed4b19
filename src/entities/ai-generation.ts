import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { AspectRatio, GenerationStatus, GenerationType, PipelineStage } from './enums.ts';
import { User } from './user.ts';
import { Video } from './video.ts';

/** A content that a user has ordered without a video. Texts are NFC; `provider` is the one to try first. */
export type ContentOrder =
  | {
      readonly type: 'TEXT';
      readonly prompt: string;
      readonly maxTokens: number;
      readonly model?: string;
      readonly provider?: string;
    }
  | {
      readonly type: 'IMAGE';
      readonly prompt: string;
      readonly language: string;
      readonly aspectRatio: AspectRatio;
      readonly model?: string;
      readonly provider?: string;
    }
  | {
      readonly type: 'AUDIO';
      readonly text: string;
      readonly language: string;
      readonly speed: number;
      readonly voiceId?: string;
      /** No other speaks instead of it. */
      readonly provider?: string;
    };

/** One content that providers make: for a video unique by stage, scene and input, however often it is requested. */
export const AiGeneration = defineEntity({
  name: 'AiGeneration',
  tableName: 'ai_generations',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('set null').nullable(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('set null').nullable(),
    stage: p.string().length(20).$type<PipelineStage>().nullable(),
    /** Null for content that is made once for the whole video. */
    sceneId: p.uuid().nullable(),
    /** SHA-256, hex, of the request. */
    inputHash: p.string().length(64).nullable(),
    /** SHA-256, hex, by which requests of the owner's other videos find the content; null where it is not used again. */
    cacheKey: p.string().length(64).nullable(),
    type: p.string().length(20).$type<GenerationType>(),
    /** The one that has delivered; until then the one that was called last, or an empty string. */
    provider: p.string().length(60),
    model: p.string().length(200).nullable(),
    prompt: p.text().default(''),
    parameters: p.json().$type<Record<string, string | number>>().defaultRaw("'{}'"),
    status: p.string().length(20).$type<GenerationStatus>(),
    /** Locates the stored answer. */
    result: p.json().$type<object>().nullable(),
    tokensUsed: p.integer().nullable(),
    processingTimeMs: p.integer().nullable(),
    /** The sum of its attempts. */
    cost: p.decimal('string').precision(14).scale(4).default('0'),
    /** Null for contents of videos and for tests of providers. */
    contentOrder: p.json().$type<ContentOrder>().nullable(),
    /** From 1; raised each time that an operator runs it again. */
    run: p.integer().default(1),
    /** Whether the answer to an earlier, equal request was used. */
    cached: p.boolean().default(false),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    completedAt: p.datetime(3).nullable(),
  },
});
export type AiGeneration = InferEntity<typeof AiGeneration>;
