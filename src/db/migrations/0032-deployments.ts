import { Migration } from '@mikro-orm/migrations';

/** Which version ran since when. */
export class Migration0032Deployments extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "deployments" (
    "id" bigserial primary key,
    "version" varchar(40) not null,
    "migration" varchar(100) not null,
    "first_seen_at" timestamptz(3) not null default now(),
    "last_seen_at" timestamptz(3) not null default now()
  )`,
];
