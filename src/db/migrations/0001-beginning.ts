import { Migration } from '@mikro-orm/migrations';

/** Accounts, videos, the progress log, jobs and quotas. */
export class Migration0001Beginning extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm');
    for (const statement of [...accounts, ...videos, ...jobs, ...generations]) this.addSql(statement);
  }
}

const accounts = [
  `create table "users" (
    "id" uuid not null primary key,
    "username" varchar(40) not null,
    "email_encrypted" text not null,
    "email_index" varchar(64) not null,
    "email_verified" boolean not null default false,
    "phone_encrypted" text null,
    "password_hash" text not null,
    "full_name" varchar(200) null,
    "bio" text null,
    "avatar_url" text null,
    "website" text null,
    "location" varchar(200) null,
    "is_active" boolean not null default true,
    "failed_logins" int not null default 0,
    "locked_until" timestamptz(3) null,
    "last_login_at" timestamptz(3) null,
    "created_at" timestamptz(3) not null default now(),
    "updated_at" timestamptz(3) not null default now(),
    constraint "users_email_index_unique" unique ("email_index")
  )`,
  'create unique index "users_username_unique" on "users" (lower("username"))',
  'create index "users_created_at_index" on "users" ("created_at")',
  `create table "user_roles" (
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "role" varchar(20) not null,
    "granted_at" timestamptz(3) not null default now(),
    "granted_by" uuid null references "users" ("id") on delete set null,
    "expires_at" timestamptz(3) null,
    primary key ("user_id", "role"),
    constraint "user_roles_role_check" check (role in ('GUEST', 'USER', 'CREATOR', 'PREMIUM', 'ADMIN', 'SUPER_ADMIN'))
  )`,
  'create index "user_roles_granted_by_index" on "user_roles" ("granted_by")',
  `create table "user_subscriptions" (
    "user_id" uuid not null primary key references "users" ("id") on delete cascade,
    "plan" varchar(20) not null,
    "status" varchar(20) not null,
    "started_at" timestamptz(3) not null default now(),
    "ends_at" timestamptz(3) null,
    "auto_renew" boolean not null default true
  )`,
  `create table "sessions" (
    "id" uuid not null primary key,
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "refresh_jti" uuid not null,
    "previous_jti" uuid null,
    "rotated_at" timestamptz(3) null,
    "user_agent" varchar(400) null,
    "ip_address" varchar(45) null,
    "created_at" timestamptz(3) not null default now(),
    "last_used_at" timestamptz(3) not null default now(),
    "expires_at" timestamptz(3) not null,
    "revoked_at" timestamptz(3) null,
    "revoke_reason" varchar(20) null
  )`,
  'create index "sessions_user_id_index" on "sessions" ("user_id")',
];

