import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { migrations } from '../../src/db/migrations/migrations.ts';
import { createTestDatabase } from '../helpers/database.ts';

/** The last of the latest release: what it created may be large by now. From here on none locks a table for long. */
const LAST_UNCHECKED = '0029-figures-indexes';
/** These stay small in every installation: a row for each queue, provider, service or process. All others grow with users or videos. */
const SMALL = new Set([
  'queues',
  'workers',
  'scheduled_tasks',
  'provider_states',
  'service_quotas',
  'service_quota_usage',
  'audit_chain',
  'alert_rounds',
  'process_readings',
  'daily_latencies',
  'availability_days',
  'daily_reports',
]);
const HINT = 'docs/decisions/0041-migrations-lock-briefly.md says what to write instead.';

const NAME = '(?:only )?(?:if (?:not )?exists )?(?:public\\.)?"?(\\w+)"?';
const VOLATILE =
  /\b(?:random|gen_random_uuid|uuidv[47]|clock_timestamp|timeofday|nextval)\s*\(|\b(?:small|big)?serial\b/;

/** What a statement does to the rows of a table that it locks; the first group is the table. */
const RULES: readonly {
  readonly finds: RegExp;
  readonly and?: (statement: string) => boolean;
  readonly why: string;
}[] = [
  {
    finds: new RegExp(`^create (?:unique )?index (?!concurrently).*? on ${NAME}`),
    why: 'others cannot write while an index is built',
  },
  { finds: new RegExp(`^reindex (?:table|index) (?!concurrently)${NAME}`), why: 'others cannot write meanwhile' },
  { finds: new RegExp(`^(?:cluster|vacuum full|vacuum \\(.*?full.*?\\)) ${NAME}`), why: 'it is written anew' },
  {
    finds: new RegExp(`^(?:with .*?\\) )?(?:update|delete from) ${NAME}`),
    why: 'rows stay locked to the end of all migrations',
  },
  {
    finds: new RegExp(`^alter table ${NAME}`),
    and: (one) =>
      /\badd (?:column )?(?!constraint)/.test(one) && (VOLATILE.test(one) || /\bstored\b|\bas identity\b/.test(one)),
    why: 'a value that differs from row to row is written to each',
  },
  {
    finds: new RegExp(`^alter table ${NAME}`),
    and: (one) => /\balter (?:column )?"?\w+"? (?:set data )?type\b/.test(one),
    why: 'each row is written anew, or at least each index built',
  },
  {
    finds: new RegExp(`^alter table ${NAME}`),
    and: (one) => /\bset not null\b/.test(one),
    why: 'each row is read while others cannot write',
  },
  {
    finds: new RegExp(`^alter table ${NAME}`),
    and: (one) =>
      /\badd (?:constraint|foreign key|check|unique|primary key)\b|\breferences\b/.test(one) &&
      !/\bnot valid\b|\busing index\b/.test(one),
    why: 'each row is checked while others cannot write',
  },
];

/** In small letters, with single blanks, and without comments and strings; those within `do`, and none of functions. */
function statementsOf(query: string): string[] {
  const plain = query
    .toLowerCase()
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'[^']*'/g, "''");
  const code = /^\s*do\b/.test(plain)
    ? plain.replaceAll(/\$\w*\$/g, ' ')
    : plain.replaceAll(/\$(\w*)\$[^$]*\$\1\$/g, ' ');
  return code
    .split(';')
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .map((one) => one.replace(/^(?:do )?(?:begin )?/, ''));
}

/** Why each statement must not be in a migration; `fresh` are tables that are created in the same update. */
function faultsIn(queries: readonly string[], fresh = new Set<string>()): string[] {
  return queries.flatMap(statementsOf).flatMap((statement) => {
    const created = new RegExp(`^create table ${NAME}`).exec(statement)?.[1];
    if (created !== undefined) fresh.add(created);
    return RULES.flatMap(({ finds, and, why }) => {
      const table = finds.exec(statement)?.[1];
      if (table === undefined || fresh.has(table) || SMALL.has(table) || (and && !and(statement))) return [];
      return `${statement.slice(0, 70)}: ${why}`;
    });
  });
}

describe('The migrations', () => {
  let db: Database;
  beforeAll(async () => {
    db = await createTestDatabase({ poolMax: 1 });
    return () => db.close();
  });

  it('lock no table that may be large for long', () => {
    const fresh = new Set<string>();
    const checked = migrations.filter(({ name }) => name > LAST_UNCHECKED);
    const faults = checked.flatMap(({ name, class: Migration }) => {
      const migration = new Migration(db.orm.driver, db.orm.config);
      migration.up();
      return faultsIn(migration.getQueries().map(String), fresh).map((fault) => `${name}: ${fault}`);
    });
    expect(checked.length).toBeGreaterThan(0);
    expect(faults, HINT).toEqual([]);
  });

  it('name only tables that exist as small', async () => {
    const tables = await db
      .em()
      .execute<{ name: string }[]>('select relname as name from pg_class where relkind = ?', ['r']);
    const names = new Set(tables.map(({ name }) => name));
    expect([...SMALL].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('A statement of a migration', () => {
  it.each([
    'create index "one" on "videos" ("title")',
    'CREATE UNIQUE INDEX one\n  ON public.videos (title)',
    'reindex table videos',
    'vacuum (full, analyze) videos',
    'update "videos" set title = \'\'',
    "with changed as (select 1) update videos set title = ''",
    "delete from videos where title = 'x; create table videos'",
    'alter table "videos" add column "key" uuid not null default gen_random_uuid()',
    'alter table videos add number bigserial',
    'alter table videos add column words tsvector generated always as (to_tsvector(title)) stored',
    'alter table videos alter column title type text',
    'alter table videos alter title set data type text',
    'alter table videos alter column title set not null',
    'alter table videos add constraint one check (progress > 0)',
    'alter table videos add unique (title)',
    'alter table videos add column other uuid references users (id)',
    'do $$ begin create index one on videos (title); end $$',
    'select 1; create index one on jobs (id)',
    'create table one (id int); create index two on videos (title)',
  ])('may lock for long: %s', (statement) => {
    expect(faultsIn([statement])).toHaveLength(1);
  });

  it.each([
    'create table "one" ("id" uuid primary key); create index "two" on "one" ("id"); update one set id = null',
    'create index concurrently if not exists one on videos (title)',
    'create unique index one on queues (name)',
    'alter table "videos" add column "note" text null, add column "at" timestamptz(3) not null default now()',
    'alter table videos add constraint one foreign key (owner_id) references users (id) not valid',
    'alter table videos validate constraint one',
    'alter table videos add constraint one primary key using index two',
    'alter table videos alter column title drop not null, alter column title set default $1',
    'drop index "one"',
    "comment on table videos is 'create index one on videos (title)'",
    'create function one() returns trigger as $$ begin update videos set title = null; end $$ language plpgsql',
    'create trigger one after update on videos for each row execute function two()',
  ])('locks briefly: %s', (statement) => {
    expect(faultsIn([statement])).toEqual([]);
  });
});
