import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { UserPayloadType } from '../../schema/accounts/user-payload.type.ts';
import { QuotaType } from '../../schema/quotas/quota.type.ts';
import { ServiceQuotaType } from '../../schema/quotas/service-quota.type.ts';
import type { QuotaFacts } from '../../services/quotas/quota.service.ts';
import type { ServiceQuotaFacts } from '../../services/quotas/service-quota.service.ts';
import { type Context, signedIn } from '../context.ts';
import { idOf, payload } from '../payload.ts';

@Resolver()
export class QuotaResolver {
  @Query(() => [QuotaType], { nullable: true, description: 'What the caller may generate. Requires authentication.' })
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
    @Ctx() { services, loaders }: Context,
  ) {
    return payload({ user: null }, async () => {
      const uuid = idOf('user', userId, ['userId']);
      await services.quotas.setLimit({ userId: uuid, type, period }, limit);
      return { user: await loaders.users.load(uuid) };
    });
  }
}
