import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/* The only writer of `provider_states`. Times are the database's, since many processes share them. */

export interface ProviderStateRow {
  readonly name: string;
  readonly enabled: boolean;
  /** Seconds until a single call is allowed, 0 or less where it is; null where the circuit is closed. */
  readonly restSeconds: number | null;
}

const REST_SECONDS = sql<number | null>`extract(epoch from retry_at - now())::float8`;

export async function readProviderStates(db: Sql): Promise<ProviderStateRow[]> {
  return await db
    .selectFrom('provider_states')
    .select(['name', 'enabled', REST_SECONDS.as('restSeconds')])
    .execute();
}

export async function readProviderState(db: Sql, name: string): Promise<ProviderStateRow | undefined> {
  return await db
    .selectFrom('provider_states')
    .select(['name', 'enabled', REST_SECONDS.as('restSeconds')])
    .where('name', '=', name)
    .executeTakeFirst();
}

/** Takes the single call of a provider whose rest is over; false where another process has it. It rests again until that call has ended. */
export async function takeProbe(db: Sql, name: string, restSeconds: number): Promise<boolean> {
  const { rows } = await sql`
    update provider_states set retry_at = now() + make_interval(secs => ${restSeconds})
    where name = ${name} and retry_at <= now() returning name`.execute(db);
  return rows.length > 0;
}

/** Closes the circuit; true where that changed something. */
export async function closeCircuit(db: Sql, name: string): Promise<boolean> {
  const { rows } = await sql`
    update provider_states set failures = 0, retry_at = null
    where name = ${name} and (failures > 0 or retry_at is not null) returning name`.execute(db);
  return rows.length > 0;
}

/** Counts a failure, and opens the circuit from so many failures in a row on; true where it is open now. */
export async function countFailure(db: Sql, name: string, most: number, restSeconds: number): Promise<boolean> {
  const { rows } = await sql<{ isOpen: boolean }>`
    insert into provider_states as state (name, failures, retry_at)
    values (${name}, 1, case when ${most}::int <= 1 then now() + make_interval(secs => ${restSeconds}) end)
    on conflict (name) do update set failures = state.failures + 1,
      retry_at = case when state.failures + 1 >= ${most}::int then now() + make_interval(secs => ${restSeconds}) else state.retry_at end
    returning retry_at is not null as "isOpen"`.execute(db);
  return rows[0]?.isOpen === true;
}

export async function setEnabled(db: Sql, name: string, enabled: boolean): Promise<void> {
  await sql`
    insert into provider_states (name, enabled) values (${name}, ${enabled})
    on conflict (name) do update set enabled = excluded.enabled`.execute(db);
}
