import { Migration } from '@mikro-orm/migrations';

/** Notifications of alerts on their way (docs/decisions/0038-notifications-of-alerts.md). */
export class Migration0026AlertDeliveries extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "alert_deliveries" (
    "id" bigserial primary key,
    "notification_id" uuid not null,
    "notifier" varchar(40) not null default '',
    "recipients" varchar(10) not null,
    "notification" jsonb not null,
    "attempts" int not null default 0,
    "next_at" timestamptz(3) not null default now(),
    "created_at" timestamptz(3) not null default now()
  )`,
  'create index "alert_deliveries_notifier_index" on "alert_deliveries" ("notifier", "id")',
];
