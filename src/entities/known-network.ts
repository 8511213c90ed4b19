import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A network from which a user has signed in, or refreshed a session. */
export const KnownNetwork = defineEntity({
  name: 'KnownNetwork',
  tableName: 'known_networks',
  primaryKeys: ['userId', 'network'],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    network: p.string().length(60).primary(),
    lastUsedAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type KnownNetwork = InferEntity<typeof KnownNetwork>;
