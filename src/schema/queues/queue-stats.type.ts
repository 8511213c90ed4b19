import { Field, Float, Int, ObjectType } from 'type-graphql';
import { JobPriority, QueueName } from '../../entities/enums.ts';
import { QueueStatus } from '../enums.ts';

@ObjectType('PriorityCount', { description: 'How many jobs of one priority wait.', simpleResolvers: true })
export class PriorityCountType {
  @Field(() => JobPriority, { description: 'Which priority.' })
  declare readonly priority: JobPriority;

  @Field(() => Int, { description: 'Jobs of it that could begin now.' })
  declare readonly waiting: number;
}

@ObjectType('QueueStats', {
  description: 'The current state of a queue. Rates are of the last hour, and null while there is nothing to count.',
  simpleResolvers: true,
})
export class QueueStatsType {
  @Field(() => QueueName, { description: 'Which queue.' })
  declare readonly name: QueueName;

  @Field(() => QueueStatus, { description: 'How full it is.' })
  declare readonly status: QueueStatus;

  @Field(() => Boolean, { description: 'True while no job begins, until the queue is resumed.' })
  declare readonly paused: boolean;

  @Field(() => Int, { description: 'Jobs that could begin now.' })
  declare readonly waiting: number;

  @Field(() => Int, { description: 'Jobs that a worker processes.' })
  declare readonly active: number;

  @Field(() => Int, { description: 'Jobs that wait until their next attempt is due.' })
  declare readonly delayed: number;

  @Field(() => Int, {
    description:
      'Jobs that succeeded within the retention period of ended jobs: RETENTION_JOBS_DAYS, 30 days by default.',
  })
  declare readonly succeeded: number;

  @Field(() => Int, { description: 'Jobs that failed within the same time and were not cleared.' })
  declare readonly failed: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the jobs that ended in the last hour which failed, 0 to 100.',
  })
  declare readonly failureRate: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Jobs per minute that ended in the last hour, with success or failure.',
  })
  declare readonly throughputPerMinute: number | null;

  @Field(() => Float, { nullable: true, description: 'failureRate of the last ten minutes.' })
  declare readonly recentFailureRate: number | null;

  @Field(() => Float, { nullable: true, description: 'throughputPerMinute of the last ten minutes.' })
  declare readonly recentThroughputPerMinute: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Age of the oldest job that could begin now; null where none waits.',
  })
  declare readonly oldestWaitingSeconds: number | null;

  @Field(() => Int, { description: 'Workers with a heartbeat in the last 20 seconds.' })
  declare readonly workers: number;

  @Field(() => [PriorityCountType], { description: 'Waiting jobs of every priority, the most urgent first.' })
  declare readonly byPriority: readonly PriorityCountType[];
}
