import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BigIntString } from '../scalars.ts';
import { CacheStatsType } from './cache-stats.type.ts';

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
