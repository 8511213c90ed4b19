import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { permissionsOf } from '../auth/permissions-of-roles.ts';
import type { Permission } from '../auth/viewer.ts';
import { encodeId } from '../ids.ts';
import { UserType } from '../schema/user.type.ts';
import { VideoPageArgs } from '../schema/videos.args.ts';
import type { QuotaFacts } from '../services/quota.service.ts';
import type { RoleView, SubscriptionView, UserView } from '../services/user-rows.ts';
import type { Context } from './context.ts';
import { ownerConnection, type VideoConnection } from './video-connection.resolver.ts';

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
    return maySeePrivate(user, context) ? context.services.users.privateFacts(user).email : null;
  }

  @FieldResolver()
  phone(@Root() user: UserView, @Ctx() context: Context): string | null {
    return maySeePrivate(user, context) ? context.services.users.privateFacts(user).phone : null;
  }

  @FieldResolver()
  emailVerified(@Root() user: UserView, @Ctx() context: Context): boolean | null {
    return maySeePrivate(user, context) ? (user.emailVerified ?? null) : null;
  }

  @FieldResolver()
  isActive(@Root() user: UserView, @Ctx() context: Context): boolean | null {
    return maySeePrivate(user, context) ? (user.isActive ?? null) : null;
  }

  @FieldResolver()
  updatedAt(@Root() user: UserView, @Ctx() context: Context): Date | null {
    return maySeePrivate(user, context) ? (user.updatedAt ?? null) : null;
  }

  @FieldResolver()
  lastLoginAt(@Root() user: UserView, @Ctx() context: Context): Date | null {
    return maySeePrivate(user, context) ? (user.lastLoginAt ?? null) : null;
  }

  @FieldResolver()
  async roles(@Root() user: UserView, @Ctx() context: Context): Promise<RoleView[] | null> {
    return maySeePrivate(user, context) ? await context.loaders.roles.load(user.id) : null;
  }

  @FieldResolver()
  async permissions(@Root() user: UserView, @Ctx() context: Context): Promise<Permission[] | null> {
    if (!maySeePrivate(user, context)) return null;
    const grants = await context.loaders.roles.load(user.id);
    return [...permissionsOf(grants.map((grant) => grant.role))];
  }

  @FieldResolver()
  async subscription(@Root() user: UserView, @Ctx() context: Context): Promise<SubscriptionView | null> {
    return maySeePrivate(user, context) ? await context.loaders.subscriptions.load(user.id) : null;
  }

  @FieldResolver()
  async videos(
    @Root() user: UserView,
    @Args(() => VideoPageArgs) args: VideoPageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoConnection | null> {
    const { viewer } = context;
    // The root field for the same list asks for VIDEO_READ, and this must be no way around it.
    if (!viewer?.permissions.has('VIDEO_READ') || !maySeePrivate(user, context)) return null;
    return await ownerConnection(context, args, user.id, context.lookAhead.ofList(info));
  }

  @FieldResolver()
  async quotas(@Root() user: UserView, @Ctx() context: Context): Promise<QuotaFacts[] | null> {
    return maySeePrivate(user, context) ? await context.loaders.quotas.load(user.id) : null;
  }
}

function maySeePrivate(user: UserView, { viewer }: Context): boolean {
  return viewer !== null && (viewer.userId === user.id || viewer.permissions.has('ADMIN_USER_MANAGE'));
}
