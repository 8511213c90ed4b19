import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { decodeId } from '../../ids.ts';
import { UserType } from '../../schema/accounts/user.type.ts';
import { UserConnectionType, UsersArgs } from '../../schema/accounts/users.type.ts';
import { userCursorOf } from '../../services/accounts/user-directory.ts';
import type { UserView } from '../../services/accounts/user-sql.ts';
import type { Context } from '../context.ts';
import { connectionOf, type ListConnection } from '../list-connection.ts';
import { pageSizeOf } from '../page.ts';

@Resolver(() => UserConnectionType)
export class UsersResolver {
  @Query(() => UserType, {
    nullable: true,
    description:
      'A user by their id. Requires USER_READ; private fields are null unless the caller is this user or holds ADMIN_USER_MANAGE.',
  })
  async user(@Arg('id', () => ID) id: string, @Ctx() { loaders }: Context): Promise<UserView | null> {
    const uuid = decodeId('user', id);
    return uuid === null ? null : await loaders.users.load(uuid);
  }

  @Query(() => UserConnectionType, {
    nullable: true,
    description: 'All users, newest first; 1 to 100 a page, 20 by default. Requires ADMIN_USER_MANAGE.',
  })
  async users(
    @Args(() => UsersArgs) { first, after, search, role }: UsersArgs,
    @Ctx() { services }: Context,
  ): Promise<ListConnection<UserView>> {
    const filter = { search, role };
    const page = await services.userDirectory.page({ first: pageSizeOf(first), after, ...filter });
    return connectionOf(page, userCursorOf, () => services.userDirectory.count(filter));
  }

  @FieldResolver()
  async totalCount(@Root() connection: ListConnection<UserView>): Promise<number> {
    return await connection.count();
  }
}
