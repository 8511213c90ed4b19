import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { UpdateProfileInput } from '../../schema/accounts/account.input.ts';
import { AuthPayloadType } from '../../schema/accounts/auth-payloads.type.ts';
import { OkPayloadType } from '../../schema/accounts/ok-payload.type.ts';
import { UserPayloadType } from '../../schema/accounts/user-payload.type.ts';
import { type Context, recordSignIn, signedIn } from '../context.ts';
import { okPayload, payload } from '../payload.ts';

@Resolver()
export class OwnAccountResolver {
  @Mutation(() => AuthPayloadType, {
    nullable: true,
    description: 'Ends every other session of the caller and returns new tokens for this one. Requires authentication.',
  })
  changePassword(
    @Arg('currentPassword', () => String) currentPassword: string,
    @Arg('newPassword', () => String) newPassword: string,
    @Ctx() context: Context,
  ) {
    const { services, device } = context;
    return payload({ user: null, tokens: null }, async () => {
      const change = { currentPassword, newPassword };
      const { user, tokens, viewer } = await services.ownAccounts.changePassword(signedIn(context), change, device);
      recordSignIn(context, viewer);
      return { user, tokens };
    });
  }

  @Mutation(() => UserPayloadType, {
    nullable: true,
    description: 'Changes what the caller shows of themselves. Requires USER_UPDATE.',
  })
  updateProfile(@Arg('input', () => UpdateProfileInput) input: UpdateProfileInput, @Ctx() context: Context) {
    return payload({ user: null }, async () => ({
      user: await context.services.profiles.update(signedIn(context), input),
    }));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Deletes the account of the caller and all that belongs to it, at once and for ever. Requires authentication.',
  })
  deleteAccount(@Arg('password', () => String) password: string, @Ctx() context: Context) {
    const { services, device } = context;
    return okPayload(async () => {
      await services.onVideosDeleted(await services.ownAccounts.deleteAccount(signedIn(context), password, device));
    });
  }
}
