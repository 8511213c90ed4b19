import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { QueueStatsType } from './queue-stats.type.ts';

@ObjectType('QueuePayload', { description: 'A queue as it now is.', simpleResolvers: true })
export class QueuePayloadType {
  @Field(() => QueueStatsType, { nullable: true, description: 'The queue; null where it failed.' })
  declare readonly queue: QueueStatsType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
