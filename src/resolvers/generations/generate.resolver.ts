import { Arg, Ctx, ID, Mutation, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql';
import { AppError } from '../../errors.ts';
import { decodeId } from '../../ids.ts';
import {
  GenerateImageInput,
  GenerateSpeechInput,
  GenerateTextInput,
} from '../../schema/generations/generation.input.ts';
import { AiGenerationType } from '../../schema/generations/generation.type.ts';
import { GenerationPayloadType } from '../../schema/generations/generation-payload.type.ts';
import type { GenerationView } from '../../services/generations/generation-reads-sql.ts';
import { type Context, signedIn } from '../context.ts';
import { payload } from '../payload.ts';

const NOTHING = { generation: null };
const WAITS =
  'Waits up to 60 s; what takes longer comes back PENDING and is made all the same: follow generationChanged. The same idempotencyKey and input return the same generation again, another input IDEMPOTENCY_MISMATCH.';

/** Throws NOT_FOUND for an id of no generation that the viewer may see. */
async function openGeneration({
  args,
  context,
}: SubscribeResolverData<unknown, { readonly id: string }, Context>): Promise<AsyncIterable<GenerationView>> {
  const id = decodeId('generation', args.id);
  if (id === null) throw new AppError('NOT_FOUND', 'There is no such generation.');
  return await context.services.generationFeed.watch(signedIn(context), id);
}

@Resolver(() => GenerationPayloadType)
export class GenerateResolver {
  @Mutation(() => GenerationPayloadType, {
    nullable: true,
    description: `Writes a text. ${WAITS} Requires AI_GENERATE_TEXT.`,
  })
  generateText(
    @Arg('input', () => GenerateTextInput) input: GenerateTextInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { contents } = context.services;
    return payload(NOTHING, async () => ({
      generation: await contents.generateText(signedIn(context), input, idempotencyKey, context),
    }));
  }

  @Mutation(() => GenerationPayloadType, {
    nullable: true,
    description: `Draws a picture. ${WAITS} Requires AI_GENERATE_IMAGE.`,
  })
  generateImage(
    @Arg('input', () => GenerateImageInput) input: GenerateImageInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { contents } = context.services;
    return payload(NOTHING, async () => ({
      generation: await contents.generateImage(signedIn(context), input, idempotencyKey, context),
    }));
  }

  @Mutation(() => GenerationPayloadType, {
    nullable: true,
    description: `Speaks a text. ${WAITS} Requires AI_GENERATE_AUDIO.`,
  })
  generateSpeech(
    @Arg('input', () => GenerateSpeechInput) input: GenerateSpeechInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { contents } = context.services;
    return payload(NOTHING, async () => ({
      generation: await contents.generateSpeech(signedIn(context), input, idempotencyKey, context),
    }));
  }

  @Subscription(() => AiGenerationType, {
    subscribe: openGeneration,
    description:
      'The generation as it is now, then each time it changes; ends when it is COMPLETED, FAILED or UNCERTAIN. Requires VIDEO_READ; owner.',
  })
  generationChanged(@Root() generation: GenerationView, @Arg('id', () => ID) _id: string): GenerationView {
    return generation;
  }
}
