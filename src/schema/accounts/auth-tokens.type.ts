import { Field, Int, ObjectType } from 'type-graphql';

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
