import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { QueueStatsType } from './queue-stats.type.ts';

@ObjectType('ClearJobsPayload', { description: 'The failed jobs that are no longer listed.', simpleResolvers: true })
export class ClearJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly cleared: number;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('RetryJobsPayload', { description: 'The failed jobs that run again.', simpleResolvers: true })
export class RetryJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly retried: number;

  @Field(() => [UserErrorType], {
    description: 'The reasons why others do not run again, one per owner; empty where all do.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('QueuePayload', { description: 'A queue after the change.', simpleResolvers: true })
export class QueuePayloadType {
  @Field(() => QueueStatsType, { nullable: true, description: 'The queue; null on failure.' })
  declare readonly queue: QueueStatsType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
