import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import {
  ProviderKeyPayloadType,
  ProviderKeyType,
  RemoveProviderKeyPayloadType,
} from '../../schema/providers/provider-key.type.ts';
import { actorOf, type Context, signedIn } from '../context.ts';
import { payload, userErrorsOf } from '../payload.ts';

@Resolver()
export class ProviderKeyResolver {
  @Query(() => [ProviderKeyType], {
    nullable: true,
    description:
      'The keys of the caller’s own for external services. Requires authentication; an API key needs USER_READ; own.',
  })
  async providerKeys(@Ctx() context: Context): Promise<ProviderKeyType[]> {
    return await context.services.providerKeys.list(signedIn(context).userId);
  }

  @Mutation(() => ProviderKeyPayloadType, {
    nullable: true,
    description:
      'The caller’s videos, and what the caller generates without one, use this key before those of the installation, at the expense of its account. It is tested by one small call, stored encrypted and never shown again. Replaces an earlier key. Requires USER_UPDATE; own.',
  })
  setProviderKey(
    @Arg('provider', () => String) provider: string,
    @Arg('key', () => String, { description: 'For AWS Polly the secret access key.' }) key: string,
    @Arg('accessKeyId', () => String, {
      nullable: true,
      description: 'For AWS Polly: the id of the access key, which the secret belongs to.',
    })
    accessKeyId: string | null,
    @Arg('region', () => String, {
      nullable: true,
      description:
        'For AWS Polly and Azure Speech: where the key is valid, such as eu-central-1 or westeurope; by default where the installation uses the service.',
    })
    region: string | null,
    @Ctx() context: Context,
  ) {
    const actor = actorOf(context);
    const given = { provider, key, accessKeyId: accessKeyId ?? undefined, region: region ?? undefined };
    return payload({ providerKey: null, warnings: [] }, async () => {
      const { providerKey, warnings } = await context.services.providerKeys.set(actor, given);
      return { providerKey, warnings: userErrorsOf(warnings) };
    });
  }

  @Mutation(() => RemoveProviderKeyPayloadType, {
    nullable: true,
    description:
      'No further request is sent with the key, also for videos that are being made: these go on with other providers, and say so. Requires USER_UPDATE; own.',
  })
  removeProviderKey(@Arg('provider', () => String) provider: string, @Ctx() context: Context) {
    const actor = actorOf(context);
    return payload({ removedProvider: null }, async () => {
      await context.services.providerKeys.remove(actor, provider);
      return { removedProvider: provider };
    });
  }
}
