import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { QueueStatsType } from './queue-stats.type.ts';

@ObjectType('ClearJobsPayload', { description: 'Which failed jobs are shown no more.', simpleResolvers: true })
export class ClearJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly cleared: number;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('RetryJobsPayload', { description: 'Which failed jobs run again.', simpleResolvers: true })
export class RetryJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly retried: number;

  @Field(() => [UserErrorType], {
    description: 'Why others do not, one for each owner; empty where all do.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('QueuePayload', { description: 'A queue as it now is.', simpleResolvers: true })
export class QueuePayloadType {
  @Field(() => QueueStatsType, { nullable: true, description: 'The queue; null where it failed.' })
  declare readonly queue: QueueStatsType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
