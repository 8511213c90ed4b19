import pg from 'pg';
import { inject } from 'vitest';
import { SUPERUSER } from '../../src/embedded/postgres/postgres-cluster.ts';

/** A connection of its own to a database, as another program has it. */
export class DatabaseClient {
  readonly #client: pg.Client;
  /** Settles once the server has ended the connection. */
  readonly ended: Promise<void>;

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', () => undefined);
    this.ended = new Promise((resolve) => void client.once('end', () => resolve()));
  }

  static async open(connectionString: string, application = 'a report'): Promise<DatabaseClient> {
    const client = new pg.Client({ connectionString, application_name: application });
    const opened = new DatabaseClient(client);
    await client.connect();
    return opened;
  }

  async run(text: string): Promise<Record<string, unknown>[]> {
    return (await this.#client.query<Record<string, unknown>>(text)).rows;
  }

  async pid(): Promise<number> {
    return Number((await this.run('select pg_backend_pid() as pid'))[0]?.['pid']);
  }

  /** What this connection has counted is visible to others from now on, and not some seconds later. */
  async countNow(): Promise<void> {
    await this.run('select pg_stat_force_next_flush()');
    await this.run('select 1');
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

/** The same database of the test run's server, as its superuser. */
export function asSuperuser(url: string): string {
  const changed = new URL(url);
  changed.username = SUPERUSER;
  changed.password = inject('cluster').password;
  return changed.href;
}
