import { Field, ObjectType } from 'type-graphql';
import { Role } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';
import { UserType } from './user.type.ts';

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
