import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('ProviderKey', {
  description: 'A key of the caller’s own for an external service. The key itself is never shown.',
  simpleResolvers: true,
})
export class ProviderKeyType {
  @Field(() => String, { description: 'Name of the provider.' })
  declare readonly provider: string;

  @Field(() => String, { description: 'Its last four characters.' })
  declare readonly lastFour: string;

  @Field(() => DateTime, { description: 'When it was set.' })
  declare readonly setAt: Date;
}

@ObjectType('ProviderKeyPayload', { description: 'A key that was set.', simpleResolvers: true })
export class ProviderKeyPayloadType {
  @Field(() => ProviderKeyType, { nullable: true, description: 'What is shown of it; null on failure.' })
  declare readonly providerKey: ProviderKeyType | null;

  @Field(() => [UserErrorType], { description: 'Why it could not be tested, although it is stored.' })
  declare readonly warnings: readonly UserErrorType[];

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('RemoveProviderKeyPayload', { description: 'A key that was removed.', simpleResolvers: true })
export class RemoveProviderKeyPayloadType {
  @Field(() => String, { nullable: true, description: 'Name of the provider; null on failure.' })
  declare readonly removedProvider: string | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
