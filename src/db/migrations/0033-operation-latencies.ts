import { Migration } from '@mikro-orm/migrations';

/** How long operations took, by the names of their root fields: what each process with an API counts in half a minute. */
export class Migration0033OperationLatencies extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "operation_latencies" (
    "id" bigserial primary key,
    "at" timestamptz(3) not null default now(),
    "operation" varchar(200) not null,
    "requests" int not null,
    "errors" int not null,
    "total_ms" float8 not null,
    "min_ms" float8 not null,
    "max_ms" float8 not null,
    "buckets" smallint[] not null,
    "counts" int[] not null
  )`,
  'create index "operation_latencies_at_index" on "operation_latencies" ("at")',
];
