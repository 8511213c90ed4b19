import { Migration } from '@mikro-orm/migrations';

/** Retries, priorities, pausing, idempotency keys and periodic tasks. */
export class Migration0002DurableJobs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "jobs"
    add column "priority" varchar(10) not null default 'NORMAL',
    add column "available_at" timestamptz(3) not null default now(),
    add column "failures" int not null default 0,
    add column "deaths" int not null default 0,
    add column "error_code" varchar(80) null,
    add column "error_message" text null`,
  'drop index "jobs_unfinished_index"',
  `create index "jobs_unfinished_index" on "jobs" ("queue", "priority", "available_at", "id") where "status" in ('WAITING', 'ACTIVE')`,
  'create index "jobs_finished_index" on "jobs" ("queue", "finished_at") where "finished_at" is not null',
  `create table "queues" (
    "name" varchar(20) not null primary key,
    "paused" boolean not null default false,
    "changed_at" timestamptz(3) not null default now()
  )`,
  `insert into "queues" ("name") values ('VIDEO'), ('AI'), ('SOCIAL'), ('ANALYTICS')`,
  `create table "idempotency_keys" (
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "operation" varchar(40) not null,
    "key" varchar(255) not null,
    "input_hash" varchar(64) not null,
    "video_id" uuid null,
    "created_at" timestamptz(3) not null default now(),
    primary key ("user_id", "operation", "key")
  )`,
  'create index "idempotency_keys_created_at_index" on "idempotency_keys" ("created_at")',
];
