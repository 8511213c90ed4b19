import { Migration } from '@mikro-orm/migrations';

/** Accounts that their owners manage themselves (docs/decisions/0034-accounts.md). */
export class Migration0022Accounts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table "users" alter column "username" type varchar(50)',
  'alter table "users" drop column "failed_logins", drop column "locked_until", add column "delay_notice_at" timestamptz(3) null',
  `create table "sign_in_failures" (
    "identifier" varchar(64) not null,
    "network" varchar(60) not null,
    "failures" int not null,
    "last_at" timestamptz(3) not null,
    "wait_until" timestamptz(3) null,
    "user_id" uuid null references "users" ("id") on delete cascade,
    primary key ("identifier", "network")
  )`,
  'create index "sign_in_failures_last_index" on "sign_in_failures" ("last_at")',
  'create index "sign_in_failures_user_index" on "sign_in_failures" ("user_id") where "user_id" is not null',
  `create table "known_networks" (
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "network" varchar(60) not null,
    "last_used_at" timestamptz(3) not null default now(),
    primary key ("user_id", "network")
  )`,
  'create index "known_networks_last_index" on "known_networks" ("last_used_at")',
  // Of IPv6 only the first half names a network, which the code computes: such users become known with their next sign-in.
  `insert into "known_networks" ("user_id", "network", "last_used_at")
    select "user_id", "ip_address", max("last_used_at") from "sessions"
    where "ip_address" is not null and "ip_address" not like '%:%' group by 1, 2`,
  `create table "account_tokens" (
    "hash" varchar(64) not null primary key,
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "kind" varchar(20) not null check ("kind" in ('VERIFY', 'RESET', 'CHANGE_EMAIL')),
    "email_encrypted" text null,
    "expires_at" timestamptz(3) not null,
    unique ("user_id", "kind")
  )`,
  `create table "registrations" (
    "id" uuid not null primary key,
    "username" varchar(50) not null,
    "full_name" varchar(200) null,
    "password_hash" text not null,
    "email_encrypted" text not null,
    "email_index" varchar(64) not null,
    "token_hash" varchar(64) null unique,
    "expires_at" timestamptz(3) not null
  )`,
  'create unique index "registrations_username_unique" on "registrations" (lower("username"))',
  'create index "registrations_email_index" on "registrations" ("email_index", "id")',
  'create index "registrations_expires_at_index" on "registrations" ("expires_at")',
  `create table "mails" (
    "id" uuid not null primary key,
    "content_encrypted" text not null,
    "attempts" int not null default 0,
    "next_at" timestamptz(3) not null default now(),
    "created_at" timestamptz(3) not null default now()
  )`,
  'create index "mails_next_index" on "mails" ("next_at")',
  `create table "removed_files" (
    "prefix" varchar(100) not null primary key,
    "removed_at" timestamptz(3) not null default now()
  )`,
];
