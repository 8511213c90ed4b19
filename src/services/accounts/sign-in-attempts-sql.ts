import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** Of one network: without a wait up to this many wrong passwords. */
export const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** Of all networks from which the account was never used together; from then on such a network waits before each attempt. */
export const FREE_FAILURES_OF_ALL = 20;
const FIRST_WAIT_OF_ALL_SECONDS = 5;
const LONGEST_WAIT_OF_ALL_SECONDS = 5 * 60;
/** The wait of unknown networks doubles with each further so many wrong passwords. */
const DOUBLING_FAILURES = 20;
export const FORGOTTEN_HOURS = 24;
export const KNOWN_DAYS = 90;
/** In the row that counts for all unknown networks. */
const ALL_NETWORKS = '';

export interface AttemptKey {
  readonly identifier: string;
  readonly network: string;
  /** Null where the identifier has no account: the statements are the same. */
  readonly userId: string | null;
}

export interface BegunAttempt {
  /** Whole seconds; null where the password may be checked. */
  readonly waitSeconds: number | null;
  /** Whether the user has used this network before. */
  readonly known: boolean;
}

const RECENT = sql<boolean>`(last_at > now() - make_interval(hours => ${FORGOTTEN_HOURS}))`;
/** The column is rounded to milliseconds, and now() is not. */
const SECONDS_LEFT = sql<number>`greatest(1, ceil(extract(epoch from wait_until - now()) - 0.001))::int`;

/** `facts`: whether the network is known, and until when an unknown one waits because of guesses from others, where there are so many. */
const factsOf = ({ identifier, network, userId }: AttemptKey) => sql`
    known as (
      select exists (
        select 1 from known_networks where user_id = ${userId}::uuid and network = ${network}
          and last_used_at > now() - make_interval(days => ${KNOWN_DAYS})
      ) as known
    ), facts as (
      select known, case when not known and failures >= ${FREE_FAILURES_OF_ALL} then
        now() + make_interval(secs => least(${LONGEST_WAIT_OF_ALL_SECONDS},
          ${FIRST_WAIT_OF_ALL_SECONDS} * power(2, least((failures - ${FREE_FAILURES_OF_ALL}) / ${DOUBLING_FAILURES}, 20)))) end as until
      from known left join sign_in_failures on identifier = ${identifier} and network = ${ALL_NETWORKS} and ${RECENT}
    )`;

/** Before a password is checked. A network that has to wait because of others waits before its first attempt too. */
export async function beginAttempt(rows: Sql, key: AttemptKey): Promise<BegunAttempt> {
  const { identifier, network, userId } = key;
  const isNew = sql<boolean>`(own.wait_until is null or own.last_at <= now() - make_interval(hours => ${FORGOTTEN_HOURS}))`;
  const { rows: found } = await sql<BegunAttempt>`
    with ${factsOf(key)}, own as (
      select wait_until from sign_in_failures where identifier = ${identifier} and network = ${network} and ${RECENT}
    ), made_to_wait as (
      insert into sign_in_failures as own (identifier, network, failures, last_at, wait_until, user_id)
      select ${identifier}, ${network}, 0, now(), until, ${userId}::uuid from facts
      where until is not null and not exists (select 1 from own where wait_until is not null)
      on conflict (identifier, network) do update set wait_until = excluded.wait_until, last_at = now(),
        failures = case when own.last_at > now() - make_interval(hours => ${FORGOTTEN_HOURS}) then own.failures else 0 end
        where ${isNew}
      returning wait_until
    )
    select known, (
      select ${SECONDS_LEFT} from (select * from made_to_wait union all select * from own) as wait where wait_until > now()
    ) as "waitSeconds" from known`.execute(rows);
  const [begun] = found;
  if (!begun) throw new TypeError('The statement returns one row.');
  return begun;
}

export interface CountedFailure {
  /** Null where this one was counted. */
  readonly waitSeconds: number | null;
  /** Whether it makes this network wait, or is the one from which on all unknown networks do. */
  readonly beginsDelay: boolean;
}

/**
 * Counts one more wrong password; or returns the seconds to wait where there were enough already and nothing was counted: of any number
 * of concurrent guesses exactly as many are counted, and answered, as are free.
 */
export async function countFailure(rows: Sql, key: AttemptKey): Promise<CountedFailure> {
  const { identifier, network, userId } = key;
  const failures = sql<number>`
    (1 + case when own.last_at > now() - make_interval(hours => ${FORGOTTEN_HOURS}) then own.failures else 0 end)`;
  const wait = sql`now() + make_interval(secs => least(${LONGEST_WAIT_SECONDS},
    ${FIRST_WAIT_SECONDS} * power(2, least(${failures} - ${FREE_FAILURES}, 20))))`;
  const { rows: counted } = await sql<{ own: number; total: number | null }>`
    with ${factsOf(key)}, own as (
      insert into sign_in_failures as own (identifier, network, failures, last_at, wait_until, user_id)
      select ${identifier}, ${network}, 1, now(), until, ${userId}::uuid from facts
      on conflict (identifier, network) do update set failures = ${failures}, last_at = now(), user_id = excluded.user_id,
        wait_until = case when ${failures} >= ${FREE_FAILURES} then greatest(${wait}, excluded.wait_until) else excluded.wait_until end
        where own.wait_until is null or own.wait_until <= now()
      returning failures
    ), total as (
      insert into sign_in_failures as total (identifier, network, failures, last_at, user_id)
      select ${identifier}, ${ALL_NETWORKS}, 1, now(), ${userId}::uuid from own, known where not known
      on conflict (identifier, network) do update set
        failures = 1 + case when total.last_at > now() - make_interval(hours => ${FORGOTTEN_HOURS}) then total.failures else 0 end,
        last_at = now(), user_id = excluded.user_id
      returning failures
    )
    select failures as own, (select failures from total) as total from own`.execute(rows);
  const [failed] = counted;
  if (!failed) return { waitSeconds: (await secondsLeft(rows, key)) ?? 1, beginsDelay: false };
  const beginsDelay = failed.own === FREE_FAILURES || failed.total === FREE_FAILURES_OF_ALL;
  return { waitSeconds: null, beginsDelay };
}

/** The password was right: null, and what this network had failed before is forgotten; or the seconds to wait, also for the right one. */
export async function forgetFailures(rows: Sql, key: AttemptKey): Promise<number | null> {
  const seconds = await secondsLeft(rows, key);
  if (seconds !== null) return seconds;
  await rows
    .deleteFrom('sign_in_failures')
    .where('identifier', '=', key.identifier)
    .where('network', '=', key.network)
    .execute();
  return null;
}

async function secondsLeft(rows: Sql, { identifier, network }: AttemptKey): Promise<number | null> {
  const row = await rows
    .selectFrom('sign_in_failures')
    .select(SECONDS_LEFT.as('seconds'))
    .where('identifier', '=', identifier)
    .where('network', '=', network)
    .where('wait_until', '>', sql<Date>`now()`)
    .forUpdate()
    .executeTakeFirst();
  return row?.seconds ?? null;
}

/** The user has proved who they are from this network. */
export async function rememberNetwork(rows: Sql, userId: string, network: string): Promise<void> {
  await sql`
    insert into known_networks as known (user_id, network) values (${userId}, ${network})
    on conflict (user_id, network) do update set last_used_at = now()
      where known.last_used_at < now() - interval '1 day'`.execute(rows);
}
