import { Migration } from '@mikro-orm/migrations';

/** What the newest run of a task has done, such as how much it has freed. */
export class Migration0037TaskResults extends Migration {
  override up(): void {
    this.addSql('alter table "scheduled_tasks" add column "last_result" text null');
  }
}
