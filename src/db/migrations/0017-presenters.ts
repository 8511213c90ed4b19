import { Migration } from '@mikro-orm/migrations';

/** Who speaks the scenes in the picture; null where the picture shows no presenter. */
export class Migration0017Presenters extends Migration {
  override up(): void {
    this.addSql('alter table "videos" add column "presenter" jsonb null');
  }
}
