import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/** What was refused: a request that is not Slack's, or one for which an account or this program has to wait. */
export type SlackRefusalKind = 'bad_signature' | 'rate_limited';

const NAME = 'command';
/** An older check says nothing: where it stopped, another rule says so, or Slack is no longer set. */
const WINDOW_MINUTES = 15;

/** Adds to the counts of the present minute. */
export async function addRefusals(rows: Sql, kind: SlackRefusalKind, count: number): Promise<void> {
  await sql`
    insert into slack_refusals (kind, minute, count) values (${kind}, date_trunc('minute', now()), ${count})
    on conflict (kind, minute) do update set count = slack_refusals.count + excluded.count`.execute(rows);
}

/** Null where commands can be answered. */
export async function recordCheck(rows: Sql, failure: string | null): Promise<void> {
  await sql`
    insert into slack_checks (name, checked_at, failure) values (${NAME}, now(), ${failure})
    on conflict (name) do update set checked_at = excluded.checked_at, failure = excluded.failure`.execute(rows);
}

/** A check that found nothing out: the result of the one before it holds. */
export async function keepCheck(rows: Sql): Promise<void> {
  await sql`update slack_checks set checked_at = now() where name = ${NAME}`.execute(rows);
}

/** The state of the command, of the last 15 minutes. */
export interface SlackFacts {
  /** Why commands cannot be answered; null where they can, or nothing was checked. */
  readonly failure: string | null;
  readonly badSignatures: number;
  readonly rateLimited: number;
}

export async function readSlackFacts(rows: Sql): Promise<SlackFacts> {
  const { rows: found } = await sql<SlackFacts>`
    select (select failure from slack_checks where name = ${NAME} and checked_at > now() - span) as failure,
      coalesce(sum(count) filter (where kind = 'bad_signature'), 0)::int as "badSignatures",
      coalesce(sum(count) filter (where kind = 'rate_limited'), 0)::int as "rateLimited"
    from (select make_interval(mins => ${WINDOW_MINUTES}) as span) as w
    left join slack_refusals on minute > now() - span group by span`.execute(rows);
  return found[0] ?? { failure: null, badSignatures: 0, rateLimited: 0 };
}

/** Older than a day. */
export async function removeOldRefusals(rows: Sql, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from slack_refusals where (kind, minute) in (
      select kind, minute from slack_refusals where minute < now() - interval '1 day' limit ${limit})`.execute(rows);
  return Number(numAffectedRows);
}
