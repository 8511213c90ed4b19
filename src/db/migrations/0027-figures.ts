import { Migration } from '@mikro-orm/migrations';

/** Figures over time: every attempt at each stage of a video, what each process reports of itself, and what became of each day. */
export class Migration0027Figures extends Migration {
  override up(): void {
    for (const statement of [...processingHistory, ...processes, ...days]) this.addSql(statement);
  }
}

// The foreign key is in 0029: to reference videos locks them.
const processingHistory = [
  `create table "video_processing_history" (
    "video_id" uuid not null,
    "number" int not null,
    "run" int not null,
    "stage" varchar(20) not null,
    "attempt" int not null,
    "worker_id" uuid null,
    "provider" varchar(60) null,
    "status" varchar(20) not null default 'RUNNING',
    "started_at" timestamptz(3) not null default now(),
    "ended_at" timestamptz(3) null,
    "cost" numeric(14,4) null,
    "error_code" varchar(80) null,
    primary key ("video_id", "number")
  )`,
  // What earlier versions have kept of attempts: those that succeeded last, and those under way.
  `insert into "video_processing_history"
    ("video_id", "number", "run", "stage", "attempt", "provider", "status", "started_at", "ended_at")
  select stage."video_id", row_number() over (partition by stage."video_id" order by stage."started_at", stage."stage"),
    video."run", stage."stage", greatest(stage."attempt", 1), stage."provider", stage."status", stage."started_at", stage."completed_at"
  from "video_stages" stage join "videos" video on video."id" = stage."video_id"
  where stage."started_at" is not null
    and (stage."status" = 'COMPLETED' and stage."completed_at" is not null or stage."status" = 'RUNNING')`,
  'create index "video_processing_history_ended_at_index" on "video_processing_history" ("ended_at")',
];

const processes = [
  `create table "process_readings" (
    "process_id" uuid not null primary key,
    "host" varchar(255) not null,
    "pid" int not null,
    "kind" varchar(10) not null,
    "at" timestamptz(3) not null default now(),
    "cpu_percent" float8 null,
    "memory_percent" float8 null,
    "rss_bytes" bigint not null,
    "free_disk_percent" float8 null,
    "loop_delay_ms" float8 not null,
    "pool_total" int not null,
    "pool_used" int not null,
    "pool_waiting" int not null,
    "pool_max" int not null,
    "pool_leaked" int not null,
    "requests" int not null,
    "errors" int not null,
    "api_latency_ms" float8 null,
    "sql_latency_ms" float8 null,
    "slowest_operation" varchar(200) null,
    "slowest_seconds" float8 null
  )`,
  `create table "daily_latencies" (
    "day" date not null,
    "kind" varchar(10) not null,
    "bound_seconds" float8 not null,
    "count" bigint not null,
    primary key ("day", "kind", "bound_seconds")
  )`,
];

const days = [
  `create table "availability_days" (
    "day" date not null primary key,
    "good" int not null,
    "bad" int not null,
    "last_round_at" timestamptz(3) not null
  )`,
  `create table "daily_reports" (
    "day" date not null primary key,
    "report" jsonb not null,
    "written_at" timestamptz(3) not null default now()
  )`,
];
