import { Field, ID, ObjectType } from 'type-graphql';
import { Permission } from '../../auth/viewer.ts';
import { Plan, Role, SubscriptionStatus } from '../../entities/enums.ts';
import { NodeType } from '../node.type.ts';
import { QuotaType } from '../quotas/quota.type.ts';
import { DateTime, EmailAddress, URL } from '../scalars.ts';

@ObjectType('PlanSubscription', { description: 'The plan a user is on.', simpleResolvers: true })
export class PlanSubscriptionType {
  @Field(() => Plan, { description: 'Which plan.' })
  declare readonly plan: Plan;

  @Field(() => SubscriptionStatus, { description: 'Whether it is in force.' })
  declare readonly status: SubscriptionStatus;

  @Field(() => DateTime, { description: 'Its first moment.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'Its end; null while none is set.' })
  declare readonly endsAt: Date | null;

  @Field(() => Boolean, { description: 'Goes on by itself when it ends.' })
  declare readonly autoRenew: boolean;
}

/** Ends the description of a field that others than the user and administrators read as null. */
export const PRIVATE = 'Null unless the caller is this user or holds ADMIN_USER_MANAGE.';

@ObjectType('User', { description: 'A person with an account.', implements: NodeType, simpleResolvers: true })
export class UserType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Unique; letter case does not matter.' })
  declare readonly username: string;

  @Field(() => String, { nullable: true, description: 'Name to show.' })
  declare readonly fullName: string | null;

  @Field(() => String, { nullable: true, description: 'A short text about the user.' })
  declare readonly bio: string | null;

  @Field(() => URL, { nullable: true, description: 'Their picture.' })
  declare readonly avatarUrl: string | null;

  @Field(() => URL, { nullable: true, description: 'The user’s web page.' })
  declare readonly website: string | null;

  @Field(() => String, { nullable: true, description: 'The user’s place, as free text.' })
  declare readonly location: string | null;

  @Field(() => DateTime, { description: 'When the account was created.' })
  declare readonly createdAt: Date;

  @Field(() => EmailAddress, { nullable: true, description: `E-mail address. ${PRIVATE}` })
  declare readonly email: string | null;

  @Field(() => String, { nullable: true, description: `Phone number. ${PRIVATE}` })
  declare readonly phone: string | null;

  @Field(() => Boolean, { nullable: true, description: `Whether the address was confirmed. ${PRIVATE}` })
  declare readonly emailVerified: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `An inactive user cannot sign in. ${PRIVATE}` })
  declare readonly isActive: boolean | null;

  @Field(() => [RoleGrantType], { nullable: true, description: `Roles in force. ${PRIVATE}` })
  declare readonly roles: readonly RoleGrantType[] | null;

  @Field(() => [Permission], { nullable: true, description: `What the roles in force allow. ${PRIVATE}` })
  declare readonly permissions: readonly Permission[] | null;

  @Field(() => PlanSubscriptionType, { nullable: true, description: `The plan. ${PRIVATE}` })
  declare readonly subscription: PlanSubscriptionType | null;

  @Field(() => DateTime, { nullable: true, description: `Last change of the account. ${PRIVATE}` })
  declare readonly updatedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: `Last time they signed in. ${PRIVATE}` })
  declare readonly lastLoginAt: Date | null;

  @Field(() => [QuotaType], { nullable: true, description: `What the user may generate. ${PRIVATE}` })
  declare readonly quotas: readonly QuotaType[] | null;
}

@ObjectType('RoleGrant', { description: 'A role that somebody has, since when and from whom.', simpleResolvers: true })
export class RoleGrantType {
  @Field(() => Role, { description: 'The role.' })
  declare readonly role: Role;

  @Field(() => DateTime, { description: 'When it was given.' })
  declare readonly grantedAt: Date;

  @Field(() => UserType, { nullable: true, description: 'Who gave it; null when the system did, or they are gone.' })
  declare readonly grantedBy: UserType | null;

  @Field(() => DateTime, { nullable: true, description: 'When it stops counting; null for never.' })
  declare readonly expiresAt: Date | null;
}
