import { type RawBuilder, sql } from 'kysely';
import type { OldRows } from '../../db/old-rows.ts';
import type { Sql } from '../../db/orm.ts';
import { FORGOTTEN_HOURS, KNOWN_DAYS } from '../../services/accounts/sign-in-attempts-sql.ts';
import { GIVEN_UP_HOURS } from '../../services/mail/mail-store.ts';

/** A machine that has not run its tasks for this long counts as removed. */
const STALE_MACHINE_DAYS = 30;
/** For how long a change of access is kept, and with it the id of a user who may have been deleted. */
const ACCESS_CHANGE_MINUTES = 10;

/** The keys of requests, at most `limit`, so many hours after they were made; returns how many. */
export async function removeOldKeys(rows: OldRows, hours: number, limit: number): Promise<number> {
  return await rows.remove(
    'idempotency_keys',
    sql`
      delete from idempotency_keys where (user_id, operation, key) in (
        select user_id, operation, key from idempotency_keys
        where created_at < now() - make_interval(hours => ${hours})
        order by created_at limit ${limit} for update skip locked)`,
  );
}

/** Of ended sessions: a token without a session row is refused just as one of an ended session. */
export async function removeOldSessions(rows: OldRows, days: number, limit: number): Promise<number> {
  return await rows.remove(
    'sessions',
    sql`
      delete from sessions where id in (
        select id from sessions
        where least(revoked_at, expires_at) < now() - make_interval(days => ${days})
        order by least(revoked_at, expires_at) limit ${limit} for update skip locked)`,
  );
}

/**
 * Connections learn of a change within a second. A process that could not ask for longer finds it by the check of every token that it
 * makes each ten seconds, so that nothing needs older rows.
 */
export async function removeOldAccessChanges(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from access_changes where ctid in (
        select ctid from access_changes where at < now() - make_interval(mins => ${ACCESS_CHANGE_MINUTES}) limit ${limit} for update skip locked)`,
  );
}

/** Wrong passwords that no longer count, and networks that are no longer known. */
export async function removeOldFailures(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from sign_in_failures where (identifier, network) in (
        select identifier, network from sign_in_failures where last_at < now() - make_interval(hours => ${FORGOTTEN_HOURS})
        order by last_at limit ${limit} for update skip locked)`,
  );
}

export async function removeOldNetworks(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from known_networks where (user_id, network) in (
        select user_id, network from known_networks where last_used_at < now() - make_interval(days => ${KNOWN_DAYS})
        order by last_used_at limit ${limit} for update skip locked)`,
  );
}

/** Links that are too old to be used. */
export async function removeOldTokens(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from account_tokens where hash in (
        select hash from account_tokens where expires_at < now()
        order by expires_at limit ${limit} for update skip locked)`,
  );
}

/** Registrations that were not confirmed in time: their user names are free again. */
export async function removeOldRegistrations(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from registrations where id in (
        select id from registrations where expires_at < now()
        order by expires_at limit ${limit} for update skip locked)`,
  );
}

/** A mail is deleted when it was sent or given up, unless it cannot be read: then it stays until here. */
export async function removeOldMails(db: Sql, limit: number): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from mails where id in (
        select id from mails where created_at < now() - make_interval(hours => ${2 * GIVEN_UP_HOURS})
        order by created_at limit ${limit} for update skip locked)`,
  );
}

/** The tasks of removed machines. */
export async function removeStaleMachineTasks(db: Sql): Promise<number> {
  return await countOf(
    db,
    sql`
      delete from scheduled_tasks where name like '%@%'
        and coalesce(last_started_at, next_due_at) < now() - make_interval(days => ${STALE_MACHINE_DAYS})`,
  );
}

async function countOf(db: Sql, deletion: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows = 0n } = await deletion.execute(db);
  return Number(numAffectedRows);
}
