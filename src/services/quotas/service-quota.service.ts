import type { Database } from '../../db/database.ts';
import { nowOf } from '../../db/orm.ts';
import { type QuotaReset, quotaPeriod } from './quota-periods.ts';
import { type QuotaStatus, quotaStatus, usedPercentage } from './quota-status.ts';
import { countCallsSince, type QuotaReading, readServiceQuotas, type ServiceQuotaRow } from './service-quota-store.ts';

export interface ServiceQuotaFacts {
  readonly service: string;
  /** Whole units of the service, rounded down. */
  readonly used: number;
  readonly total: number | null;
  /** 0 to 100; null without a total. */
  readonly percentage: number | null;
  readonly status: QuotaStatus;
  readonly resetAt: Date | null;
  readonly checkedAt: Date;
}

/** What a service answers: what is used of how much, or only what is left of what was bought. */
export type QuotaAnswer = QuotaReading | { readonly balance: number };

/** How the quota of a service is found out. */
export interface QuotaSource {
  /** The name of its provider. */
  readonly service: string;
  /** How often it is asked; once an hour by default. */
  readonly everyMinutes?: number;
  read(signal: AbortSignal): Promise<QuotaAnswer>;
}

/** A quota of a service that does not say what is used. */
export interface QuotaRule {
  readonly reset: QuotaReset;
  /** Null where no limit is known. */
  readonly total: number | null;
  readonly everyMinutes?: number;
}

/** What the installation may still ask of outside services. Reads what the last checks have found; no request calls a service. */
export class ServiceQuotaService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** By name; a service that was never checked successfully is left out. */
  async list(): Promise<ServiceQuotaFacts[]> {
    return (await readServiceQuotas(this.#db.sql())).map(serviceQuotaFacts);
  }

  /** In the order of the names of providers. */
  async ofEach(providers: readonly string[]): Promise<(ServiceQuotaFacts | null)[]> {
    const quotas = new Map((await this.list()).map((quota) => [quota.service, quota]));
    return providers.map((name) => quotas.get(name) ?? null);
  }
}

export function serviceQuotaFacts({ service, used, total, resetAt, checkedAt }: ServiceQuotaRow): ServiceQuotaFacts {
  const percentage = total === null ? null : usedPercentage(used, total);
  return {
    service,
    used: Math.floor(used),
    total: total === null ? null : Math.floor(total),
    percentage,
    status: percentage === null ? 'HEALTHY' : quotaStatus(percentage),
    resetAt,
    checkedAt,
  };
}

/** A service that does not say what is used: its calls of the day (UTC) are counted here. `limit` is the operator's. */
export function countedQuota(db: Database, service: string, limit: number | undefined): QuotaSource {
  const rule: QuotaRule = { reset: 'DAILY_UTC', total: limit ?? null };
  return countedBy(db, service, rule, (since) => countCallsSince(db.sql(), service, since));
}

/** What is counted here of a period of the rule. */
export function countedBy(
  db: Database,
  service: string,
  { reset, total, everyMinutes }: QuotaRule,
  usedSince: (startsAt: Date) => Promise<number>,
): QuotaSource {
  return {
    service,
    ...(everyMinutes === undefined ? {} : { everyMinutes }),
    async read() {
      const { startsAt, resetsAt } = quotaPeriod(reset, await nowOf(db.em()));
      return { used: await usedSince(startsAt), total, resetAt: resetsAt };
    },
  };
}

/**
 * A service that is paid in advance says only what is left. What it had after the last purchase, which is the last time that the balance
 * went up, counts as the total.
 */
export function readingOf(answer: QuotaAnswer, last: QuotaReading | undefined): QuotaReading {
  if (!('balance' in answer)) return answer;
  const balance = rounded(Math.max(0, answer.balance));
  const bought = last?.total ?? 0;
  const left = rounded(bought - (last?.used ?? 0));
  const total = balance > left ? balance : bought;
  return { used: rounded(total - balance), total, resetAt: null };
}

/** As it is stored. */
function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
