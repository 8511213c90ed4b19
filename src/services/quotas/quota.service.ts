import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { UserFaultError } from '../user-fault.ts';
import { type QuotaRow, type Refusal, readQuotas, reserveVideo, settleVideo, UNITS } from './quota-sql.ts';

export interface QuotaFacts {
  readonly type: GenerationType;
  readonly period: QuotaPeriod;
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly remaining: number;
  /** Used and reserved of the limit, 0 to 100. */
  readonly percentage: number;
  readonly status: 'HEALTHY' | 'WARNING' | 'CRITICAL' | 'EXCEEDED';
  readonly resetAt: Date;
}

/** The videos that users may make: reserved when a job is accepted, then used or released. Concurrent requests cannot exceed the limit. */
export class QuotaService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async quotasOf(userId: string): Promise<QuotaFacts[]> {
    const [quotas] = await this.quotasOfEach([userId]);
    return quotas ?? [];
  }

  /** For each user, in the order of the ids; one statement for all of them. */
  async quotasOfEach(userIds: readonly string[]): Promise<QuotaFacts[][]> {
    const rows = await readQuotas(this.#db.sql(), userIds);
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return userIds.map((id) => (byUser.get(id) ?? []).map(factsOf));
  }

  /** In the caller's transaction. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back. */
  async reserveVideo(em: Em, userId: string): Promise<void> {
    const refused = await reserveVideo(em, userId);
    if (refused) throw exceeded(refused);
  }

  /** A reservation becomes use, or is released. Periods are locked in the order in which they are reserved. */
  async settleVideo(em: Em, userId: string, outcome: 'used' | 'released'): Promise<void> {
    await settleVideo(em, userId, outcome === 'used' ? 1 : 0);
  }
}

/** The error for a refused user. */
function exceeded({ period, most, resets_at: resetAt }: Refusal): UserFaultError {
  return new UserFaultError({
    code: 'QUOTA_EXCEEDED',
    message: `Your plan allows ${most} videos a ${UNITS[period]}; try again after ${resetAt.toISOString()}.`,
    retryAfterSeconds: Math.max(1, Math.ceil((resetAt.getTime() - Date.now()) / 1_000)),
  });
}

function factsOf({ period, most: limit, used, reserved, resets_at: resetAt }: QuotaRow): QuotaFacts {
  const taken = used + reserved;
  const percentage = Math.min(100, (100 * taken) / limit);
  const status =
    percentage >= 100 ? 'EXCEEDED' : percentage >= 90 ? 'CRITICAL' : percentage >= 80 ? 'WARNING' : 'HEALTHY';
  return {
    type: 'VIDEO',
    period,
    limit,
    used,
    reserved,
    remaining: Math.max(0, limit - taken),
    percentage,
    status,
    resetAt,
  };
}
