import { Field, ObjectType } from 'type-graphql';
import { QueueStatsType } from './queue-stats.type.ts';
import { UserErrorType } from './user-error.type.ts';

@ObjectType('QueuePayload', { description: 'A queue as it now is.', simpleResolvers: true })
export class QueuePayloadType {
  @Field(() => QueueStatsType, { nullable: true, description: 'The queue; null where it failed.' })
  declare readonly queue: QueueStatsType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
