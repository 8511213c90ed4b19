import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PipelineStage, QueueName } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('ActiveJob', { description: 'A job that a worker has claimed and not ended.', simpleResolvers: true })
export class ActiveJobType {
  @Field(() => ID, { description: 'Opaque; the same each time it runs.' })
  declare readonly id: string;

  @Field(() => QueueName, { description: 'The queue it is in.' })
  declare readonly queue: QueueName;

  @Field(() => ID, {
    nullable: true,
    description: 'The video that it makes; null for a content that belongs to none.',
  })
  declare readonly videoId: string | null;

  @Field(() => String, { nullable: true, description: 'The host of its worker; null once that is no longer known.' })
  declare readonly workerHost: string | null;

  @Field(() => Int, { nullable: true, description: 'The process id of its worker on that host.' })
  declare readonly workerPid: number | null;

  @Field(() => PipelineStage, { nullable: true, description: 'The first stage that is not finished.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => Int, { description: 'How many times a worker claimed it, this time included.' })
  declare readonly attempts: number;

  @Field(() => Int, { description: 'For how long this worker has had it.' })
  declare readonly activeSeconds: number;

  @Field(() => DateTime, { nullable: true, description: 'The last heartbeat of its worker for this job.' })
  declare readonly heartbeatAt: Date | null;
}
