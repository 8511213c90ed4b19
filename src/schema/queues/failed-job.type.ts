import { Field, ID, Int, ObjectType } from 'type-graphql';
import { QueueName } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('FailedJob', { description: 'A job that failed for good in its present run.', simpleResolvers: true })
export class FailedJobType {
  @Field(() => ID, { description: 'Opaque; the same each time it fails.' })
  declare readonly id: string;

  @Field(() => QueueName, { description: 'Where it was.' })
  declare readonly queue: QueueName;

  @Field(() => ID, { nullable: true, description: 'The video it was about.' })
  declare readonly videoId: string | null;

  @Field(() => Int, { description: 'How often a worker took it.' })
  declare readonly attempts: number;

  @Field(() => String, { description: 'Code of what went wrong last.' })
  declare readonly errorCode: string;

  @Field(() => String, { description: 'The same as a sentence.' })
  declare readonly errorMessage: string;

  @Field(() => DateTime, { description: 'When it failed.' })
  declare readonly failedAt: Date;
}
