import { Field, Float, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { BigIntString } from '../scalars.ts';

@ObjectType('RedisHealth', { description: 'How Redis does.', simpleResolvers: true })
export class RedisHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds its answer took; null where it gave none.' })
  declare readonly latencyMs: number | null;

  @Field(() => BigIntString, { nullable: true, description: 'Memory it uses.' })
  declare readonly memoryBytes: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
