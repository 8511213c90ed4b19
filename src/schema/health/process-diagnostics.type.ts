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

@ObjectType('ProcessDiagnostics', {
  description: 'How the process is that has answered; there may be several.',
  simpleResolvers: true,
})
export class ProcessDiagnosticsType {
  @Field(() => BigIntString, { description: 'Memory that it holds.' })
  declare readonly rssBytes: number;

  @Field(() => BigIntString, { description: 'Of the JavaScript heap, what is in use.' })
  declare readonly heapUsedBytes: number;

  @Field(() => BigIntString, { description: 'The JavaScript heap.' })
  declare readonly heapTotalBytes: number;

  @Field(() => Float, {
    description:
      'By how much its event loop was late, in 99 of 100 cases at most, since this was asked or scraped last.',
  })
  declare readonly eventLoopDelayP99Ms: number;

  @Field(() => Int, { description: 'Subscriptions that run on it.' })
  declare readonly activeSubscriptions: number;

  @Field(() => CacheStatsType, { description: 'What its cache did.' })
  declare readonly cache: CacheStatsType;
}
