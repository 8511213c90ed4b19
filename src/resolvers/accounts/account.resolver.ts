import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Device } from '../../auth/request-facts.ts';
import { LoginInput, RegisterInput } from '../../schema/accounts/account.input.ts';
import { AuthPayloadType, LogoutPayloadType } from '../../schema/accounts/auth-payloads.type.ts';
import type { SignInResult } from '../../services/accounts/account.service.ts';
import { type Context, recordSignIn, signedIn } from '../context.ts';
import { payload } from '../payload.ts';
import type { Services } from '../services.ts';

const SIGNED_OUT = { user: null, tokens: null };

@Resolver()
export class AccountResolver {
  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description:
      'Creates an account and signs in; where the installation sends mail, user and tokens are null for every address, and the mailed link begins the account (verifyEmail). Anyone; at most five a minute from one address.',
  })
  register(@Arg('input', () => RegisterInput) input: RegisterInput, @Ctx() context: Context) {
    return signIn(context, ({ accounts }, device) => accounts.register(input, device));
  }

  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description:
      'Signs in by username or e-mail address. Anyone; 10 a minute by default from one network, and for one account from it (RATE_LIMITED); after 5 wrong passwords the caller waits (ACCOUNT_LOCKED).',
  })
  login(@Arg('input', () => LoginInput) input: LoginInput, @Ctx() context: Context) {
    return signIn(context, ({ accounts }, device) => accounts.login(input, device));
  }

  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description: 'Exchanges a refresh token for a new pair of tokens. Anyone with a valid refresh token.',
  })
  refreshTokens(@Arg('refreshToken', () => String) refreshToken: string, @Ctx() context: Context) {
    return signIn(context, ({ accounts }, device) => accounts.refresh(refreshToken, device));
  }

  @Mutation(() => LogoutPayloadType, {
    nullable: true,
    description: 'Ends this session of the caller, or all sessions of the caller. Requires authentication.',
  })
  logout(@Arg('everywhere', () => Boolean, { defaultValue: false }) everywhere: boolean, @Ctx() context: Context) {
    const { accounts } = context.services;
    return payload({ ended: 0 }, async () => ({
      ended: await accounts.logout(signedIn(context), everywhere, context.device),
    }));
  }
}

/** The payload of a mutation that signs a user in: its answer shows the private fields of that user. */
function signIn(context: Context, work: (services: Services, device: Device) => Promise<SignInResult | null>) {
  return payload(SIGNED_OUT, async () => {
    const signedIn = await work(context.services, context.device);
    if (!signedIn) return SIGNED_OUT;
    const { user, tokens, viewer } = signedIn;
    recordSignIn(context, viewer);
    return { user, tokens };
  });
}
