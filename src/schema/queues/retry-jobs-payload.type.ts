import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';

@ObjectType('RetryJobsPayload', { description: 'Which failed jobs run again.', simpleResolvers: true })
export class RetryJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly retried: number;

  @Field(() => [UserErrorType], {
    description: 'Why others do not, one for each owner; empty where all do.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}
