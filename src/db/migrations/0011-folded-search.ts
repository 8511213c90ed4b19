import { Migration } from '@mikro-orm/migrations';

/** Search that ignores accents, case, width and kinds of quotation marks and hyphens; titles in the order of a dictionary. */
export class Migration0011FoldedSearch extends Migration {
  override up(): void {
    for (const statement of [needsIcu, ...folding, ...words, ...titles]) this.addSql(statement);
  }
}

const needsIcu = `do $$ begin
  if not exists (select from pg_collation where collname = 'und-x-icu') then
    raise exception 'This PostgreSQL was built without ICU, which titles are sorted by: use a package with ICU, as the usual ones are.';
  end if;
end $$`;

const folding = [
  // Plain ASCII, as most English titles are, needs none of the steps. Its cost keeps the planner from calling it for rows that the
  // index has not found.
  String.raw`create function search_fold(given text) returns text language plpgsql immutable strict parallel safe cost 200 as $$
    declare
      folded text collate "C";
    begin
      if octet_length(given) = length(given) then return lower(given); end if;
      folded := normalize(lower(given collate "und-x-icu"), NFKD);
      -- Accents of Latin, Greek and Cyrillic letters, soft hyphens and what has no width. Marks of other scripts stay.
      folded := regexp_replace(folded, '[\u0300-\u036F\u00AD\u200B-\u200D\u2060\uFEFF]+', '', 'g');
      folded := translate(folded, U&'\2018\2019\201A\201B\2032\02BC\2010\2011\2012\2013\2014\2015\2212\201C\201D\201E\00AB\00BB\00F8\0142\0111\0131\03C2',
        '''''''''''''-------"""""oldi' || U&'\03C3');
      folded := replace(replace(replace(replace(replace(folded, U&'\00DF', 'ss'), U&'\00E6', 'ae'), U&'\0153', 'oe'), U&'\00FE', 'th'), U&'\00F0', 'd');
      return normalize(folded, NFKC);
    end $$`,
];

/** As in migration 0007. */
const UNSPACED = String.raw`\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3041-\u30FF\u3105-\u312F\u31A0-\u31BF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF`;
const BETWEEN = String.raw`\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF\u2100-\u2BFF\u3000-\u3004\u3008-\u3020\u30A0\u30FB\uFE30-\uFE4F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65`;

const words = [
  String.raw`create or replace function search_parted(given text) returns text language plpgsql immutable parallel safe as $$
    begin
      return regexp_replace(
        regexp_replace(regexp_replace(search_fold(given), '[${BETWEEN}]+', ' ', 'g'), '([${UNSPACED}]+)', ' \1 ', 'g'),
        '([^ ${UNSPACED}]{60})[^ ${UNSPACED}]+', '\1', 'g');
    end $$`,
  // A stored column is recomputed only when it is added; its index is dropped and created with it.
  'alter table "videos" drop column "search_words"',
  'alter table "videos" add column "search_words" tsvector generated always as (search_vector("title", "description")) stored',
  'create index "videos_search_index" on "videos" using gin ("owner_id", search_beginnings("search_words"))',
];

const titles = [
  `create index "videos_owner_title_index" on "videos" ("owner_id", "title" collate "und-x-icu", "id") where "deleted_at" is null`,
  // The version that the index was built with; another version of ICU may sort differently (see collations.ts).
  `do $$ begin
    execute format('comment on index videos_owner_title_index is %L',
      (select pg_collation_actual_version(oid) from pg_collation where collname = 'und-x-icu'));
  end $$`,
];
