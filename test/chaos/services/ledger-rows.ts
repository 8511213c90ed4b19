import { sql } from 'kysely';
import type { Database } from '../../../src/db/database.ts';
import { moneyOf } from '../../../src/money.ts';
import { contentIn } from './contents.ts';

/** A paid attempt of the ledger. */
export interface LedgerAttempt {
  readonly id: string;
  readonly videoId: string;
  readonly generationId: string;
  /** Where the content that it makes belongs. */
  readonly stage: string;
  readonly video: string;
  readonly scene: string;
  readonly provider: string;
  readonly run: number;
  readonly state: string;
  readonly errorCode: string | null;
  /** Ten-thousandths of a dollar. */
  readonly cost: number;
  /** Milliseconds since the epoch; the end is infinite where there is none. */
  readonly sentAt: number;
  readonly endedAt: number;
}

/** In the order in which they were sent. */
export async function readAttempts(db: Database): Promise<LedgerAttempt[]> {
  const { rows } = await sql<
    Omit<LedgerAttempt, 'video' | 'scene' | 'cost' | 'endedAt'> & {
      prompt: string;
      cost: string;
      endedAt: number | null;
    }
  >`
    select attempt.id, video_id as "videoId", generation_id as "generationId", stage, prompt, attempt.provider, attempt.run,
      attempt.state, attempt.error_code as "errorCode", (attempt.cost + attempt.reserved)::numeric(14,4)::text as cost,
      extract(epoch from sent_at)::float8 * 1000 as "sentAt", extract(epoch from ended_at)::float8 * 1000 as "endedAt"
    from generation_attempts attempt join ai_generations generation on generation.id = generation_id
    where paid order by sent_at, attempt.id`.execute(db.sql());
  return rows.map(({ prompt, cost, endedAt, ...row }) => {
    const { video = '', scene = '' } = contentIn(prompt) ?? {};
    const isOfVideo = row.stage === 'SCRIPT' || row.stage === 'ANALYSIS';
    return {
      ...row,
      video,
      scene: isOfVideo ? '' : scene,
      cost: moneyOf(cost),
      endedAt: endedAt ?? Number.POSITIVE_INFINITY,
    };
  });
}

export interface VideoLimit {
  readonly id: string;
  readonly ownerId: string;
  /** Ten-thousandths of a dollar; null where it has none. */
  readonly limit: number | null;
}

export async function readLimits(db: Database): Promise<VideoLimit[]> {
  const rows = await db.sql().selectFrom('videos').select(['id', 'owner_id', 'max_cost']).execute();
  return rows.map(({ id, owner_id, max_cost }) => ({
    id,
    ownerId: owner_id,
    limit: max_cost === null ? null : moneyOf(max_cost),
  }));
}
