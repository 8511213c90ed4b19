import { sql } from 'kysely';
import { compileStatement, runCompiled } from '../db/compiled-statement.ts';
import type { Em } from '../db/orm.ts';

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
export async function rememberKey(em: Em, key: RememberedKey): Promise<boolean> {
  return (await runCompiled(em, REMEMBER_KEY, { ...key })).length === 1;
}
