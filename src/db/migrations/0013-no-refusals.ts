import { Migration } from '@mikro-orm/migrations';

/** Quotas are refused by the rows of a statement: nothing calls this function any more. */
export class Migration0013NoRefusals extends Migration {
  override up(): void {
    this.addSql('drop function refuse_quota(text, bigint, numeric)');
  }
}
