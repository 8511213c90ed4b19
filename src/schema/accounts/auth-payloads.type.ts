import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { UserType } from './user.type.ts';

@ObjectType('LogoutPayload', { description: 'What signing out ended.', simpleResolvers: true })
export class LogoutPayloadType {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  declare readonly ended: number;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('AuthTokens', {
  simpleResolvers: true,
  description:
    'An accessToken lives 15 minutes, a refreshToken 30 days. A refresh token works once; using it again later than 10 seconds after (within them, a lost reply may be asked for anew) revokes its whole family.',
})
export class AuthTokensType {
  @Field(() => String, { description: 'Goes into the Authorization header.' })
  declare readonly accessToken: string;

  @Field(() => String, { description: 'Buys the next pair.' })
  declare readonly refreshToken: string;

  @Field(() => String, { description: 'Always "Bearer".' })
  declare readonly tokenType: string;

  @Field(() => Int, { description: 'Seconds that the access token still lives.' })
  declare readonly expiresIn: number;
}

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
