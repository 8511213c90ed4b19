import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('PoolStats', { description: 'A pool of database connections.', simpleResolvers: true })
export class PoolStatsType {
  @Field(() => Int, { description: 'Open connections.' })
  declare readonly total: number;

  @Field(() => Int, { description: 'Open and free.' })
  declare readonly idle: number;

  @Field(() => Int, { description: 'Open and taken.' })
  declare readonly used: number;

  @Field(() => Int, { description: 'Requests that wait for one.' })
  declare readonly waiting: number;

  @Field(() => Int, { description: 'At most so many are opened.' })
  declare readonly max: number;

  @Field(() => Float, { description: 'Share of max that is taken, 0 to 100.' })
  declare readonly usagePercentage: number;

  @Field(() => Int, { description: 'Held for over five minutes.' })
  declare readonly longRunning: number;
}
