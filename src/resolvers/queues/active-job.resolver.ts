import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { QueueName } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { ActiveJobType } from '../../schema/queues/active-job.type.ts';
import type { ActiveJobFacts } from '../../services/queues/active-jobs-sql.ts';
import type { Context } from '../context.ts';
import { checkPageSize } from '../page.ts';

@Resolver(() => ActiveJobType)
export class ActiveJobResolver {
  @Query(() => [ActiveJobType], {
    nullable: true,
    description:
      'Jobs that workers have claimed, of one queue or of all, claimed longest ago first; 1 to 100. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async activeJobs(
    @Arg('queue', () => QueueName, { nullable: true }) queue: QueueName | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() { services }: Context,
  ): Promise<ActiveJobFacts[]> {
    checkPageSize('first', first);
    return await services.queues.activeJobs(queue ?? null, first);
  }

  @FieldResolver()
  id(@Root() job: ActiveJobFacts): string {
    return encodeId('job', job.id);
  }

  @FieldResolver()
  videoId(@Root() job: ActiveJobFacts): string | null {
    return job.videoId === null ? null : encodeId('video', job.videoId);
  }
}
