import { Migration } from '@mikro-orm/migrations';

/** The trace of the request that ordered a job, and that request's span: so that logs, errors and traces of the work name both. */
export class Migration0028Traces extends Migration {
  override up(): void {
    this.addSql('alter table "jobs" add column "trace_id" varchar(32) null, add column "span_id" varchar(16) null');
  }
}
