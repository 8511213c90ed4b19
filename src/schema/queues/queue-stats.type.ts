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
  description: 'A queue as it stands. Rates are of the last hour, and null while nothing was counted.',
  simpleResolvers: true,
})
export class QueueStatsType {
  @Field(() => QueueName, { description: 'Which queue.' })
  declare readonly name: QueueName;

  @Field(() => QueueStatus, { description: 'How full it is.' })
  declare readonly status: QueueStatus;

  @Field(() => Boolean, { description: 'Whether no job begins until it is resumed.' })
  declare readonly paused: boolean;

  @Field(() => Int, { description: 'Jobs that could begin now.' })
  declare readonly waiting: number;

  @Field(() => Int, { description: 'Jobs that a worker has.' })
  declare readonly active: number;

  @Field(() => Int, { description: 'Jobs that wait for the time of their next attempt.' })
  declare readonly delayed: number;

  @Field(() => Int, {
    description:
      'Jobs that ended well within the time for which ended jobs are kept: RETENTION_JOBS_DAYS, 30 days where left out.',
  })
  declare readonly succeeded: number;

  @Field(() => Int, { description: 'Jobs that failed within the same time and were not cleared.' })
  declare readonly failed: number;

  @Field(() => Float, { nullable: true, description: 'Share of the jobs that ended which failed, 0 to 100.' })
  declare readonly failureRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Jobs that ended, well or not, a minute.' })
  declare readonly throughputPerMinute: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how long the one that waits longest could have begun; null where none waits.',
  })
  declare readonly oldestWaitingSeconds: number | null;

  @Field(() => Int, { description: 'Workers that gave a sign of life within the last 20 seconds.' })
  declare readonly workers: number;

  @Field(() => [PriorityCountType], { description: 'What waits, by priority: all of them, the most urgent first.' })
  declare readonly byPriority: readonly PriorityCountType[];
}
