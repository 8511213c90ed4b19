import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';

@ObjectType('ClearJobsPayload', { description: 'Which failed jobs are shown no more.', simpleResolvers: true })
export class ClearJobsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly cleared: number;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
