import { Field, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';

@ObjectType('FfmpegHealth', { description: 'Whether FFmpeg can be run.', simpleResolvers: true })
export class FfmpegHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => String, { nullable: true, description: 'As it names itself.' })
  declare readonly version: string | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
