import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BigIntString } from '../scalars.ts';

@ObjectType('CacheStats', { description: 'How the cache of one process did since it began.', simpleResolvers: true })
export class CacheStatsType {
  @Field(() => BigIntString, { description: 'Answers from memory or Redis.' })
  declare readonly hits: number;

  @Field(() => BigIntString, { description: 'Answers that had to be loaded.' })
  declare readonly misses: number;

  @Field(() => BigIntString, { description: 'Answers from memory.' })
  declare readonly localHits: number;

  @Field(() => BigIntString, { description: 'Answers from Redis.' })
  declare readonly redisHits: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the hits, 0 to 100; null while the cache was not asked.',
  })
  declare readonly hitRate: number | null;

  @Field(() => Int, { description: 'Answers that are in memory.' })
  declare readonly localSize: number;
}
