import type { Database, Transaction } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { DEFAULT_QUOTA_LIMITS, type QuotaLimit } from '../../quota-settings.ts';
import { activeRolesOf } from '../accounts/account-store.ts';
import { requireRankOver } from '../accounts/administration/ranks.ts';
import { type Act, type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { type QuotaStatus, quotaStatus, usedPercentage } from './quota-status.ts';
import { type QuotaKey, type QuotaRow, QuotaStore, type Refusal, UNITS } from './quota-store.ts';

export interface QuotaFacts {
  readonly type: GenerationType;
  readonly period: QuotaPeriod;
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly remaining: number;
  /** Used and reserved of the limit, 0 to 100. */
  readonly percentage: number;
  readonly status: QuotaStatus;
  readonly resetAt: Date;
}

/** What users may make: reserved when work is accepted, then used or released. Concurrent requests cannot exceed the limit. */
export class QuotaService {
  readonly #db: Database;
  readonly #store: QuotaStore;
  readonly #onChange: (userId: string) => void;

  /** `onChange` is called after each commit that has changed quotas of a user. */
  constructor(
    db: Database,
    limits: readonly QuotaLimit[] = DEFAULT_QUOTA_LIMITS,
    onChange: (userId: string) => void = () => undefined,
  ) {
    this.#db = db;
    this.#onChange = onChange;
    this.#store = new QuotaStore(limits);
  }

  async quotasOf(userId: string): Promise<QuotaFacts[]> {
    const [quotas] = await this.quotasOfEach([userId]);
    return quotas ?? [];
  }

  /** For each user, in the order of the ids; one statement for all of them. */
  async quotasOfEach(userIds: readonly string[]): Promise<QuotaFacts[][]> {
    const rows = await this.#store.read(this.#db.sql(), userIds);
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return userIds.map((id) => (byUser.get(id) ?? []).map(factsOf));
  }

  /** Whether the user's quotas of the type have room for one more. */
  async hasRoom(userId: string, type: GenerationType): Promise<boolean> {
    const quotas = await this.quotasOf(userId);
    return quotas.every((quota) => quota.type !== type || quota.remaining > 0);
  }

  /** In the caller's transaction. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back. */
  async reserve(transaction: Transaction, userId: string, type: GenerationType): Promise<void> {
    const refused = await this.#store.reserve(transaction, userId, type);
    if (refused) throw exceeded(type, refused);
    this.#db.afterCommit(transaction, () => this.#onChange(userId));
  }

  /** A reservation becomes use, or is released. Periods are locked in the order in which they are reserved. */
  async settle(em: Em, userId: string, type: GenerationType, outcome: 'used' | 'released'): Promise<void> {
    await this.#store.settle(em, userId, type, outcome === 'used' ? 1 : 0);
    this.#db.afterCommit(em, () => this.#onChange(userId));
  }

  /** One that was used is not used any more: its work goes on, and is reserved again. */
  async giveBack(em: Em, userId: string, type: GenerationType): Promise<void> {
    await this.#store.giveBack(em, userId, type);
    this.#db.afterCommit(em, () => this.#onChange(userId));
  }

  /**
   * A limit of the user's own, whatever the plan. Throws FORBIDDEN for a user of a higher rank than the actor, NOT_FOUND, and INVALID for
   * a limit that is none.
   */
  async setLimit(actor: Actor, key: QuotaKey, limit: number): Promise<void> {
    if (limit < 0 || limit > MOST_LIMIT)
      throw new UserFaultError({
        code: 'INVALID',
        message: `A limit is a number from 0 to ${MOST_LIMIT}.`,
        field: ['limit'],
      });
    const isSet = await this.#db.transaction(async (em) => {
      requireRankOver(actor, await activeRolesOf(sqlOf(em), key.userId));
      if (!(await this.#store.setLimit(em, key, limit))) return false;
      await appendAudit(em, entryOf(actor, actOf(key, limit)));
      return true;
    });
    if (!isSet) throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.', field: ['userId'] });
    this.#onChange(key.userId);
  }
}

const actOf = ({ userId, type, period }: QuotaKey, limit: number): Act => ({
  action: 'quota.set',
  target: encodeId('user', userId),
  details: { type, period, limit },
});

/** As in the settings of plans. */
const MOST_LIMIT = 100_000_000;

const NOUNS: Readonly<Record<GenerationType, string>> = {
  VIDEO: 'videos',
  TEXT: 'generated texts',
  IMAGE: 'generated pictures',
  AUDIO: 'generated recordings',
  TRANSCRIPT: 'transcripts',
};

/** The error for a refused user. */
function exceeded(type: GenerationType, { period, most, resets_at: resetAt }: Refusal): UserFaultError {
  return new UserFaultError({
    code: 'QUOTA_EXCEEDED',
    message: `Your plan allows ${most} ${NOUNS[type]} a ${UNITS[period]}; try again after ${resetAt.toISOString()}.`,
    retryAfterSeconds: Math.max(1, Math.ceil((resetAt.getTime() - Date.now()) / 1_000)),
  });
}

function factsOf({ type, period, most: limit, used, reserved, resets_at: resetAt }: QuotaRow): QuotaFacts {
  const taken = used + reserved;
  const percentage = usedPercentage(taken, limit);
  return {
    type,
    period,
    limit,
    used,
    reserved,
    remaining: Math.max(0, limit - taken),
    percentage,
    status: quotaStatus(percentage),
    resetAt,
  };
}
