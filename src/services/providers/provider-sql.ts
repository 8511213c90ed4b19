import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../db/orm.ts';
import { FAULTS_OF_REQUESTS } from './shared-provider-states.ts';

/** The recorded calls of a provider within a time; milliseconds are null where there are none. */
export const callCounts = z.object({
  calls: z.number(),
  failures: z.number(),
  timeouts: z.number(),
  /** Contents that were requested. */
  generations: z.number(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
  /** A decimal number. */
  cost: z.string(),
});
export type CallCounts = z.infer<typeof callCounts>;

/** JSON has its time as text. */
export const providerError = z.object({
  code: z.string(),
  message: z.string(),
  at: z.string().pipe(z.coerce.date()),
});
export type ProviderError = z.infer<typeof providerError>;

/** The request was at fault, and not the provider. */
const OF_REQUEST = sql<boolean>`coalesce(error_code, '') like any(${FAULTS_OF_REQUESTS.map((end) => `%${end.replaceAll('_', '\\_')}`)}::text[])`;
/**
 * Ended attempts, except those that this program has canceled, which say nothing of the provider, and those with users' own keys, which
 * say nothing of the installation's account and are not its expense.
 */
const ENDED = sql`state <> 'SENT' and not own_key and error_code is distinct from 'CANCELED'`;

/** By provider; those without a call are left out. A call whose request was at fault has a cost, and counts for nothing else. */
export async function countCalls(
  db: Sql,
  names: readonly string[],
  windowMinutes: number,
): Promise<Map<string, CallCounts>> {
  const { rows } = await sql<CallCounts & { readonly provider: string }>`
    select provider, (count(*) filter (where counts))::int as calls,
      (count(*) filter (where counts and state <> 'SETTLED'))::int as failures,
      (count(*) filter (where error_code like '%\\_TIMEOUT'))::int as timeouts,
      (count(distinct generation_id) filter (where counts))::int as generations,
      percentile_cont(0.5) within group (order by latency_ms) filter (where counts) as p50,
      percentile_cont(0.9) within group (order by latency_ms) filter (where counts) as p90,
      percentile_cont(0.99) within group (order by latency_ms) filter (where counts) as p99,
      coalesce(sum(cost), 0)::numeric(14,4)::text as cost
    from generation_attempts cross join lateral (select not ${OF_REQUEST} as counts) as of_provider
    where provider = any(${[...names]}::text[]) and sent_at > now() - make_interval(mins => ${windowMinutes}) and ${ENDED}
    group by provider`.execute(db);
  return new Map(rows.map(({ provider, ...counts }) => [provider, counts]));
}

/**
 * By provider, the percentage of the videos for which it made some of the contents it was asked for, and not the others; those without a
 * content of a video are left out. What a repeated call has made counts as made.
 */
export async function partialFailures(
  db: Sql,
  names: readonly string[],
  windowMinutes: number,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ provider: string; rate: number }>`
    with contents as (
      select provider, generation_id, bool_or(state = 'SETTLED') as made from generation_attempts
      where provider = any(${[...names]}::text[]) and sent_at > now() - make_interval(mins => ${windowMinutes})
        and ${ENDED} and not ${OF_REQUEST}
      group by provider, generation_id
    ), of_videos as (
      select c.provider, bool_or(c.made) and not bool_and(c.made) as partial from contents c
      join ai_generations g on g.id = c.generation_id where g.video_id is not null group by c.provider, g.video_id
    )
    select provider, 100.0 * count(*) filter (where partial) / count(*) as rate from of_videos group by provider`.execute(
    db,
  );
  return new Map(rows.map(({ provider, rate }) => [provider, Number(rate)]));
}

/** How many calls of each provider have failed since its last successful one, without those whose request was at fault. */
export async function consecutiveFailures(db: Sql, names: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; failures: number }>`
    select name, (
      select count(*)::int from generation_attempts where provider = name and ${ENDED} and not ${OF_REQUEST} and sent_at > coalesce(
        (select max(sent_at) from generation_attempts where provider = name and state = 'SETTLED' and not own_key), '-infinity')
    ) as failures
    from unnest(${[...names]}::text[]) as name`.execute(db);
  return new Map(rows.map(({ name, failures }) => [name, failures]));
}

/** By provider; those without a failed call are left out. */
export async function lastErrors(db: Sql, names: readonly string[]): Promise<Map<string, ProviderError>> {
  const { rows } = await sql<ProviderError & { readonly name: string }>`
    select name, coalesce(error_code, '') as code, coalesce(error_message, '') as message, ended_at as at
    from unnest(${[...names]}::text[]) as name cross join lateral (
      select error_code, error_message, coalesce(ended_at, sent_at) as ended_at from generation_attempts
      where provider = name and ${ENDED} and state <> 'SETTLED' order by sent_at desc limit 1
    ) as last`.execute(db);
  return new Map(rows.map(({ name, ...error }) => [name, error]));
}
