import { Migration } from '@mikro-orm/migrations';

/** Content that was made for one video is found by the requests of its owner's other videos. */
export class Migration0020ContentCache extends Migration {
  override up(): void {
    this.addSql('alter table "ai_generations" add column "cache_key" varchar(64) null');
    this.addSql(
      `create index "ai_generations_cache_index" on "ai_generations" ("user_id", "cache_key") where "cache_key" is not null`,
    );
  }
}
