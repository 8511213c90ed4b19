import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { RoleGrantType } from '../../schema/accounts/role-grant.type.ts';
import type { RoleView, UserView } from '../../services/accounts/user-rows.ts';
import type { Context } from '../context.ts';

@Resolver(() => RoleGrantType)
export class RoleGrantResolver {
  @FieldResolver()
  async grantedBy(@Root() { grantedBy }: RoleView, @Ctx() { loaders }: Context): Promise<UserView | null> {
    return grantedBy ? await loaders.users.load(grantedBy) : null;
  }
}
