import { Migration } from '@mikro-orm/migrations';

/** Data for operators of the queues: heartbeats, cleared failures, durations of stages. */
export class Migration0003QueueOperations extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "jobs"
    add column "claimed_at" timestamptz(3) null,
    add column "heartbeat_at" timestamptz(3) null,
    add column "cleared_at" timestamptz(3) null`,
  'drop index "jobs_finished_index"',
  'create index "jobs_finished_index" on "jobs" ("queue", "status", "finished_at") where "finished_at" is not null',
  // Of the hundred events of a video only a few record how a stage ended.
  `create index "video_events_ended_index" on "video_events" ("at")
     where "stage_status" in ('COMPLETED', 'FAILED', 'RETRYING')`,
];
