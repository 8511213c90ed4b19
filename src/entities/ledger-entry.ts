import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { LedgerState, PipelineStage } from './enums.ts';
import { Video } from './video.ts';

/** One content that a video needs from a provider, and the state of its calls. */
export const LedgerEntry = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger',
  uniques: [{ properties: ['videoId', 'stage', 'sceneId', 'inputHash'] }],
  properties: {
    id: p.uuid().primary(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade'),
    stage: p.string().length(20).$type<PipelineStage>(),
    /** Null for content that is made once for the whole video. */
    sceneId: p.uuid().nullable(),
    /** SHA-256, hex, of the request and the provider. */
    inputHash: p.string().length(64),
    provider: p.string().length(60),
    /** Whether the call costs money. */
    paid: p.boolean(),
    state: p.string().length(10).$type<LedgerState>().default('INTENT'),
    /** The run of the video with the last call. */
    run: p.integer(),
    /** The number of requests that were sent, and of those whose outcome is unknown. */
    sends: p.integer().default(0),
    losses: p.integer().default(0),
    /** The reference by which the answer can be retrieved again. */
    kept: p.json().$type<object>().nullable(),
    errorCode: p.string().length(80).nullable(),
    intendedAt: p.datetime(3).defaultRaw('now()'),
    sentAt: p.datetime(3).nullable(),
    settledAt: p.datetime(3).nullable(),
  },
});
export type LedgerEntry = InferEntity<typeof LedgerEntry>;
