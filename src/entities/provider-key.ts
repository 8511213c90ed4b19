import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A user's own key for an outside service. */
export const ProviderKey = defineEntity({
  name: 'ProviderKey',
  tableName: 'provider_keys',
  primaryKeys: ['userId', 'provider'],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    provider: p.string().length(60).primary(),
    keyEncrypted: p.text(),
    /** What its owner recognizes it by. */
    lastFour: p.string().length(4),
    setAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type ProviderKey = InferEntity<typeof ProviderKey>;
