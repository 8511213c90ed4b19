import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType('NetworkProbe', { description: 'An attempt to connect to a part or a service.', simpleResolvers: true })
export class NetworkProbeType {
  @Field(() => String, { description: 'The process that tried: what it does, and its host.' })
  declare readonly from: string;

  @Field(() => String, { description: 'What it tried to reach, with its host and port.' })
  declare readonly to: string;

  @Field(() => Boolean, { description: 'Whether it could connect, with TLS where that is used.' })
  declare readonly ok: boolean;

  @Field(() => String, { nullable: true, description: 'The address of the host; null where DNS gave none.' })
  declare readonly resolvedAddress: string | null;

  @Field(() => Float, { nullable: true, description: 'Milliseconds to connect; null on failure.' })
  declare readonly latencyMs: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong and what to do; null where nothing is.' })
  declare readonly message: string | null;
}
