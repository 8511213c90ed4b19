import { describe, expect, it } from 'vitest';
import { isAdditive, locksOf } from './migration-effects.ts';

const table = (name: string, lock: string) => ({ name, isIndex: false, lock });

describe('What a migration locks', () => {
  it.each([
    ['create table "alerts" ("id" uuid primary key)', []],
    [
      'create table "notes" ("video_id" uuid not null references "videos" ("id") on delete cascade)',
      [table('videos', 'writes')],
    ],
    ['alter table "videos" add column "style" jsonb', [table('videos', 'reads and writes')]],
    ['ALTER TABLE videos\n  ADD COLUMN style jsonb', [table('videos', 'reads and writes')]],
    [
      'alter table "scenes" add constraint "f" foreign key ("video_id") references "videos" ("id") not valid',
      [table('scenes', 'writes'), table('videos', 'writes')],
    ],
    ['alter table "scenes" validate constraint "f"', [table('scenes', 'changed rows')]],
    ['create unique index "i" on "jobs" ("queue")', [table('jobs', 'writes')]],
    ['create index "i" on only "jobs" using gin ("queue")', [table('jobs', 'writes')]],
    ['drop index "videos_by_age"', [{ name: 'videos_by_age', isIndex: true, lock: 'reads and writes' }]],
    ['drop table "old"', [table('old', 'reads and writes')]],
    ['update "videos" set "run" = 1', [table('videos', 'changed rows')]],
    ['insert into "history" select * from "videos"', [table('history', 'changed rows')]],
    ['create trigger "t" before update on "videos" for each row execute function f()', [table('videos', 'writes')]],
    ['create extension if not exists pg_trgm', []],
  ])('is known of: %s', (statement, locks) => {
    expect(locksOf(statement)).toEqual(locks);
  });
});

describe('An earlier program works on after', () => {
  const created = new Set(['notes']);

  it.each([
    'create table "notes" ("id" uuid primary key)',
    'create index "i" on "videos" ("title")',
    'drop index "videos_by_age"',
    'alter table "videos" add column "style" jsonb',
    'alter table "videos" add column "run" int not null default 1, add "cost" numeric(14,4)',
    'alter table "notes" add constraint "f" foreign key ("video_id") references "videos" ("id")',
    'insert into "notes" select "id" from "videos"',
  ])('%s', (statement) => {
    expect(isAdditive(statement, created)).toBe(true);
  });

  it.each([
    'alter table "videos" drop column "style"',
    'alter table "videos" add column "style" jsonb, drop column "title"',
    'alter table "videos" add column "run" int not null',
    'alter table "videos" add column "run" int unique',
    'alter table "videos" alter column "title" set not null',
    'alter table "videos" rename column "title" to "name"',
    'alter table "videos" rename to "films"',
    'alter table "videos" add constraint "c" check ("run" > 0)',
    'create unique index "i" on "videos" ("title")',
    'drop table "scenes"',
    'update "videos" set "title" = \'\'',
    'create trigger "t" before update on "videos" for each row execute function f()',
    'do $$ begin perform 1; end $$',
  ])('not surely after %s', (statement) => {
    expect(isAdditive(statement, created)).toBe(false);
  });
});
