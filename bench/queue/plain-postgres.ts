import { sql } from 'kysely';
import type { Contender, Listener, OpenQueue, QueueBenchContext } from './contender.ts';

/**
 * The minimal cost of a durable queue: one table, three commits a job (enqueue, claim, done), no other writes, and an
 * idle slot is woken within the process. Same driver and pool as ours.
 */
export const plainPostgres: Contender = {
  name: 'PostgreSQL, plain',
  durable: true,
  open: async (context, _jobs, listener) => {
    await sql`drop table if exists plain_jobs`.execute(context.db.sql());
    await sql`create table plain_jobs (id bigserial primary key, number int not null, status text not null default 'WAITING')`.execute(
      context.db.sql(),
    );
    await sql`create index on plain_jobs (id) where status = 'WAITING'`.execute(context.db.sql());
    return new PlainQueue(context, listener);
  },
};

class PlainQueue implements OpenQueue {
  readonly #context: QueueBenchContext;
  readonly #listener: Listener;
  readonly #running = new Set<Promise<void>>();
  #missedNotification = 0;

  constructor(context: QueueBenchContext, listener: Listener) {
    this.#context = context;
    this.#listener = listener;
  }

  async enqueue(job: number): Promise<void> {
    await sql`insert into plain_jobs (number) values (${job})`.execute(this.#context.db.sql());
    this.#missedNotification++;
    if (this.#running.size < this.#context.slots) this.#begin();
  }

  async close(): Promise<void> {
    await Promise.all(this.#running);
  }

  #begin(): void {
    const running = this.#work().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #work(): Promise<void> {
    while (this.#missedNotification > 0) {
      this.#missedNotification--;
      await this.#workOnce();
    }
  }

  async #workOnce(): Promise<void> {
    const { db } = this.#context;
    const { rows } = await sql<{ id: string; number: number }>`
      update plain_jobs set status = 'ACTIVE'
      where id = (select id from plain_jobs where status = 'WAITING' order by id limit 1 for update skip locked)
      returning id, number`.execute(db.sql());
    const [job] = rows;
    if (!job) return;
    this.#listener.started(job.number);
    await sql`update plain_jobs set status = 'DONE' where id = ${job.id}`.execute(db.sql());
    this.#listener.finished();
  }
}
