import { Migration } from '@mikro-orm/migrations';

/** The audit log: entries that are only added, each with a hash over the one before (docs/decisions/0031-audit-log.md). */
export class Migration0021AuditLog extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "audit_log" (
    "seq" bigint not null primary key,
    "id" uuid not null unique,
    "at" timestamptz(3) not null,
    "actor_id" uuid null,
    "action" varchar(60) not null,
    "target" varchar(200) null,
    "outcome" varchar(10) not null check ("outcome" in ('SUCCESS', 'DENIED', 'FAILURE')),
    "ip_address" varchar(45) null,
    "details" jsonb null,
    "salt" text null,
    "digest" varchar(64) not null,
    "hash" varchar(64) not null,
    "erased_at" timestamptz(3) null
  )`,
  'create index "audit_log_actor_index" on "audit_log" ("actor_id", "seq") where "actor_id" is not null',
  'create index "audit_log_action_index" on "audit_log" ("action", "seq")',
  'create index "audit_log_target_index" on "audit_log" ("target", "seq") where "target" is not null',
  `create table "audit_chain" (
    "one" boolean not null primary key default true check ("one"),
    "seq" bigint not null,
    "hash" varchar(64) not null
  )`,
  `insert into "audit_chain" ("seq", "hash") values (0, repeat('0', 64))`,
  // No statement may change or remove an entry, except that the personal data of erased accounts leave it: first those
  // of its actor, later perhaps those of its target.
  `create function "audit_log_is_append_only"() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and new."salt" is null
      and new."erased_at" is not null and (old."erased_at" is null or new."erased_at" = old."erased_at")
      and (new."actor_id" is null or new."actor_id" = old."actor_id")
      and (new."target" is null or new."target" = old."target")
      and (new."ip_address" is null or new."ip_address" = old."ip_address")
      and (new."details" is null or new."details" = old."details")
      and (new."seq", new."id", new."at", new."action", new."outcome", new."digest", new."hash")
        = (old."seq", old."id", old."at", old."action", old."outcome", old."digest", old."hash")
    then
      return new;
    end if;
    raise exception 'Entries of the audit log cannot be changed or removed.';
  end $$`,
  `create trigger "audit_log_rows" before update or delete on "audit_log"
    for each row execute function "audit_log_is_append_only"()`,
  `create trigger "audit_log_truncate" before truncate on "audit_log"
    for each statement execute function "audit_log_is_append_only"()`,
];
