import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('OperationLatency', {
  description: 'How long one kind of operation took in all processes; subscriptions, to their opening.',
  simpleResolvers: true,
})
export class OperationLatencyType {
  @Field(() => String, { description: 'Names of its root fields; of more than three, the first three.' })
  declare readonly operation: string;

  @Field(() => Int, { description: 'How many ended.' })
  declare readonly requests: number;

  @Field(() => Int, { description: 'How many were answered with an error.' })
  declare readonly errors: number;

  @Field(() => Float, { description: 'Milliseconds on average.' })
  declare readonly meanMs: number;

  @Field(() => Float, { description: '50th percentile, at most 19 % too high, as the other percentiles.' })
  declare readonly p50Ms: number;

  @Field(() => Float, { description: '95th percentile.' })
  declare readonly p95Ms: number;

  @Field(() => Float, { description: '99th percentile.' })
  declare readonly p99Ms: number;

  @Field(() => Float, { description: 'The shortest.' })
  declare readonly minMs: number;

  @Field(() => Float, { description: 'The longest.' })
  declare readonly maxMs: number;
}
