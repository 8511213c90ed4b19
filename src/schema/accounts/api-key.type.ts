import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Permission } from '../../auth/viewer.ts';
import { UserErrorType } from '../errors/user-error.type.ts';
import { NodeType } from '../node.type.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('ApiKey', {
  description:
    'A key for programs, sent as `Authorization: Bearer av_…` instead of an access token. It is shown once and stored hashed. It never has a permission that its owner does not have at that moment.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ApiKeyType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => String, { description: 'The name that its owner gave it.' })
  declare readonly name: string;

  @Field(() => String, { description: 'The beginning of the key, by which it is recognised.' })
  declare readonly prefix: string;

  @Field(() => [Permission], { description: 'The permissions that it was given.' })
  declare readonly permissions: readonly Permission[];

  @Field(() => DateTime, { description: 'When it was created.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was used last, to the minute; null while it never was.',
  })
  declare readonly lastUsedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null where it does not.' })
  declare readonly expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null while it was not.' })
  declare readonly revokedAt: Date | null;
}

@InputType('CreateApiKeyInput', { description: 'A new key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'A name by which its owner knows it later; at most 100 characters.' })
  declare readonly name: string;

  @Field(() => [Permission], { description: 'What it may do: permissions that the caller has.' })
  declare readonly permissions: readonly Permission[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; never where left out.' })
  declare readonly expiresAt?: Date | null;
}

@ObjectType('CreateApiKeyPayload', { description: 'The new key and its secret.', simpleResolvers: true })
export class CreateApiKeyPayloadType {
  @Field(() => ApiKeyType, { nullable: true, description: 'The key; null on failure.' })
  declare readonly apiKey: ApiKeyType | null;

  @Field(() => String, { nullable: true, description: 'The whole key, which cannot be read again. Null on failure.' })
  declare readonly secret: string | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
