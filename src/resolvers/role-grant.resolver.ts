import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { User } from '../entities/user.ts';
import type { UserRole } from '../entities/user-role.ts';
import { RoleGrantType } from '../schema/role-grant.type.ts';
import type { Context } from './context.ts';

@Resolver(() => RoleGrantType)
export class RoleGrantResolver {
  @FieldResolver()
  async grantedBy(@Root() { grantedBy }: UserRole, @Ctx() { loaders }: Context): Promise<User | null> {
    return grantedBy ? await loaders.users.load(grantedBy) : null;
  }
}
