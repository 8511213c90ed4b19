import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BigIntString } from '../scalars.ts';

@ObjectType('CacheStats', { description: 'Cache statistics of one process since its start.', simpleResolvers: true })
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
    description: 'Share of the hits, 0 to 100; null while the cache has not been used.',
  })
  declare readonly hitRate: number | null;

  @Field(() => Int, { description: 'Answers that are in memory.' })
  declare readonly localSize: number;
}

@ObjectType('ProcessDiagnostics', {
  description: 'State of the process that answers this request; there may be several processes.',
  simpleResolvers: true,
})
export class ProcessDiagnosticsType {
  @Field(() => BigIntString, { description: 'Resident memory.' })
  declare readonly rssBytes: number;

  @Field(() => BigIntString, { description: 'Used part of the JavaScript heap.' })
  declare readonly heapUsedBytes: number;

  @Field(() => BigIntString, { description: 'Size of the JavaScript heap.' })
  declare readonly heapTotalBytes: number;

  @Field(() => Float, {
    description: '99th percentile of the event loop’s delay in the last 30 to 60 seconds.',
  })
  declare readonly eventLoopDelayP99Ms: number;

  @Field(() => Int, { description: 'Subscriptions that run in it.' })
  declare readonly activeSubscriptions: number;

  @Field(() => CacheStatsType, { description: 'Statistics of its cache.' })
  declare readonly cache: CacheStatsType;
}
