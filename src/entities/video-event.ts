import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { PipelineStage, StageStatus, VideoStatus } from './enums.ts';
import { JsonColumn } from './json-column.ts';
import { type VideoErrorFacts, videoErrorFacts } from './video.ts';

/** The progress log. `seq` increases for each owner in commit order; owner and `seq` together are the cursor. */
export const VideoEvent = defineEntity({
  name: 'VideoEvent',
  tableName: 'video_events',
  primaryKeys: ['ownerId', 'seq'],
  properties: {
    ownerId: p.uuid().primary(),
    seq: p.bigint('number').primary(),
    videoId: p.uuid(),
    run: p.integer(),
    status: p.string().length(20).$type<VideoStatus>(),
    stage: p.string().length(20).$type<PipelineStage>().nullable(),
    stageStatus: p.string().length(20).$type<StageStatus>().nullable(),
    progress: p.smallint(),
    message: p.text(),
    sceneIndex: p.integer().nullable(),
    sceneCount: p.integer().nullable(),
    etaSeconds: p.integer().nullable(),
    costSpent: p.decimal('string').precision(14).scale(4).default('0'),
    error: p.json<VideoErrorFacts>().type(new JsonColumn(videoErrorFacts)).nullable(),
    at: p.datetime(3).defaultRaw('clock_timestamp()'),
  },
});
export type VideoEvent = InferEntity<typeof VideoEvent>;
