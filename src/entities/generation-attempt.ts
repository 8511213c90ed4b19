import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { AiGeneration } from './ai-generation.ts';
import type { AttemptState } from './enums.ts';

/** One request to a provider, recorded before it was sent. */
export const GenerationAttempt = defineEntity({
  name: 'GenerationAttempt',
  tableName: 'generation_attempts',
  uniques: [{ properties: ['generationId', 'provider', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    generationId: () => p.manyToOne(AiGeneration).mapToPk().fieldName('generation_id').deleteRule('cascade'),
    provider: p.string().length(60),
    model: p.string().length(200).nullable(),
    /** From 1, for each provider. */
    number: p.integer(),
    /** Whether the call costs money. */
    paid: p.boolean(),
    /** Whether it was made with the user's own key, and so is billed to the user and not to the installation. */
    ownKey: p.boolean().default(false),
    state: p.string().length(10).$type<AttemptState>().default('SENT'),
    /** The run of the video that sent it. */
    run: p.integer(),
    /** The most that it can cost; 0 once it has ended. */
    reserved: p.decimal('string').precision(14).scale(4).default('0'),
    cost: p.decimal('string').precision(14).scale(4).default('0'),
    /** Id of the task that it has started at the service. */
    startedId: p.string().length(300).nullable(),
    errorCode: p.string().length(80).nullable(),
    errorMessage: p.text().nullable(),
    latencyMs: p.integer().nullable(),
    sentAt: p.datetime(3).defaultRaw('now()'),
    endedAt: p.datetime(3).nullable(),
  },
});
export type GenerationAttempt = InferEntity<typeof GenerationAttempt>;
