import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A key with which programs act for a user. */
export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    name: p.string().length(100),
    /** The beginning of the key, by which it is found; "av_" included. */
    prefix: p.string().length(20).unique(),
    /** SHA-256 of the whole key, hex. */
    secretHash: p.string().length(64),
    /** The permissions that it was given; it has those of them that its owner still has. */
    permissions: p.array(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    lastUsedAt: p.datetime(3).nullable(),
    expiresAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});
export type ApiKey = InferEntity<typeof ApiKey>;
