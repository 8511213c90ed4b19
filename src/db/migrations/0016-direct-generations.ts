import { Migration } from '@mikro-orm/migrations';

/** Jobs that make one content for a user, without a video. */
export class Migration0016DirectGenerations extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "ai_generations"
    -- What the user ordered, as the worker needs it; null for contents of videos and for tests of providers.
    add column "content_order" jsonb null,
    add column "run" int not null default 1`,
  `create index "ai_generations_order_index" on "ai_generations" ("created_at") where "content_order" is not null`,
  `alter table "jobs"
    alter column "video_id" drop not null,
    add column "generation_id" uuid null unique references "ai_generations" ("id") on delete cascade,
    add constraint "jobs_subject_check" check (
      num_nonnulls("video_id", "generation_id") = 1 and ("generation_id" is null or "queue" = 'AI'))`,
  'alter table "idempotency_keys" rename column "video_id" to "subject_id"',
];
