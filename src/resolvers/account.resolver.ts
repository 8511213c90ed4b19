import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { AuthPayloadType } from '../schema/auth-payload.type.ts';
import { LoginInput } from '../schema/login.input.ts';
import { LogoutPayloadType } from '../schema/logout-payload.type.ts';
import { RegisterInput } from '../schema/register.input.ts';
import { type Context, signedIn } from './context.ts';
import { payload } from './payload.ts';

const NOBODY = { user: null, tokens: null };

@Resolver()
export class AccountResolver {
  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description: 'Makes an account and signs in to it. Anyone; at most five a minute from one address.',
  })
  register(@Arg('input', () => RegisterInput) input: RegisterInput, @Ctx() { services, device }: Context) {
    return payload(NOBODY, () => services.accounts.register(input, device));
  }

  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description:
      'Signs in by username or e-mail address. Anyone; an account locks for a while after repeated failures.',
  })
  login(@Arg('input', () => LoginInput) input: LoginInput, @Ctx() { services, device }: Context) {
    return payload(NOBODY, () => services.accounts.login(input, device));
  }

  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description: 'Changes a refresh token for a new pair of tokens. Anyone with a live refresh token.',
  })
  refreshTokens(@Arg('refreshToken', () => String) refreshToken: string, @Ctx() { services, device }: Context) {
    return payload(NOBODY, () => services.accounts.refresh(refreshToken, device));
  }

  @Mutation(() => LogoutPayloadType, {
    nullable: true,
    description: 'Ends this session of the caller, or all of theirs. Requires authentication.',
  })
  logout(@Arg('everywhere', () => Boolean, { defaultValue: false }) everywhere: boolean, @Ctx() context: Context) {
    const { accounts } = context.services;
    return payload({ ended: 0 }, async () => ({ ended: await accounts.logout(signedIn(context), everywhere) }));
  }
}
