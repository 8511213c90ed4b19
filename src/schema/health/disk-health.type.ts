import { Field, Float, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { BigIntString } from '../scalars.ts';

@ObjectType('DiskHealth', { description: 'How much room there is.', simpleResolvers: true })
export class DiskHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => BigIntString, { description: 'Free.' })
  declare readonly freeBytes: number;

  @Field(() => BigIntString, { description: 'Free and taken.' })
  declare readonly totalBytes: number;

  @Field(() => Float, { description: 'Share that is taken, 0 to 100.' })
  declare readonly percentageUsed: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
