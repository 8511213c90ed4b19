import { Migration } from '@mikro-orm/migrations';

/** Backups that were begun: what became of them, and where their archives are. */
export class Migration0030Backups extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "backups" (
    "id" uuid not null primary key,
    "kind" varchar(20) not null,
    "status" varchar(20) not null default 'RUNNING',
    "host" varchar(255) not null,
    "started_at" timestamptz(3) not null default now(),
    "heartbeat_at" timestamptz(3) not null default now(),
    "completed_at" timestamptz(3) null,
    "size" bigint null,
    "location" text null,
    "verified" boolean not null default false,
    "error_message" text null
  )`,
  // One at a time, whichever process takes it.
  `create unique index "backups_running_unique" on "backups" ("status") where "status" = 'RUNNING'`,
  'create index "backups_started_at_index" on "backups" ("started_at" desc, "id" desc)',
];
