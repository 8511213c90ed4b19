import {
  Arg,
  Ctx,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { UserPayloadType } from '../../schema/accounts/user-payload.type.ts';
import { QuotaType } from '../../schema/quotas/quota.type.ts';
import { ServiceQuotaType } from '../../schema/quotas/service-quota.type.ts';
import type { QuotaFacts } from '../../services/quotas/quota.service.ts';
import type { ServiceQuotaFacts } from '../../services/quotas/service-quota.service.ts';
import { actorOf, type Context, signedIn } from '../context.ts';
import { idOf, payload } from '../payload.ts';

/** The guard runs before it: no source is opened for a guest. */
function openQuotas({ context }: SubscribeResolverData<unknown, object, Context>): AsyncIterable<QuotaFacts> {
  return context.services.quotaWatch.open(signedIn(context).userId);
}

@Resolver()
export class QuotaResolver {
  @Query(() => [QuotaType], {
    nullable: true,
    description: 'What the caller may generate. Requires authentication; an API key needs USER_READ.',
  })
  async quotas(@Ctx() context: Context): Promise<QuotaFacts[]> {
    return await context.services.quotas.quotasOf(signedIn(context).userId);
  }

  @Query(() => [ServiceQuotaType], {
    nullable: true,
    description:
      'What the installation may still ask of each external service that says so, or whose calls it counts; checked hourly. Requires authentication.',
  })
  async serviceQuotas(@Ctx() { services }: Context): Promise<ServiceQuotaFacts[]> {
    return await services.serviceQuotas.list();
  }

  @Mutation(() => UserPayloadType, {
    nullable: true,
    description:
      'Gives a user a limit of their own, whatever their plan allows; 0 allows nothing. What is used already counts. Requires ADMIN_USER_MANAGE.',
  })
  setQuota(
    @Arg('userId', () => ID) userId: string,
    @Arg('type', () => GenerationType) type: GenerationType,
    @Arg('period', () => QuotaPeriod) period: QuotaPeriod,
    @Arg('limit', () => Int) limit: number,
    @Ctx() context: Context,
  ) {
    return payload({ user: null }, async () => {
      const uuid = idOf('user', userId, ['userId']);
      await context.services.quotas.setLimit(actorOf(context), { userId: uuid, type, period }, limit);
      return { user: await context.loaders.users.load(uuid) };
    });
  }

  @Subscription(() => QuotaType, {
    subscribe: openQuotas,
    description:
      'Each of the caller’s quotas at once, then each time it changes: reserved, used, released, given another limit, or begun anew. Requires authentication; an API key needs USER_READ.',
  })
  quotaChanged(@Root() quota: QuotaFacts): QuotaFacts {
    return quota;
  }
}
