import { Migration } from '@mikro-orm/migrations';

/** Due times and results of periodic tasks, and indexes that find old rows. */
export class Migration0005ScheduledTasks extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "scheduled_tasks" (
    "name" varchar(320) not null primary key,
    "schedule" varchar(200) not null,
    "run" bigint not null default '0',
    "next_due_at" timestamptz(3) not null,
    "last_started_at" timestamptz(3) null,
    "last_finished_at" timestamptz(3) null,
    "last_succeeded_at" timestamptz(3) null,
    "last_outcome" varchar(10) null
      check ("last_outcome" in ('SUCCEEDED', 'FAILED', 'ABORTED')),
    "last_error" text null
  )`,
  'create index "jobs_retention_index" on "jobs" ("finished_at") where "finished_at" is not null',
  // A video has one such event for each run, of about a hundred.
  `create index "video_events_final_index" on "video_events" ("at", "video_id")
     where "status" in ('COMPLETED', 'FAILED', 'CANCELED')`,
  'create index "sessions_ended_index" on "sessions" (least("revoked_at", "expires_at"))',
];
