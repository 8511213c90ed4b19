import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GenerationStatus, GenerationType } from './enums.ts';
import { Video } from './video.ts';

/** One call to a provider, with its duration and result. */
export const AiGeneration = defineEntity({
  name: 'AiGeneration',
  tableName: 'ai_generations',
  properties: {
    id: p.uuid().primary(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('set null').nullable(),
    type: p.string().length(20).$type<GenerationType>(),
    provider: p.string().length(60),
    model: p.string().length(120).nullable(),
    status: p.string().length(20).$type<GenerationStatus>(),
    processingTimeMs: p.integer(),
    cost: p.decimal('string').precision(14).scale(4).default('0'),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type AiGeneration = InferEntity<typeof AiGeneration>;
