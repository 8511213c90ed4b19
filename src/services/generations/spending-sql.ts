import { sql } from 'kysely';
import { type Em, sqlOf } from '../../db/orm.ts';
import { type Money, moneyOf } from '../../money.ts';

/** What the video's calls have cost, and may cost while they run; locks the video's row where it has a limit. */
export async function readSpending(
  em: Em,
  videoId: string,
): Promise<{ readonly limit: Money | null; readonly committed: Money }> {
  const { rows } = await sql<{ limit: string | null }>`
    select max_cost as "limit" from videos where id = ${videoId} for update`.execute(sqlOf(em));
  const sums = await sql<{ committed: string }>`
    select coalesce(sum(attempt.cost + attempt.reserved), 0)::numeric(14,4) as committed
    from generation_attempts attempt join ai_generations on ai_generations.id = generation_id
    where video_id = ${videoId}`.execute(sqlOf(em));
  const limit = rows[0]?.limit ?? null;
  return { limit: limit === null ? null : moneyOf(limit), committed: moneyOf(sums.rows[0]?.committed ?? '0') };
}

/** Which contents of the video with these hashes are stored, or made by a task that was started: the sums above have their cost. */
export async function readPaidContents(
  em: Em,
  videoId: string,
  inputHashes: readonly string[],
): Promise<readonly { readonly sceneId: string | null; readonly inputHash: string }[]> {
  const { rows } = await sql<{ sceneId: string | null; inputHash: string }>`
    select scene_id as "sceneId", input_hash as "inputHash" from ai_generations generation
    where video_id = ${videoId} and input_hash = any(${[...inputHashes]}::text[]) and (result is not null or exists (
      select from generation_attempts
      where generation_id = generation.id and state in ('SENT', 'UNCERTAIN') and started_id is not null
    ))`.execute(sqlOf(em));
  return rows;
}
