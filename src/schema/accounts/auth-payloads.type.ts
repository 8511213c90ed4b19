import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { UserType } from './user.type.ts';

@ObjectType('LogoutPayload', { description: 'The result of signing out.', simpleResolvers: true })
export class LogoutPayloadType {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  declare readonly ended: number;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('AuthTokens', {
  simpleResolvers: true,
  description:
    'An accessToken lives 15 minutes, a refreshToken 30 days. A refresh token works once; using it again later than 10 seconds after (within them, a client whose reply was lost may ask again) revokes its whole family.',
})
export class AuthTokensType {
  @Field(() => String, { description: 'The client sends it in the Authorization header.' })
  declare readonly accessToken: string;

  @Field(() => String, { description: 'refreshTokens exchanges it for the next pair.' })
  declare readonly refreshToken: string;

  @Field(() => String, { description: 'Always "Bearer".' })
  declare readonly tokenType: string;

  @Field(() => Int, { description: 'Seconds until the access token expires.' })
  declare readonly expiresIn: number;
}

@ObjectType('AuthPayload', { description: 'The user who is now signed in, and the tokens.', simpleResolvers: true })
export class AuthPayloadType {
  @Field(() => UserType, {
    nullable: true,
    description: 'The user who signed in, private fields included. Null on failure.',
  })
  declare readonly user: UserType | null;

  @Field(() => AuthTokensType, { nullable: true, description: 'Their tokens; null on failure.' })
  declare readonly tokens: AuthTokensType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
