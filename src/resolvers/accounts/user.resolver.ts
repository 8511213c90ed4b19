import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { permissionsOf } from '../../auth/role-permissions.ts';
import type { Permission } from '../../auth/viewer.ts';
import { encodeId } from '../../ids.ts';
import { PRIVATE, RoleGrantType, UserType } from '../../schema/accounts/user.type.ts';
import { VideoConnectionType } from '../../schema/videos/video-connection.type.ts';
import { VideoPageArgs } from '../../schema/videos/videos.args.ts';
import type { RoleView, SubscriptionView, UserView } from '../../services/accounts/user-sql.ts';
import type { QuotaFacts } from '../../services/quotas/quota.service.ts';
import { type Context, privateContext } from '../context.ts';
import { ownerConnection, type VideoConnection } from '../videos/video-connection.resolver.ts';

@Resolver(() => RoleGrantType)
export class RoleGrantResolver {
  @FieldResolver()
  async grantedBy(@Root() { grantedBy }: RoleView, @Ctx() { loaders }: Context): Promise<UserView | null> {
    return grantedBy ? await loaders.users.load(grantedBy) : null;
  }
}

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'The caller; null for a guest. Anyone.' })
  async viewer(@Ctx() { viewer, loaders }: Context): Promise<UserView | null> {
    return viewer && (await loaders.users.load(viewer.userId));
  }

  @FieldResolver()
  id(@Root() user: UserView): string {
    return encodeId('user', user.id);
  }

  @FieldResolver()
  email(@Root() user: UserView, @Ctx() context: Context): string | null {
    return privateContext(user.id, context) ? context.services.users.privateFacts(user).email : null;
  }

  @FieldResolver()
  phone(@Root() user: UserView, @Ctx() context: Context): string | null {
    return privateContext(user.id, context) ? context.services.users.privateFacts(user).phone : null;
  }

  @FieldResolver()
  emailVerified(@Root() user: UserView, @Ctx() context: Context): boolean | null {
    return privateContext(user.id, context) ? (user.emailVerified ?? null) : null;
  }

  @FieldResolver()
  isActive(@Root() user: UserView, @Ctx() context: Context): boolean | null {
    return privateContext(user.id, context) ? (user.isActive ?? null) : null;
  }

  @FieldResolver()
  updatedAt(@Root() user: UserView, @Ctx() context: Context): Date | null {
    return privateContext(user.id, context) ? (user.updatedAt ?? null) : null;
  }

  @FieldResolver()
  lastLoginAt(@Root() user: UserView, @Ctx() context: Context): Date | null {
    return privateContext(user.id, context) ? (user.lastLoginAt ?? null) : null;
  }

  @FieldResolver()
  async roles(@Root() user: UserView, @Ctx() context: Context): Promise<RoleView[] | null> {
    return (await privateContext(user.id, context)?.loaders.roles.load(user.id)) ?? null;
  }

  @FieldResolver()
  async permissions(@Root() user: UserView, @Ctx() context: Context): Promise<Permission[] | null> {
    const own = privateContext(user.id, context);
    if (!own) return null;
    const grants = await own.loaders.roles.load(user.id);
    return [...permissionsOf(grants.map((grant) => grant.role))];
  }

  @FieldResolver()
  async subscription(@Root() user: UserView, @Ctx() context: Context): Promise<SubscriptionView | null> {
    return (await privateContext(user.id, context)?.loaders.subscriptions.load(user.id)) ?? null;
  }

  // Declared here: in the type's file, the types of users and of videos would import each other.
  @FieldResolver(() => VideoConnectionType, {
    nullable: true,
    description: `Their videos, newest first; 1 to 100 a page, 20 by default. ${PRIVATE}`,
  })
  async videos(
    @Root() user: UserView,
    @Args(() => VideoPageArgs) args: VideoPageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoConnection | null> {
    const own = privateContext(user.id, context);
    // The root field for the same list requires VIDEO_READ, which this field must not bypass.
    if (!own?.viewer?.permissions.has('VIDEO_READ')) return null;
    return await ownerConnection(own, args, user.id, context.lookAhead.ofList(info));
  }

  @FieldResolver()
  async quotas(@Root() user: UserView, @Ctx() context: Context): Promise<QuotaFacts[] | null> {
    return (await privateContext(user.id, context)?.loaders.quotas.load(user.id)) ?? null;
  }
}
