import { Ctx, Query, Resolver } from 'type-graphql';
import { QuotaType } from '../../schema/quotas/quota.type.ts';
import type { QuotaFacts } from '../../services/quotas/quota.service.ts';
import { type Context, signedIn } from '../context.ts';

@Resolver()
export class QuotaResolver {
  @Query(() => [QuotaType], { nullable: true, description: 'What the caller may generate. Requires authentication.' })
  async quotas(@Ctx() context: Context): Promise<QuotaFacts[]> {
    return await context.services.quotas.quotasOf(signedIn(context).userId);
  }
}
