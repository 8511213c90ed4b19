import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import type { WorkerLoss } from './workers.ts';

/** Makes the database record which worker claimed which job from whom. */
export async function recordClaims(db: Database): Promise<void> {
  await sql`
    create table chaos_claims (job_id uuid, worker_id uuid, before_id uuid, was text, at timestamptz);
    create function chaos_note() returns trigger language plpgsql as $$ begin
      insert into chaos_claims values (new.id, new.worker_id, old.worker_id, old.status, clock_timestamp());
      return new;
    end $$;
    create trigger chaos_claims after update of fence on jobs for each row when (new.status = 'ACTIVE')
      execute function chaos_note();
    create table chaos_workers (id uuid primary key, pid int);
    create function chaos_worker() returns trigger language plpgsql as $$ begin
      insert into chaos_workers values (new.id, new.pid) on conflict do nothing;
      return new;
    end $$;
    create trigger chaos_workers after insert on workers for each row execute function chaos_worker()`.execute(
    db.sql(),
  );
}

/** Seconds from the loss of a worker to the claim by another, ascending. */
export async function resumeTimes(db: Database, losses: readonly WorkerLoss[]): Promise<number[]> {
  const { rows } = await sql<{ pid: number; at: Date | string }>`
    select pid, at from chaos_claims join chaos_workers on chaos_workers.id = before_id where was = 'ACTIVE'`.execute(
    db.sql(),
  );
  return rows
    .flatMap(({ pid, at }) => {
      const taken = new Date(at).getTime();
      const lost = losses.filter((loss) => loss.pid === pid && loss.at < taken).map((loss) => loss.at);
      return lost.length === 0 ? [] : [(taken - Math.max(...lost)) / 1_000];
    })
    .toSorted((one, other) => one - other);
}