const videos = [
  `create table "videos" (
    "id" uuid not null primary key,
    "owner_id" uuid not null references "users" ("id") on delete cascade,
    "title" varchar(200) not null,
    "title_given" boolean not null default true,
    "description" text null,
    "source" jsonb not null,
    "script" text null,
    "language" varchar(35) not null,
    "status" varchar(20) not null default 'PENDING',
    "progress" smallint not null default 0,
    "run" int not null default 1,
    "current_stage" varchar(20) null,
    "eta_seconds" int null,
    "last_event_seq" bigint null,
    "aspect_ratio" varchar(20) not null,
    "resolution" varchar(20) not null,
    "priority" varchar(10) not null default 'NORMAL',
    "target_duration_seconds" int null,
    "voice_id" varchar(100) null,
    "voice_speed" double precision not null default 1,
    "visual_style" text null,
    "burn_in_captions" boolean not null default true,
    "music_mood" varchar(40) null,
    "music_volume" double precision null,
    "tags" text[] not null default '{}',
    "platforms" text[] not null default '{}',
    "seo_title" varchar(100) null,
    "seo_description" text null,
    "seo_keywords" text[] not null default '{}',
    "duration_seconds" double precision null,
    "file_key" text null,
    "file_size" bigint null,
    "thumbnail_key" text null,
    "captions" jsonb null,
    "analysis" jsonb null,
    "quality" jsonb null,
    "error" jsonb null,
    "created_at" timestamptz(3) not null default now(),
    "updated_at" timestamptz(3) not null default now(),
    "started_at" timestamptz(3) null,
    "completed_at" timestamptz(3) null,
    "published_at" timestamptz(3) null,
    "deleted_at" timestamptz(3) null
  )`,
  'create index "videos_owner_status_index" on "videos" ("owner_id", "status", "created_at" desc)',
  `create index "videos_owner_list_index" on "videos" ("owner_id", "created_at" desc, "id" desc)
     include ("title", "status", "duration_seconds", "thumbnail_key")`,
  'create index "videos_live_index" on "videos" ("created_at" desc, "id" desc) where "deleted_at" is null',
  'create index "videos_deleted_index" on "videos" ("deleted_at") where "deleted_at" is not null',
  'create index "videos_status_index" on "videos" ("status")',
  'create index "videos_published_at_index" on "videos" ("published_at")',
  'create index "videos_tags_index" on "videos" using gin ("tags")',
  // Trigrams find words and parts of words, also in Chinese, which has no spaces between words.
  `create index "videos_search_index" on "videos" using gin ((title || ' ' || coalesce(description, '')) gin_trgm_ops)`,
  `create table "scenes" (
    "id" uuid not null primary key,
    "video_id" uuid not null references "videos" ("id") on delete cascade,
    "position" int not null,
    "narration" text not null,
    "visual_prompt" text not null,
    "audio_key" text null,
    "image_key" text null,
    "duration_seconds" double precision null
  )`,
  'create index "scenes_video_index" on "scenes" ("video_id", "position")',
  `create table "video_stages" (
    "video_id" uuid not null references "videos" ("id") on delete cascade,
    "stage" varchar(20) not null,
    "status" varchar(20) not null default 'PENDING',
    "progress" smallint not null default 0,
    "attempt" int not null default 0,
    "max_attempts" int not null default 1,
    "next_attempt_at" timestamptz(3) null,
    "started_at" timestamptz(3) null,
    "completed_at" timestamptz(3) null,
    "provider" varchar(60) null,
    "error_code" varchar(80) null,
    "error_message" text null,
    "input_hash" varchar(64) null,
    "output" jsonb null,
    primary key ("video_id", "stage")
  )`,
  // No foreign key: the log outlives its video, so that a stream of all videos stays complete.
  `create table "video_events" (
    "owner_id" uuid not null,
    "seq" bigint not null,
    "video_id" uuid not null,
    "run" int not null,
    "status" varchar(20) not null,
    "stage" varchar(20) null,
    "stage_status" varchar(20) null,
    "progress" smallint not null,
    "message" text not null,
    "scene_index" int null,
    "scene_count" int null,
    "eta_seconds" int null,
    "cost_spent" numeric(14,4) not null default '0',
    "error" jsonb null,
    "at" timestamptz(3) not null default clock_timestamp(),
    primary key ("owner_id", "seq")
  )`,
  'create index "video_events_video_index" on "video_events" ("video_id", "seq")',
  `create table "event_cursors" (
    "owner_id" uuid not null primary key,
    "last_seq" bigint not null default '0',
    "pruned_through" bigint not null default '0'
  )`,
];

const jobs = [
  `create table "jobs" (
    "id" uuid not null primary key,
    "queue" varchar(20) not null,
    "video_id" uuid not null references "videos" ("id") on delete cascade,
    "status" varchar(10) not null default 'WAITING',
    "attempt" int not null default 0,
    "fence" bigint not null default '0',
    "worker_id" uuid null,
    "lease_expires_at" timestamptz(3) null,
    "rings" int not null default 0,
    "rung_at" timestamptz(3) not null default now(),
    "created_at" timestamptz(3) not null default now(),
    "finished_at" timestamptz(3) null,
    constraint "jobs_video_id_unique" unique ("video_id")
  )`,
  `create index "jobs_unfinished_index" on "jobs" ("queue", "created_at") where "status" in ('WAITING', 'ACTIVE')`,
  `create table "outbox" (
    "id" bigserial primary key,
    "queue" varchar(20) not null,
    "job_id" uuid not null references "jobs" ("id") on delete cascade,
    "ring" int not null,
    "created_at" timestamptz(3) not null default now()
  )`,
  'create index "outbox_job_id_index" on "outbox" ("job_id")',
  `create table "workers" (
    "id" uuid not null primary key,
    "hostname" varchar(255) not null,
    "pid" int not null,
    "slots" int not null,
    "started_at" timestamptz(3) not null default now(),
    "heartbeat_at" timestamptz(3) not null default now()
  )`,
];

const generations = [
  `create table "ai_quotas" (
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "type" varchar(20) not null,
    "period" varchar(10) not null,
    "quota_limit" int not null,
    "used" int not null default 0,
    "reserved" int not null default 0,
    "reset_at" timestamptz(3) not null,
    primary key ("user_id", "type", "period")
  )`,
  `create table "ai_generations" (
    "id" uuid not null primary key,
    "video_id" uuid null references "videos" ("id") on delete cascade,
    "type" varchar(20) not null,
    "provider" varchar(60) not null,
    "model" varchar(120) null,
    "status" varchar(20) not null,
    "processing_time_ms" int not null,
    "cost" numeric(14,4) not null default '0',
    "error_code" varchar(80) null,
    "error_message" text null,
    "created_at" timestamptz(3) not null default now()
  )`,
  'create index "ai_generations_video_id_index" on "ai_generations" ("video_id")',
  'create index "ai_generations_type_index" on "ai_generations" ("type")',
  'create index "ai_generations_provider_index" on "ai_generations" ("provider", "created_at")',
  'create index "ai_generations_created_at_index" on "ai_generations" ("created_at")',
];
