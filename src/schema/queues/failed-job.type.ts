import { Field, ID, Int, ObjectType } from 'type-graphql';
import { QueueName } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('FailedJob', { description: 'A job whose current run has failed finally.', simpleResolvers: true })
export class FailedJobType {
  @Field(() => ID, { description: 'Opaque; the same each time it fails.' })
  declare readonly id: string;

  @Field(() => QueueName, { description: 'The queue it was in.' })
  declare readonly queue: QueueName;

  @Field(() => ID, {
    nullable: true,
    description: 'The video that it was to make; null for a content that belongs to none.',
  })
  declare readonly videoId: string | null;

  @Field(() => Int, { description: 'How many times a worker claimed it.' })
  declare readonly attempts: number;

  @Field(() => String, { description: 'Code of its last error.' })
  declare readonly errorCode: string;

  @Field(() => String, { description: 'The same error as a sentence.' })
  declare readonly errorMessage: string;

  @Field(() => DateTime, { description: 'When it failed.' })
  declare readonly failedAt: Date;
}
