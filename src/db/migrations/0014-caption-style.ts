import { Migration } from '@mikro-orm/migrations';

/** How captions in the picture look; null where the shape of the picture decides. */
export class Migration0014CaptionStyle extends Migration {
  override up(): void {
    this.addSql('alter table "videos" add column "caption_style" varchar(20) null');
  }
}
