import { sql } from 'kysely';
import { compileStatement, runCompiled } from '../db/compiled-statement.ts';
import type { Transaction } from '../db/database.ts';

/** The key of a request, and what it creates or changes. */
export interface RememberedKey {
  readonly userId: string;
  readonly operation: string;
  readonly key: string;
  /** Of the request's input. */
  readonly hash: string;
  readonly subjectId: string;
}

const REMEMBER_KEY = compileStatement(
  'remember_key',
  (parameter) => sql`
    insert into idempotency_keys (user_id, operation, key, input_hash, subject_id)
    values (${parameter('userId')}, ${parameter('operation')}, ${parameter('key')}, ${parameter('hash')}, ${parameter('subjectId')})
    on conflict (user_id, operation, key) do nothing returning user_id`,
);

/** False for a key that was used before; waits for the commit of a request that is still under way. */
export async function rememberKey(transaction: Transaction, key: RememberedKey): Promise<boolean> {
  return (await runCompiled(transaction, REMEMBER_KEY, { ...key })).length === 1;
}

const READ_KEY = compileStatement(
  'read_key',
  (parameter) => sql`
    select input_hash as hash, subject_id as "subjectId" from idempotency_keys
    where user_id = ${parameter('userId')} and operation = ${parameter('operation')} and key = ${parameter('key')}`,
);

/** What was remembered with the key; undefined where nothing was. */
export async function readKey(
  transaction: Transaction,
  { userId, operation, key }: Pick<RememberedKey, 'userId' | 'operation' | 'key'>,
): Promise<{ readonly hash: string; readonly subjectId: string | null } | undefined> {
  const [row] = await runCompiled<{ hash: string; subjectId: string | null }>(transaction, READ_KEY, {
    userId,
    operation,
    key,
  });
  return row;
}
