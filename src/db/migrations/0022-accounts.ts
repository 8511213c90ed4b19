import { Migration } from '@mikro-orm/migrations';

/** Accounts that their owners manage themselves (docs/decisions/0034-accounts.md). */
export class Migration0022Accounts extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  'alter table "users" alter column "username" type varchar(50)',
  `create table "removed_files" (
    "prefix" varchar(100) not null primary key,
    "removed_at" timestamptz(3) not null default now()
  )`,
];
