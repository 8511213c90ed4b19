import { Migration } from '@mikro-orm/migrations';

/** Users' own keys for outside services, and which requests were made with one. */
export class Migration0019ProviderKeys extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "provider_keys" (
    "user_id" uuid not null references "users" ("id") on delete cascade,
    "provider" varchar(60) not null,
    "key_encrypted" text not null,
    "last_four" varchar(4) not null,
    "set_at" timestamptz(3) not null default now(),
    primary key ("user_id", "provider")
  )`,
  'alter table "generation_attempts" add column "own_key" boolean not null default false',
];
