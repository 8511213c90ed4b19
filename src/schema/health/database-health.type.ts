import { Field, Float, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { PoolStatsType } from './pool-stats.type.ts';

@ObjectType('DatabaseHealth', { description: 'How PostgreSQL does.', simpleResolvers: true })
export class DatabaseHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds its answer took; null where it gave none.' })
  declare readonly latencyMs: number | null;

  @Field(() => PoolStatsType, { description: 'Our connections to it.' })
  declare readonly pool: PoolStatsType;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
