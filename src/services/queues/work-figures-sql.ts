import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import { type AttemptState, type JobPriority, QueueName, valuesOf } from '../../entities/enums.ts';

/** What metrics show of a queue. */
export interface QueueFigures {
  readonly queue: QueueName;
  /** Jobs that may begin now. */
  readonly waiting: Readonly<Record<JobPriority, number>>;
  readonly active: number;
  /** How long the one that waits longest could have begun; 0 where none waits. */
  readonly oldestWaitingSeconds: number;
  /** Since the last heartbeat of the running job that has been silent longest; 0 where none runs. */
  readonly leaseAgeSeconds: number;
}

/** The attempts at a provider that were sent in the last 24 hours. */
export interface ProviderDay {
  readonly provider: string;
  /** US dollars that the installation pays; users' own keys cost it nothing. */
  readonly cost: number;
  /** By their state now. */
  readonly attempts: Readonly<Record<AttemptState, number>>;
}

interface QueueRow {
  readonly queue: QueueName;
  readonly urgent: number;
  readonly normal: number;
  readonly low: number;
  readonly active: number;
  readonly oldest: number;
  readonly lease_age: number;
}

/** Every queue, also one without jobs. Reads unfinished jobs only, by their indexes. */
export async function readQueueFigures(db: Sql): Promise<QueueFigures[]> {
  const { rows } = await sql<QueueRow>`
    select name as queue, urgent, normal, low, active, oldest, lease_age
    from unnest(${[...valuesOf(QueueName)]}::text[]) as name
    cross join lateral (
      select count(*) filter (where priority = 'URGENT')::int as urgent,
        count(*) filter (where priority = 'NORMAL')::int as normal,
        count(*) filter (where priority = 'LOW')::int as low,
        coalesce(extract(epoch from now() - min(available_at)), 0)::float8 as oldest
      from jobs where queue = name and status = 'WAITING' and available_at <= now()
    ) as waiting
    cross join lateral (
      select count(*)::int as active,
        coalesce(extract(epoch from now() - min(coalesce(heartbeat_at, claimed_at))), 0)::float8 as lease_age
      from jobs where queue = name and status = 'ACTIVE'
    ) as running`.execute(db);
  return rows.map(({ queue, urgent, normal, low, active, oldest, lease_age: leaseAgeSeconds }) => ({
    queue,
    waiting: { URGENT: urgent, NORMAL: normal, LOW: low },
    active,
    oldestWaitingSeconds: oldest,
    leaseAgeSeconds,
  }));
}

/** Seconds since the oldest notification was written that Redis does not have yet; 0 where there is none. */
export async function readOutboxAge(db: Sql): Promise<number> {
  const { rows } = await sql<{ age: number }>`
    select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age from outbox`.execute(db);
  return rows[0]?.age ?? 0;
}

interface ProviderRow {
  readonly provider: string;
  readonly cost: number;
  readonly sent: number;
  readonly settled: number;
  readonly refused: number;
  readonly uncertain: number;
}

/**
 * The attempts that were sent in the last 24 hours, by provider. The names come one by one from the index, so that neither part reads
 * older rows.
 */
export async function readProviderDay(db: Sql): Promise<ProviderDay[]> {
  const { rows } = await sql<ProviderRow>`
    with recursive names as (
      (select provider from generation_attempts order by provider limit 1)
      union all
      select (select provider from generation_attempts where provider > names.provider order by provider limit 1)
      from names where names.provider is not null
    )
    select names.provider, day.* from names cross join lateral (
      select coalesce(sum(cost) filter (where not own_key), 0)::float8 as cost,
        count(*) filter (where state = 'SENT')::int as sent,
        count(*) filter (where state = 'SETTLED')::int as settled,
        count(*) filter (where state = 'REFUSED')::int as refused,
        count(*) filter (where state = 'UNCERTAIN')::int as uncertain
      from generation_attempts
      where generation_attempts.provider = names.provider and sent_at > now() - interval '24 hours'
    ) as day
    where names.provider is not null`.execute(db);
  return rows.map(({ provider, cost, sent, settled, refused, uncertain }) => ({
    provider,
    cost,
    attempts: { SENT: sent, SETTLED: settled, REFUSED: refused, UNCERTAIN: uncertain },
  }));
}
