import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { ProviderType } from './provider.type.ts';

@ObjectType('ProviderPayload', { description: 'A provider after the change.', simpleResolvers: true })
export class ProviderPayloadType {
  @Field(() => ProviderType, { nullable: true, description: 'The provider; null on failure.' })
  declare readonly provider: ProviderType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('ProviderTestPayload', { description: 'The result of a test call.', simpleResolvers: true })
export class ProviderTestPayloadType {
  @Field(() => Boolean, { description: 'Whether the provider has made what was requested.' })
  declare readonly ok: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds until it answered or failed; null if it was not called.',
  })
  declare readonly latencyMs: number | null;

  @Field(() => String, { description: 'The result, for people; the reason if it failed.' })
  declare readonly message: string;

  @Field(() => String, {
    nullable: true,
    description: 'The text, or what was made in words, e.g. "a picture of 1024 × 1024"; null on failure.',
  })
  declare readonly reply: string | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty if it was called.' })
  declare readonly userErrors: readonly UserErrorType[];
}
