import { Migration } from '@mikro-orm/migrations';

/** Calls to providers, one row for each content that a video needs from one. */
export class Migration0004Ledger extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "ledger" (
    "id" uuid not null primary key,
    "video_id" uuid not null references "videos" ("id") on delete cascade,
    "stage" varchar(20) not null,
    "scene_id" uuid null,
    "input_hash" varchar(64) not null,
    "provider" varchar(60) not null,
    "paid" boolean not null,
    "state" varchar(10) not null default 'INTENT'
      check ("state" in ('INTENT', 'SENT', 'SETTLED', 'UNCERTAIN')),
    "run" int not null,
    "sends" int not null default 0,
    "losses" int not null default 0,
    "kept" jsonb null,
    "error_code" varchar(80) null,
    "intended_at" timestamptz(3) not null default now(),
    "sent_at" timestamptz(3) null,
    "settled_at" timestamptz(3) null,
    -- A stage that asks once for the whole video has no scene, and that is one entry, too.
    unique nulls not distinct ("video_id", "stage", "scene_id", "input_hash")
  )`,
  // The paid amount remains when the video is deleted.
  `alter table "ai_generations" drop constraint "ai_generations_video_id_fkey",
    add foreign key ("video_id") references "videos" ("id") on delete set null`,
  // What operators search for: requests without an answer.
  `create index "ledger_open_index" on "ledger" ("sent_at") where "state" in ('SENT', 'UNCERTAIN')`,
];
