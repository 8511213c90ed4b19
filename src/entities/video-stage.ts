import { defineEntity, type InferEntity, type Loaded, p } from '@mikro-orm/core';
import type { PipelineStage, StageStatus } from './enums.ts';
import { Video } from './video.ts';

/** The state of a stage, and once COMPLETED its checkpoint: `output`, made from inputs with that hash. */
export const VideoStage = defineEntity({
  name: 'VideoStage',
  tableName: 'video_stages',
  primaryKeys: ['videoId', 'stage'],
  properties: {
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade').primary(),
    stage: p.string().length(20).$type<PipelineStage>().primary(),
    status: p.string().length(20).$type<StageStatus>().default('PENDING'),
    progress: p.smallint().default(0),
    attempt: p.integer().default(0),
    maxAttempts: p.integer().default(1),
    nextAttemptAt: p.datetime(3).nullable(),
    startedAt: p.datetime(3).nullable(),
    completedAt: p.datetime(3).nullable(),
    provider: p.string().length(60).nullable(),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    /** SHA-256, hex, of everything that determines the output. */
    inputHash: p.string().length(64).nullable(),
    output: p.json<object>().nullable(),
  },
});
export type VideoStage = InferEntity<typeof VideoStage>;

/** Without the checkpoint, which only the pipeline reads. */
export type VideoStageFacts = Loaded<VideoStage, never, '*', 'output'>;
