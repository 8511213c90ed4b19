import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { PipelineStage, StageAttemptStatus } from './enums.ts';
import { Video } from './video.ts';

/** One attempt of a worker at a stage; kept as long as its video. */
export const ProcessingAttempt = defineEntity({
  name: 'ProcessingAttempt',
  tableName: 'video_processing_history',
  primaryKeys: ['videoId', 'number'],
  properties: {
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade').primary(),
    /** From 1, over all stages and runs of the video. */
    number: p.integer().primary(),
    run: p.integer(),
    stage: p.string().length(20).$type<PipelineStage>(),
    /** From 1; a worker that goes on after a crash continues the same attempt. */
    attempt: p.integer(),
    /** Null for attempts that an earlier version made. */
    workerId: p.uuid().nullable(),
    provider: p.string().length(60).nullable(),
    status: p.string().length(20).$type<StageAttemptStatus>().default('RUNNING'),
    startedAt: p.datetime(3).defaultRaw('now()'),
    endedAt: p.datetime(3).nullable(),
    /** What the contents of the stage cost more at its end than after the attempts before it. */
    cost: p.decimal('string').precision(14).scale(4).nullable(),
    errorCode: p.string().length(80).nullable(),
  },
});
export type ProcessingAttempt = InferEntity<typeof ProcessingAttempt>;
