import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { LedgerState, PipelineStage } from './enums.ts';
import { Video } from './video.ts';

/** One thing that a video needs of a provider, and how far asking for it has come. */
export const LedgerEntry = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger',
  uniques: [{ properties: ['videoId', 'stage', 'sceneId', 'inputHash'] }],
  properties: {
    id: p.uuid().primary(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade'),
    stage: p.string().length(20).$type<PipelineStage>(),
    /** Null for what is made once for the whole video. */
    sceneId: p.uuid().nullable(),
    /** SHA-256, hex, of the request and of who is asked. */
    inputHash: p.string().length(64),
    provider: p.string().length(60),
    /** Whether asking costs money. */
    paid: p.boolean(),
    state: p.string().length(10).$type<LedgerState>().default('INTENT'),
    /** The run of the video that asked last. */
    run: p.integer(),
    /** How often a request went out, and how often nobody knows what became of it. */
    sends: p.integer().default(0),
    losses: p.integer().default(0),
    /** What finds the answer again. */
    kept: p.json().$type<object>().nullable(),
    errorCode: p.string().length(80).nullable(),
    intendedAt: p.datetime(3).defaultRaw('now()'),
    sentAt: p.datetime(3).nullable(),
    settledAt: p.datetime(3).nullable(),
  },
});
export type LedgerEntry = InferEntity<typeof LedgerEntry>;
