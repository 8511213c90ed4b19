import { Migration } from '@mikro-orm/migrations';

/** Notifications are sent after a commit: until then their rows say that a process is sending them. */
export class Migration0012OutboxSenders extends Migration {
  override up(): void {
    this.addSql('alter table "outbox" add column "sending_until" timestamptz(3) null');
  }
}
