import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** The key that a client gave to a request, so that a repetition of it has no second effect. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    operation: p.string().length(40).primary(),
    key: p.string().length(255).primary(),
    /** SHA-256, hex, of the input that came with it. */
    inputHash: p.string().length(64),
    /** What the request created or changed. */
    subjectId: p.uuid().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type IdempotencyKey = InferEntity<typeof IdempotencyKey>;
