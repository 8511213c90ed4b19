import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A signed-in device: one family of refresh tokens, of which only the newest is valid. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    /** `jti` of the valid refresh token. */
    refreshJti: p.uuid(),
    /** `jti` of the previous one: within 10 s it is answered again, later its use revokes the family. */
    previousJti: p.uuid().nullable(),
    rotatedAt: p.datetime(3).nullable(),
    userAgent: p.string().length(400).nullable(),
    ipAddress: p.string().length(45).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    lastUsedAt: p.datetime(3).defaultRaw('now()'),
    expiresAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
    /** LOGOUT, REUSE and others: for audits. */
    revokeReason: p.string().length(20).nullable(),
  },
});
export type Session = InferEntity<typeof Session>;
