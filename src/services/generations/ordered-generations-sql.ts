import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { ContentOrder } from '../../entities/ai-generation.ts';
import type { GenerationStatus } from '../../entities/enums.ts';
import { closeAttempts, type DirectRequest } from './generation-store.ts';

/*
 * The part of generation-store.ts for contents that users have ordered without a video. Callers have locked the job, where there is
 * one, before.
 */

export interface OrderedGeneration {
  readonly id: string;
  /** Null once the user is removed. */
  readonly userId: string | null;
  readonly status: GenerationStatus;
  readonly provider: string;
  readonly result: object | null;
  /** Null once its content is forgotten. */
  readonly order: ContentOrder | null;
}

/** A new one, of which nothing is made yet. */
export async function insertOrder(
  em: Em,
  { id, userId, order }: { readonly id: string; readonly userId: string; readonly order: ContentOrder },
  { prompt, parameters }: Pick<DirectRequest, 'prompt' | 'parameters'>,
): Promise<void> {
  await sql`
    insert into ai_generations (id, user_id, type, provider, prompt, parameters, status, content_order)
    values (${id}::uuid, ${userId}::uuid, ${order.type}, '', ${prompt}, ${JSON.stringify(parameters)}::jsonb, 'PENDING',
      ${JSON.stringify(order)}::jsonb)`.execute(sqlOf(em));
}

/** Whether it was inserted, by a transaction that is committed. */
export async function isOrdered(em: Em, id: string): Promise<boolean> {
  return (
    (await sqlOf(em).selectFrom('ai_generations').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}

export async function readOrdered(db: Sql, id: string): Promise<OrderedGeneration> {
  const { rows } = await sql<OrderedGeneration>`
    select id, user_id as "userId", status, provider, result, content_order as "order" from ai_generations
    where id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) throw new TypeError('A job of a generation has its row.');
  return row;
}

/** Why the last attempt of its job failed; another one follows. */
export async function noteFailure(em: Em, id: string, { code, message }: Failure): Promise<void> {
  await sql`update ai_generations set error_code = ${code}, error_message = ${message} where id = ${id}`.execute(
    sqlOf(em),
  );
}

/** Its job is done: the answer is stored. */
export async function completeOrder(em: Em, id: string): Promise<void> {
  await sql`update ai_generations set status = 'COMPLETED' where id = ${id}`.execute(sqlOf(em));
}

/** Its job has failed. UNCERTAIN where the last answer was lost, which may have cost what was reserved for it. */
export async function endOrder(em: Em, id: string, { code, message }: Failure): Promise<void> {
  await closeAttempts(em, { generationId: id });
  await sql`
    update ai_generations set error_code = ${code}, error_message = ${message},
      cost = (select coalesce(sum(cost), 0) from generation_attempts where generation_id = ${id}::uuid),
      status = case (
        select state from generation_attempts where generation_id = ${id}::uuid order by sent_at desc, id desc limit 1
      ) when 'UNCERTAIN' then 'UNCERTAIN' else 'FAILED' end
    where id = ${id}`.execute(sqlOf(em));
}

/** It is made again: an operator has decided so, also where an answer was lost. */
export async function reopenOrder(em: Em, id: string): Promise<void> {
  await sql`update ai_generations set status = 'PENDING', run = run + 1 where id = ${id}`.execute(sqlOf(em));
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Contents that ended, or were to end, so many days ago, and are still stored; at most `limit`. */
export async function readOldOrders(db: Sql, days: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ai_generations
    where content_order is not null and status <> 'PENDING' and created_at < now() - make_interval(days => ${days})
    order by created_at limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** As JSON objects. */
export async function readRowsOf(db: Sql, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(ai_generations)::text as row from ai_generations where id = any(${[...ids]}::uuid[])`.execute(db);
  return rows.map(({ row }) => row);
}

/** Prompt and content; what it cost stays on record. */
export async function forgetOrder(db: Sql, id: string): Promise<void> {
  await sql`
    update ai_generations set prompt = '', parameters = '{}', result = null, error_message = null, content_order = null
    where id = ${id}`.execute(db);
}
