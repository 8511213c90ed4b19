import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { decodeId, encodeId } from '../../ids.ts';
import { AuditEntryConnectionType, AuditEntryType, AuditLogArgs } from '../../schema/audit/audit-entry.type.ts';
import type { UserView } from '../../services/accounts/user-sql.ts';
import { type AuditPage, auditCursorOf } from '../../services/audit/audit-log.service.ts';
import type { AuditView } from '../../services/audit/audit-sql.ts';
import type { Context } from '../context.ts';
import { connectionOf, type ListConnection } from '../list-connection.ts';
import { pageSizeOf } from '../page.ts';

const NO_PAGE: AuditPage = { rows: [], hasNextPage: false, hasPreviousPage: false };

@Resolver(() => AuditEntryType)
export class AuditEntryResolver {
  @FieldResolver()
  id(@Root() entry: AuditView): string {
    return encodeId('audit', entry.id);
  }

  @FieldResolver()
  async actor(@Root() { actorId }: AuditView, @Ctx() { loaders }: Context): Promise<UserView | null> {
    return actorId ? await loaders.users.load(actorId) : null;
  }
}

@Resolver(() => AuditEntryConnectionType)
export class AuditLogResolver {
  @Query(() => AuditEntryConnectionType, {
    nullable: true,
    description: 'What was done, newest first; 1 to 100 a page, 20 by default. Requires ADMIN_USER_MANAGE.',
  })
  async auditLog(
    @Args(() => AuditLogArgs) { first, after, actorId, action }: AuditLogArgs,
    @Ctx() { services }: Context,
  ): Promise<ListConnection<AuditView>> {
    const filter = { actorId: actorId == null ? null : decodeId('user', actorId), action };
    const size = pageSizeOf(first);
    // An id that is none belongs to no actor.
    if (actorId != null && filter.actorId === null) return connectionOf(NO_PAGE, auditCursorOf, async () => 0);
    const page = await services.auditLog.page({ first: size, after, ...filter });
    return connectionOf(page, auditCursorOf, () => services.auditLog.count(filter));
  }

  @FieldResolver()
  async totalCount(@Root() connection: ListConnection<AuditView>): Promise<number> {
    return await connection.count();
  }
}
