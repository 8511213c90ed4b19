import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Role, valuesOf } from './enums.ts';
import { User } from './user.ts';

/** A role that was granted to a user, perhaps for a limited time. */
export const UserRole = defineEntity({
  name: 'UserRole',
  tableName: 'user_roles',
  primaryKeys: ['userId', 'role'],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    role: p
      .string()
      .length(20)
      .$type<Role>()
      .check(
        `role in (${valuesOf(Role)
          .map((role) => `'${role}'`)
          .join(', ')})`,
      )
      .primary(),
    grantedAt: p.datetime(3).defaultRaw('now()'),
    grantedBy: () => p.manyToOne(User).mapToPk().fieldName('granted_by').deleteRule('set null').nullable(),
    expiresAt: p.datetime(3).nullable(),
  },
});
export type UserRole = InferEntity<typeof UserRole>;
