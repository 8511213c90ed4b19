import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { QueueName } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { FailedJobType } from '../../schema/queues/failed-job.type.ts';
import { ClearJobsPayloadType, RetryJobsPayloadType } from '../../schema/queues/queue-payloads.type.ts';
import type { FailedJobFacts } from '../../services/queues/failed-jobs-sql.ts';
import { actorOf, type Context } from '../context.ts';
import { checkPageSize } from '../page.ts';
import { payload, userErrorsOf } from '../payload.ts';

@Resolver(() => FailedJobType)
export class FailedJobResolver {
  @Query(() => [FailedJobType], {
    nullable: true,
    description: 'Jobs that failed and were not cleared, the newest first; 1 to 100. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async failedJobs(
    @Arg('queue', () => QueueName) queue: QueueName,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() { services }: Context,
  ): Promise<FailedJobFacts[]> {
    checkPageSize('first', first);
    return await services.queues.failedJobs(queue, first);
  }

  @Mutation(() => RetryJobsPayloadType, {
    nullable: true,
    description:
      'Runs every failed job that was not cleared again, from its first unfinished stage. Jobs that an owner’s quota does not allow stay as they are and are reported in userErrors. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async retryFailedJobs(@Arg('queue', () => QueueName) queue: QueueName, @Ctx() context: Context) {
    const { retried, faults } = await context.services.queues.retryFailed(actorOf(context), queue);
    return { retried, userErrors: userErrorsOf(faults) };
  }

  @Mutation(() => ClearJobsPayloadType, {
    nullable: true,
    description:
      'Removes failed jobs from the list. Their videos stay FAILED, and their owners can still run them again. Requires ADMIN_SYSTEM_CONFIG.',
  })
  clearFailedJobs(@Arg('queue', () => QueueName) queue: QueueName, @Ctx() context: Context) {
    const actor = actorOf(context);
    return payload({ cleared: 0 }, async () => ({
      cleared: await context.services.queues.clearFailed(actor, queue),
    }));
  }

  @FieldResolver()
  id(@Root() job: FailedJobFacts): string {
    return encodeId('job', job.id);
  }

  @FieldResolver()
  videoId(@Root() job: FailedJobFacts): string | null {
    return job.videoId === null ? null : encodeId('video', job.videoId);
  }
}
