import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GenerationStatus, GenerationType } from '../../entities/enums.ts';
import { NodeType } from '../node.type.ts';
import { DateTime, Decimal, JSONObject, URL } from '../scalars.ts';

@ObjectType('GenerationAttempt', { description: 'One request to a provider.', simpleResolvers: true })
export class GenerationAttemptType {
  @Field(() => String, { description: 'Name of the provider.' })
  declare readonly provider: string;

  @Field(() => String, { nullable: true, description: 'Name of the model.' })
  declare readonly model: string | null;

  @Field(() => GenerationStatus, {
    description: 'PENDING while it is on its way. UNCERTAIN: the answer was lost, so it may have been paid for.',
  })
  declare readonly status: GenerationStatus;

  @Field(() => String, { nullable: true, description: 'Why it failed, e.g. "OPENAI_TIMEOUT".' })
  declare readonly errorCode: string | null;

  @Field(() => Int, { description: 'Milliseconds until its answer; 0 while there is none, and where it was lost.' })
  declare readonly latencyMs: number;

  @Field(() => Decimal, {
    description: 'US dollars; of an UNCERTAIN one the most that it can have cost. 0 while it is PENDING.',
  })
  declare readonly cost: string;

  @Field(() => Boolean, {
    description: 'Whether it was made with the user’s own key, and so is billed to their account.',
  })
  declare readonly ownKey: boolean;

  @Field(() => DateTime, { description: 'When it was sent.' })
  declare readonly at: Date;
}

@ObjectType('Generation', {
  description:
    'One content that providers make: a script, a recording, a picture, an analysis. Each request for it is recorded before it is sent, and none is silently paid for twice.',
  implements: NodeType,
  simpleResolvers: true,
})
export class AiGenerationType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => GenerationType, { description: 'Kind of content.' })
  declare readonly type: GenerationType;

  @Field(() => String, {
    description: 'The provider that has made it; until then the one that was called last, or an empty text.',
  })
  declare readonly provider: string;

  @Field(() => String, { nullable: true, description: 'Name of the model.' })
  declare readonly model: string | null;

  @Field(() => String, {
    description:
      'The request, at most its first 2,000 characters; empty once its video is deleted, or the time of RETENTION_GENERATIONS_DAYS is over.',
  })
  declare readonly prompt: string;

  @Field(() => JSONObject, { description: 'Settings of the request, e.g. its language.' })
  declare readonly parameters: Readonly<Record<string, unknown>>;

  @Field(() => GenerationStatus, {
    description: 'That of its last attempt; of a content without a video PENDING until no other attempt follows.',
  })
  declare readonly status: GenerationStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The result, where it is a plain text. A script is in Video.script, an analysis in Video.analysis.',
  })
  declare readonly text: string | null;

  @Field(() => URL, {
    nullable: true,
    description: 'The result, where it is a file. A link that needs no token; it ends within an hour.',
  })
  declare readonly resultUrl: string | null;

  @Field(() => Int, { nullable: true, description: 'Tokens that the provider counted.' })
  declare readonly tokensUsed: number | null;

  @Field(() => Decimal, { description: 'US dollars: the sum of its attempts.' })
  declare readonly cost: string;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that the successful attempt took.' })
  declare readonly processingTimeMs: number | null;

  @Field(() => [GenerationAttemptType], { description: 'Every request that was sent, the oldest first.' })
  declare readonly attempts: readonly GenerationAttemptType[];

  @Field(() => Boolean, { description: 'Whether the answer to an earlier, equal request was used.' })
  declare readonly cached: boolean;

  @Field(() => String, { nullable: true, description: 'Code of the last failure; null once it is COMPLETED.' })
  declare readonly errorCode: string | null;

  @Field(() => String, { nullable: true, description: 'Description of the last failure.' })
  declare readonly errorMessage: string | null;

  @Field(() => DateTime, { description: 'When it was first requested.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was made.' })
  declare readonly completedAt: Date | null;
}
