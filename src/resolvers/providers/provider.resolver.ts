import {
  Arg,
  Ctx,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { Capability } from '../../schema/enums.ts';
import { ProviderType, VoiceType } from '../../schema/providers/provider.type.ts';
import type { ProviderMetricsType } from '../../schema/providers/provider-metrics.type.ts';
import { ProviderPayloadType, ProviderTestPayloadType } from '../../schema/providers/provider-payloads.type.ts';
import { ServiceQuotaType } from '../../schema/quotas/service-quota.type.ts';
import { LanguageTag } from '../../schema/scalars.ts';
import type { ServiceQuotaFacts } from '../../services/quotas/service-quota.service.ts';
import { actorOf, type Context } from '../context.ts';
import { payload } from '../payload.ts';
import type { ProviderFacts } from '../services.ts';

/** A week: older calls say nothing about the current state of a provider. */
const MAX_WINDOW_MINUTES = 10_080;

/** The guard runs before it: no source is opened for a guest. */
async function openStatus({
  args,
  context,
}: SubscribeResolverData<unknown, { readonly name?: string | null }, Context>): Promise<AsyncIterable<ProviderFacts>> {
  return await context.services.providerWatch.open(args.name ?? undefined);
}

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
    const voices = await services.providers.voices(language ?? undefined);
    return voices.map((voice) => {
      const sample = services.voiceSamples.keyOf(voice.provider, voice);
      return { ...voice, previewUrl: voice.previewUrl ?? (sample && services.links.url(sample)) };
    });
  }

  @Mutation(() => ProviderPayloadType, {
    nullable: true,
    description:
      'A disabled provider is not called, by any process from its next call on, until it is enabled. Requires ADMIN_SYSTEM_CONFIG.',
  })
  setProviderEnabled(
    @Arg('name', () => String) name: string,
    @Arg('enabled', () => Boolean) enabled: boolean,
    @Ctx() context: Context,
  ) {
    const actor = actorOf(context);
    return payload({ provider: null }, async () => ({
      provider: await context.services.providers.setEnabled(actor, name, enabled),
    }));
  }

  @Mutation(() => ProviderTestPayloadType, {
    nullable: true,
    description:
      'Calls the provider once, for real, also where it is disabled or its circuit is open: connection, key and a short generation, within 30 s. It is recorded and may cost money. Requires ADMIN_SYSTEM_CONFIG.',
  })
  testProvider(
    @Arg('name', () => String) name: string,
    @Arg('prompt', () => String, { nullable: true }) prompt: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const actor = actorOf(context);
    const refused = { ok: false, latencyMs: null, message: 'The provider was not called.', reply: null };
    return payload(refused, () => context.services.providerTests.test(actor, name, prompt ?? undefined));
  }

  @Subscription(() => ProviderType, {
    subscribe: openStatus,
    description:
      'Each provider, or the named one, each time its health, circuit or enabled changes. An unknown name is BAD_USER_INPUT. Requires authentication.',
  })
  providerStatusChanged(
    @Root() provider: ProviderFacts,
    @Arg('name', () => String, { nullable: true }) _name: string | null | undefined,
  ): ProviderFacts {
    return provider;
  }

  @FieldResolver()
  id(@Root() provider: ProviderFacts): string {
    return encodeId('provider', provider.id);
  }

  @FieldResolver(() => ServiceQuotaType)
  async quota(@Root() { name }: ProviderFacts, @Ctx() { loaders }: Context): Promise<ServiceQuotaFacts | null> {
    return await loaders.serviceQuotas.load(name);
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
