import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OkPayloadType } from '../../schema/accounts/ok-payload.type.ts';
import { EmailAddress } from '../../schema/scalars.ts';
import { type Context, signedIn } from '../context.ts';
import { okPayload } from '../payload.ts';

@Resolver()
export class MailedAccountResolver {
  @Mutation(() => OkPayloadType, {
    nullable: true,
    description: 'Mails the link that confirms the address of the caller again. Requires authentication.',
  })
  requestEmailVerification(@Ctx() context: Context) {
    return okPayload(() => context.services.mailedAccounts.requestVerification(signedIn(context)));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Mails a link to the address where it has an account; the answer is the same where it has none. Anyone.',
  })
  requestPasswordReset(@Arg('email', () => EmailAddress) email: string, @Ctx() context: Context) {
    return okPayload(() => context.services.mailedAccounts.requestReset(email, context.device));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Sets a new password and ends all sessions of the user. A token works once. Anyone with a valid token.',
  })
  resetPassword(
    @Arg('token', () => String) token: string,
    @Arg('newPassword', () => String) newPassword: string,
    @Ctx() context: Context,
  ) {
    return okPayload(() => context.services.mailedAccounts.resetPassword(token, newPassword, context.device));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description: 'Confirms the address to which the token was mailed. A token works once. Anyone with a valid token.',
  })
  verifyEmail(@Arg('token', () => String) token: string, @Ctx() context: Context) {
    return okPayload(() => context.services.mailedAccounts.verifyEmail(token, context.device));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description: 'Takes effect when the link mailed to the new address is opened. Requires authentication.',
  })
  changeEmail(
    @Arg('newEmail', () => EmailAddress) newEmail: string,
    @Arg('password', () => String) password: string,
    @Ctx() context: Context,
  ) {
    const { services, device } = context;
    return okPayload(() => services.mailedAccounts.changeEmail(signedIn(context), newEmail, password, device));
  }
}
