import { Arg, Ctx, Int, Mutation, Query, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql';
import { QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { QueuePayloadType } from '../../schema/queues/queue-payloads.type.ts';
import { QueueStatsType } from '../../schema/queues/queue-stats.type.ts';
import { StagePerformanceType } from '../../schema/queues/stage-performance.type.ts';
import type { QueueFacts } from '../../services/queues/queue-stats-sql.ts';
import type { QueueSnapshot } from '../../services/queues/queue-watch.ts';
import type { StagePerformance } from '../../services/queues/stage-performance-sql.ts';
import { actorOf, type Context } from '../context.ts';
import { payload } from '../payload.ts';

/** 30 days: older runs are deleted. */
const MAX_WINDOW_HOURS = 720;

/** The guard runs before it: no source is opened for a caller who may not see the queues. */
function openStats({ context }: SubscribeResolverData<unknown, object, Context>): AsyncIterable<QueueSnapshot> {
  return context.services.queueWatch.open();
}

@Resolver()
export class QueueResolver {
  @Query(() => [QueueStatsType], {
    nullable: true,
    description: 'The current state of every queue. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async queues(@Ctx() { services }: Context): Promise<QueueFacts[]> {
    return await services.queues.stats();
  }

  @Query(() => [StagePerformanceType], {
    nullable: true,
    description: 'Statistics of each stage over the last hours, 1 to 720. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async stagePerformance(
    @Arg('sinceHours', () => Int, { defaultValue: 24 }) sinceHours: number,
    @Ctx() { services }: Context,
  ): Promise<StagePerformance[]> {
    if (sinceHours < 1 || sinceHours > MAX_WINDOW_HOURS)
      throw new AppError('INVALID_INPUT', `sinceHours has to be between 1 and ${MAX_WINDOW_HOURS}.`);
    return await services.queues.stagePerformance(sinceHours);
  }

  @Mutation(() => QueuePayloadType, {
    nullable: true,
    description:
      'Running jobs are finished; none begins, on any worker and also after restarts, until the queue is resumed. Requires ADMIN_SYSTEM_CONFIG.',
  })
  pauseQueue(@Arg('queue', () => QueueName) queue: QueueName, @Ctx() context: Context) {
    const actor = actorOf(context);
    return payload({ queue: null }, async () => ({ queue: await context.services.queues.pause(actor, queue) }));
  }

  @Mutation(() => QueuePayloadType, {
    nullable: true,
    description: 'Resumes a paused queue; waiting jobs begin at once. Requires ADMIN_SYSTEM_CONFIG.',
  })
  resumeQueue(@Arg('queue', () => QueueName) queue: QueueName, @Ctx() context: Context) {
    const actor = actorOf(context);
    return payload({ queue: null }, async () => ({ queue: await context.services.queues.resume(actor, queue) }));
  }

  @Subscription(() => [QueueStatsType], {
    subscribe: openStats,
    description:
      'Every queue, at once and then at most once a second while counts move. Requires ADMIN_ANALYTICS_VIEW.',
  })
  queueStatsChanged(@Root() state: QueueSnapshot): QueueSnapshot {
    return state;
  }
}
