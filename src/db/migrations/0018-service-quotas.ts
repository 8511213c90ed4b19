import { Migration } from '@mikro-orm/migrations';

/** What the installation has used of outside services, and its history. */
export class Migration0018ServiceQuotas extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "service_quotas" (
    "service" varchar(60) not null primary key,
    "used" numeric(20,4) null,
    "total" numeric(20,4) null,
    "reset_at" timestamptz(3) null,
    "checked_at" timestamptz(3) null,
    "error_code" varchar(80) null
  )`,
  `create table "service_quota_usage" (
    "service" varchar(60) not null,
    "recorded_at" timestamptz(3) not null,
    "used" numeric(20,4) not null,
    "total" numeric(20,4) null,
    "reset_at" timestamptz(3) null,
    primary key ("service", "recorded_at")
  )`,
  'create index "service_quota_usage_recorded_at_index" on "service_quota_usage" ("recorded_at")',
];
