import { Migration } from '@mikro-orm/migrations';

/**
 * A generation is one content, with an attempt for each request to a provider; before, `ai_generations` had a row for each
 * request, and `ledger` the state of the content. Answers in the ledger were those of built-in providers: a video under way
 * makes them again.
 */
export class Migration0015Generations extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "ai_generations"
    add column "user_id" uuid null references "users" ("id") on delete set null,
    add column "stage" varchar(20) null,
    add column "scene_id" uuid null,
    add column "input_hash" varchar(64) null,
    add column "prompt" text not null default '',
    add column "parameters" jsonb not null default '{}',
    add column "result" jsonb null,
    add column "tokens_used" int null,
    add column "cached" boolean not null default false,
    add column "completed_at" timestamptz(3) null,
    alter column "processing_time_ms" drop not null,
    alter column "model" type varchar(200)`,
  `create table "generation_attempts" (
    "id" uuid not null primary key,
    "generation_id" uuid not null references "ai_generations" ("id") on delete cascade,
    "provider" varchar(60) not null,
    "model" varchar(200) null,
    "number" int not null,
    "paid" boolean not null,
    "state" varchar(10) not null default 'SENT' check ("state" in ('SENT', 'SETTLED', 'REFUSED', 'UNCERTAIN')),
    "run" int not null,
    "reserved" numeric(14,4) not null default 0,
    "cost" numeric(14,4) not null default 0,
    "started_id" varchar(300) null,
    "error_code" varchar(80) null,
    "error_message" text null,
    "latency_ms" int null,
    "sent_at" timestamptz(3) not null default now(),
    "ended_at" timestamptz(3) null,
    unique ("generation_id", "provider", "number")
  )`,
  `insert into "generation_attempts" ("id", "generation_id", "provider", "model", "number", "paid", "state", "run", "cost",
    "error_code", "error_message", "latency_ms", "sent_at", "ended_at")
    select gen_random_uuid(), "id", "provider", "model", 1, false, case "status" when 'COMPLETED' then 'SETTLED' else 'REFUSED' end,
      1, "cost", "error_code", "error_message", "processing_time_ms", "created_at", "created_at" from "ai_generations"`,
  `update "ai_generations" set "completed_at" = "created_at",
    "user_id" = (select "owner_id" from "videos" where "videos"."id" = "video_id")`,
  // A stage that asks once for the whole video has no scene, and that is one generation, too.
  `create unique index "ai_generations_request_unique" on "ai_generations" ("video_id", "stage", "scene_id", "input_hash")
    nulls not distinct where "input_hash" is not null`,
  'create index "ai_generations_user_index" on "ai_generations" ("user_id", "created_at" desc, "id" desc)',
  'drop index "ai_generations_provider_index"',
  'drop index "ai_generations_video_id_index"',
  'create index "ai_generations_video_id_index" on "ai_generations" ("video_id", "created_at" desc, "id" desc)',
  `create unique index "generation_attempts_sent_unique" on "generation_attempts" ("generation_id") where "state" = 'SENT'`,
  // What operators search for, and what counts against a provider's limit: requests without an answer.
  `create index "generation_attempts_open_index" on "generation_attempts" ("provider", "sent_at") where "state" in ('SENT', 'UNCERTAIN')`,
  'create index "generation_attempts_provider_index" on "generation_attempts" ("provider", "sent_at")',
  'drop table "ledger"',
  `alter table "videos" add column "max_cost" numeric(14,4) null, add column "providers" jsonb null`,
  'alter table "ai_quotas" add column "custom_limit" int null, alter column "used" set default 0, alter column "reserved" set default 0',
  `create table "provider_states" (
    "name" varchar(60) not null primary key,
    "enabled" boolean not null default true,
    "failures" int not null default 0,
    "retry_at" timestamptz(3) null
  )`,
];
