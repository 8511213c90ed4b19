import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { Capability } from '../../schema/enums.ts';
import { ProviderType, VoiceType } from '../../schema/providers/provider.type.ts';
import type { ProviderMetricsType } from '../../schema/providers/provider-metrics.type.ts';
import { LanguageTag } from '../../schema/scalars.ts';
import type { Context } from '../context.ts';
import type { ProviderFacts } from '../services.ts';

/** A week: older calls say nothing about the current state of a provider. */
const MAX_WINDOW_MINUTES = 10_080;

@Resolver(() => ProviderType)
export class ProviderResolver {
  @Query(() => [ProviderType], {
    nullable: true,
    description: 'All providers of content, or those with the capability. Requires authentication.',
  })
  async providers(
    @Arg('capability', () => Capability, { nullable: true }) capability: Capability | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<readonly ProviderFacts[]> {
    return await services.providers.list(capability ?? undefined);
  }

  @Query(() => [VoiceType], {
    nullable: true,
    description: 'All voices, or those that can read the language aloud. Requires VIDEO_READ.',
  })
  async voices(
    @Arg('language', () => LanguageTag, { nullable: true }) language: string | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<readonly VoiceType[]> {
    return await services.providers.voices(language ?? undefined);
  }

  @FieldResolver()
  id(@Root() provider: ProviderFacts): string {
    return encodeId('provider', provider.id);
  }

  @FieldResolver()
  async metrics(
    @Root() provider: ProviderFacts,
    @Arg('windowMinutes', () => Int, { defaultValue: 15 }) windowMinutes: number,
    @Ctx() { loaders }: Context,
  ): Promise<ProviderMetricsType> {
    if (windowMinutes < 1 || windowMinutes > MAX_WINDOW_MINUTES) {
      throw new AppError('INVALID_INPUT', `windowMinutes has to be between 1 and ${MAX_WINDOW_MINUTES}.`);
    }
    return await loaders.metrics(windowMinutes).load(provider.name);
  }
}
