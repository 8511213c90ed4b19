import { Migration } from '@mikro-orm/migrations';

/** What operators have to know, and when it was last looked for (docs/decisions/0037-alerts.md). */
export class Migration0025Alerts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "alerts" (
    "id" uuid not null primary key,
    "rule" varchar(60) not null,
    "service" varchar(60) not null,
    "priority" varchar(2) not null check ("priority" in ('P0', 'P1', 'P2')),
    "error_code" varchar(80) null,
    "message" text not null,
    "action_required" text not null,
    "details" jsonb not null,
    "count" int not null,
    "raised_at" timestamptz(3) not null,
    "last_seen_at" timestamptz(3) not null,
    "respond_by" timestamptz(3) not null,
    "good_since" timestamptz(3) null,
    "resolved_at" timestamptz(3) null,
    "acknowledged_at" timestamptz(3) null,
    "acknowledged_by" uuid null references "users" ("id") on delete set null,
    "notified_at" timestamptz(3) null,
    "end_notified_at" timestamptz(3) null,
    "level" int not null default 0
  )`,
  'create unique index "alerts_open_unique" on "alerts" ("rule", "service") where "resolved_at" is null',
  'create index "alerts_list_index" on "alerts" ("raised_at" desc, "id" desc)',
  'create index "alerts_resolved_at_index" on "alerts" ("resolved_at") where "resolved_at" is not null',
  `create index "alerts_acknowledged_by_index" on "alerts" ("acknowledged_by") where "acknowledged_by" is not null`,
  `create table "alert_rounds" (
    "name" varchar(20) not null primary key,
    "at" timestamptz(3) not null
  )`,
];
