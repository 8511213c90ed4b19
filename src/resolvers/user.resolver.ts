import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { permissionsOf } from '../auth/permissions-of-roles.ts';
import type { Permission } from '../auth/viewer.ts';
import type { User } from '../entities/user.ts';
import type { UserRole } from '../entities/user-role.ts';
import type { UserSubscription } from '../entities/user-subscription.ts';
import { encodeId } from '../ids.ts';
import { UserType } from '../schema/user.type.ts';
import { VideoPageArgs } from '../schema/videos.args.ts';
import type { QuotaFacts } from '../services/quota.service.ts';
import type { Context } from './context.ts';
import { type VideoConnection, videoConnection } from './video-connection.resolver.ts';

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'The caller; null for a guest. Anyone.' })
  async viewer(@Ctx() { viewer, loaders }: Context): Promise<User | null> {
    return viewer && (await loaders.users.load(viewer.userId));
  }

  @FieldResolver()
  id(@Root() user: User): string {
    return encodeId('user', user.id);
  }

  @FieldResolver()
  email(@Root() user: User, @Ctx() context: Context): string | null {
    return maySeePrivate(user, context) ? context.services.users.privateFacts(user).email : null;
  }

  @FieldResolver()
  phone(@Root() user: User, @Ctx() context: Context): string | null {
    return maySeePrivate(user, context) ? context.services.users.privateFacts(user).phone : null;
  }

  @FieldResolver()
  emailVerified(@Root() user: User, @Ctx() context: Context): boolean | null {
    return maySeePrivate(user, context) ? user.emailVerified : null;
  }

  @FieldResolver()
  isActive(@Root() user: User, @Ctx() context: Context): boolean | null {
    return maySeePrivate(user, context) ? user.isActive : null;
  }

  @FieldResolver()
  updatedAt(@Root() user: User, @Ctx() context: Context): Date | null {
    return maySeePrivate(user, context) ? user.updatedAt : null;
  }

  @FieldResolver()
  lastLoginAt(@Root() user: User, @Ctx() context: Context): Date | null {
    return maySeePrivate(user, context) ? (user.lastLoginAt ?? null) : null;
  }

  @FieldResolver()
  async roles(@Root() user: User, @Ctx() context: Context): Promise<UserRole[] | null> {
    return maySeePrivate(user, context) ? await context.loaders.roles.load(user.id) : null;
  }

  @FieldResolver()
  async permissions(@Root() user: User, @Ctx() context: Context): Promise<Permission[] | null> {
    if (!maySeePrivate(user, context)) return null;
    const grants = await context.loaders.roles.load(user.id);
    return [...permissionsOf(grants.map((grant) => grant.role))];
  }

  @FieldResolver()
  async subscription(@Root() user: User, @Ctx() context: Context): Promise<UserSubscription | null> {
    return maySeePrivate(user, context) ? await context.loaders.subscriptions.load(user.id) : null;
  }

  @FieldResolver()
  async videos(
    @Root() user: User,
    @Args(() => VideoPageArgs) args: VideoPageArgs,
    @Ctx() context: Context,
  ): Promise<VideoConnection | null> {
    const { viewer } = context;
    // The root field for the same list asks for VIDEO_READ, and this must be no way around it.
    if (!viewer?.permissions.has('VIDEO_READ') || !maySeePrivate(user, context)) return null;
    return await videoConnection(context, args, { ownerId: user.id });
  }

  @FieldResolver()
  async quotas(@Root() user: User, @Ctx() context: Context): Promise<QuotaFacts[] | null> {
    return maySeePrivate(user, context) ? await context.services.quotas.quotasOf(user.id) : null;
  }
}

function maySeePrivate(user: User, { viewer }: Context): boolean {
  return viewer !== null && (viewer.userId === user.id || viewer.permissions.has('ADMIN_USER_MANAGE'));
}
