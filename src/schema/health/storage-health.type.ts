import { Field, Float, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';

@ObjectType('StorageHealth', { description: 'Whether files can be written and read.', simpleResolvers: true })
export class StorageHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds the trial took; null where it failed.' })
  declare readonly latencyMs: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
