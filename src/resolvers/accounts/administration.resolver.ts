import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { Plan, Role } from '../../entities/enums.ts';
import { OkPayloadType } from '../../schema/accounts/ok-payload.type.ts';
import { UserPayloadType } from '../../schema/accounts/user-payload.type.ts';
import { DateTime } from '../../schema/scalars.ts';
import { actorOf, type Context } from '../context.ts';
import { idOf, okPayload, payload } from '../payload.ts';

@Resolver()
export class AdministrationResolver {
  @Mutation(() => UserPayloadType, {
    nullable: true,
    description:
      'Gives a user a role, or a role that they have another end. GUEST is INVALID; a role above the caller’s own, or a user of a higher role, is FORBIDDEN. Requires ADMIN_USER_MANAGE.',
  })
  grantRole(
    @Arg('userId', () => ID) userId: string,
    @Arg('role', () => Role) role: Role,
    @Arg('expiresAt', () => DateTime, { nullable: true }) expiresAt: Date | null | undefined,
    @Ctx() context: Context,
  ) {
    return changeUser(context, userId, (uuid) =>
      context.services.administration.grantRole(actorOf(context), { userId: uuid, role, expiresAt }),
    );
  }

  @Mutation(() => UserPayloadType, {
    nullable: true,
    description:
      'Takes a role from a user, at once everywhere; the last SUPER_ADMIN stays. A role above the caller’s own, or a user of a higher role, is FORBIDDEN. Requires ADMIN_USER_MANAGE.',
  })
  revokeRole(@Arg('userId', () => ID) userId: string, @Arg('role', () => Role) role: Role, @Ctx() context: Context) {
    return changeUser(context, userId, (uuid) =>
      context.services.administration.revokeRole(actorOf(context), { userId: uuid, role }),
    );
  }

  @Mutation(() => UserPayloadType, {
    nullable: true,
    description:
      'An inactive user cannot sign in; their tokens and API keys stop working at once, and their sessions end. Requires ADMIN_USER_MANAGE.',
  })
  setUserActive(
    @Arg('userId', () => ID) userId: string,
    @Arg('isActive', () => Boolean) isActive: boolean,
    @Ctx() context: Context,
  ) {
    return changeUser(context, userId, (uuid) =>
      context.services.administration.setActive(actorOf(context), uuid, isActive),
    );
  }

  @Mutation(() => UserPayloadType, {
    nullable: true,
    description:
      'Puts a user on a plan from now on; quotas follow at once. The plan before stays in the history. Requires ADMIN_USER_MANAGE.',
  })
  setPlan(
    @Arg('userId', () => ID) userId: string,
    @Arg('plan', () => Plan) plan: Plan,
    @Arg('endsAt', () => DateTime, { nullable: true, description: 'When it expires by itself; never where left out.' })
    endsAt: Date | null | undefined,
    @Arg('autoRenew', () => Boolean, { defaultValue: true }) autoRenew: boolean,
    @Arg('processorReference', () => String, {
      nullable: true,
      description: 'Names the subscription at a payment processor. Stored encrypted; no field shows it.',
    })
    processorReference: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return changeUser(context, userId, (uuid) =>
      context.services.administration.setPlan(actorOf(context), {
        userId: uuid,
        plan,
        endsAt,
        autoRenew,
        processorReference,
      }),
    );
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Deletes an account and all that belongs to it; never the last SUPER_ADMIN. Requires USER_DELETE and ADMIN_USER_MANAGE.',
  })
  deleteUser(@Arg('userId', () => ID) userId: string, @Ctx() context: Context) {
    return okPayload(() =>
      context.services.administration.deleteUser(actorOf(context), idOf('user', userId, ['userId'])),
    );
  }
}

/** The payload of a change of a user: the user after it. */
function changeUser({ loaders }: Context, userId: string, change: (uuid: string) => Promise<void>) {
  return payload({ user: null }, async () => {
    const uuid = idOf('user', userId, ['userId']);
    await change(uuid);
    return { user: await loaders.users.load(uuid) };
  });
}
