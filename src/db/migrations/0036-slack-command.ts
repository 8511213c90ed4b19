import { Migration } from '@mikro-orm/migrations';

/** The command of Slack: answers on their way, its newest check, and what was refused. */
export class Migration0036SlackCommand extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "slack_replies" (
    "id" uuid not null primary key,
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "request_key" varchar(255) not null,
    "url_encrypted" text not null,
    "message" text null,
    "attempts" int not null default 0,
    "next_at" timestamptz(3) not null default now(),
    "created_at" timestamptz(3) not null default now()
  )`,
  'create unique index "slack_replies_request_unique" on "slack_replies" ("user_id", "request_key")',
  `create table "slack_checks" (
    "name" varchar(10) not null primary key,
    "checked_at" timestamptz(3) not null,
    "failure" text null
  )`,
  `create table "slack_refusals" (
    "kind" varchar(20) not null,
    "minute" timestamptz(3) not null,
    "count" int not null,
    primary key ("kind", "minute")
  )`,
];
