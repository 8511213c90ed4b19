import { Migration } from '@mikro-orm/migrations';

/** The next job to claim and the jobs to notify again are each found in one step, however many jobs wait. */
export class Migration0006QueueDepth extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'drop index "jobs_unfinished_index"',
  `create index "jobs_waiting_index" on "jobs" ("queue", "priority", "available_at", "id") where "status" = 'WAITING'`,
  // Heartbeats change no column of it, so that they need not touch any index.
  `create index "jobs_active_index" on "jobs" ("queue", "priority", "available_at", "id") where "status" = 'ACTIVE'`,
];
