import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { AuthTokensType } from './auth-tokens.type.ts';
import { UserType } from './user.type.ts';

@ObjectType('AuthPayload', { description: 'Who is signed in now, and with what.', simpleResolvers: true })
export class AuthPayloadType {
  @Field(() => UserType, {
    nullable: true,
    description: 'The user, private fields included: it is you. Null where it failed.',
  })
  declare readonly user: UserType | null;

  @Field(() => AuthTokensType, { nullable: true, description: 'Their tokens; null where it failed.' })
  declare readonly tokens: AuthTokensType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
