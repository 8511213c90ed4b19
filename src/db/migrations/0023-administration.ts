import { Migration } from '@mikro-orm/migrations';

/** API keys, the history of plans, search for users, and the log from which open connections learn that access has changed. */
export class Migration0023Administration extends Migration {
  override up(): void {
    for (const statement of [...apiKeys, ...plans, ...users, ...accessChanges]) this.addSql(statement);
  }
}

const apiKeys = [
  `create table "api_keys" (
    "id" uuid not null primary key,
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "name" varchar(100) not null,
    "prefix" varchar(20) not null unique,
    "secret_hash" varchar(64) not null,
    "permissions" text[] not null,
    "created_at" timestamptz(3) not null default now(),
    "last_used_at" timestamptz(3) null,
    "expires_at" timestamptz(3) null,
    "revoked_at" timestamptz(3) null
  )`,
  'create index "api_keys_user_index" on "api_keys" ("user_id", "id")',
  'create index "api_keys_expires_at_index" on "api_keys" ("expires_at") where "expires_at" is not null',
];

/** A user has one row for each plan that they were on; the one that is not closed is the current one. */
const plans = [
  'alter table "user_subscriptions" drop constraint "user_subscriptions_pkey"',
  `alter table "user_subscriptions"
    add column "id" uuid not null default gen_random_uuid(),
    add column "closed_at" timestamptz(3) null,
    add column "processor_reference_encrypted" text null`,
  'alter table "user_subscriptions" add primary key ("id")',
  'create unique index "user_subscriptions_current_unique" on "user_subscriptions" ("user_id") where "closed_at" is null',
  'create index "user_subscriptions_history_index" on "user_subscriptions" ("user_id", "started_at")',
];

const users = [
  // Finds parts of names from three characters on; shorter ones read all users.
  `create index "users_search_index" on "users"
    using gin (lower("username" || ' ' || coalesce("full_name", '')) gin_trgm_ops)`,
  'create index "user_roles_role_index" on "user_roles" ("role", "user_id")',
  'create index "user_roles_expires_at_index" on "user_roles" ("expires_at") where "expires_at" is not null',
];

/**
 * Each change of what a user may do, written by triggers, so that no code can forget it. The number of its transaction shows which
 * changes an earlier snapshot did not see.
 */
const accessChanges = [
  `create table "access_changes" (
    "xid" xid8 not null default pg_current_xact_id(),
    "user_id" uuid not null,
    "at" timestamptz(3) not null default now()
  )`,
  'create index "access_changes_xid_index" on "access_changes" ("xid")',
  `create function "record_access_change"() returns trigger language plpgsql as $$
  begin
    if tg_table_name = 'users' then
      insert into "access_changes" ("user_id") values (old."id");
    elsif tg_op = 'INSERT' then
      insert into "access_changes" ("user_id") values (new."user_id");
    else
      insert into "access_changes" ("user_id") values (old."user_id");
    end if;
    return null;
  end $$`,
  `create trigger "users_access" after update of "is_active" on "users" for each row
    when (old."is_active" is distinct from new."is_active") execute function "record_access_change"()`,
  `create trigger "users_access_end" after delete on "users" for each row execute function "record_access_change"()`,
  `create trigger "user_roles_access" after insert or update or delete on "user_roles"
    for each row execute function "record_access_change"()`,
  `create trigger "sessions_access" after update of "revoked_at" on "sessions" for each row
    when (old."revoked_at" is distinct from new."revoked_at") execute function "record_access_change"()`,
  `create trigger "sessions_access_end" after delete on "sessions" for each row
    when (old."revoked_at" is null) execute function "record_access_change"()`,
  `create trigger "api_keys_access" after update of "revoked_at", "expires_at", "permissions" on "api_keys"
    for each row execute function "record_access_change"()`,
  `create trigger "api_keys_access_end" after delete on "api_keys" for each row
    when (old."revoked_at" is null) execute function "record_access_change"()`,
];
