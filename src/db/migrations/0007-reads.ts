import { Migration } from '@mikro-orm/migrations';

/** Lists from a covering index, stored counts, and words to search by. */
export class Migration0007Reads extends Migration {
  override up(): void {
    for (const statement of [...list, ...counts, ...words]) this.addSql(statement);
  }
}

const list = [
  // Without deleted videos in it, the index alone answers a list that selects only its columns.
  'drop index "videos_owner_list_index"',
  `create index "videos_owner_list_index" on "videos" ("owner_id", "created_at" desc, "id" desc)
     include ("title", "status", "duration_seconds", "thumbnail_key") where "deleted_at" is null`,
];

const counts = [
  `create table "video_counts" (
    "owner_id" uuid not null primary key references "users" ("id") on delete cascade,
    "live" bigint not null
  ) with (fillfactor = 50)`,
  // Once for each statement, so that a thousand rows count as cheaply as one.
  `create function count_new_videos() returns trigger language plpgsql as $$
    begin
      insert into video_counts (owner_id, live)
        select owner_id, count(*) from added where deleted_at is null group by owner_id order by owner_id
      on conflict (owner_id) do update set live = video_counts.live + excluded.live;
      return null;
    end $$`,
  `create function count_gone_videos() returns trigger language plpgsql as $$
    begin
      update video_counts set live = live - gone.videos
      from (select owner_id, count(*) as videos from removed where deleted_at is null group by owner_id) as gone
      where video_counts.owner_id = gone.owner_id;
      return null;
    end $$`,
  // For each row, since a trigger on certain columns cannot have transition tables; the progress of a video never fires it.
  `create function count_hidden_video() returns trigger language plpgsql as $$
    begin
      if old.deleted_at is null then
        update video_counts set live = live - 1 where owner_id = old.owner_id;
      end if;
      if new.deleted_at is null then
        insert into video_counts (owner_id, live) values (new.owner_id, 1)
        on conflict (owner_id) do update set live = video_counts.live + 1;
      end if;
      return null;
    end $$`,
  `create trigger videos_added after insert on videos
     referencing new table as added for each statement execute function count_new_videos()`,
  `create trigger videos_removed after delete on videos
     referencing old table as removed for each statement execute function count_gone_videos()`,
  `create trigger videos_hidden after update of deleted_at, owner_id on videos for each row
     when ((old.deleted_at is null) is distinct from (new.deleted_at is null) or old.owner_id is distinct from new.owner_id)
     execute function count_hidden_video()`,
  `insert into video_counts (owner_id, live)
     select owner_id, count(*) from videos where deleted_at is null group by owner_id`,
];

/**
 * Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, ideographs, Hangul. A program cannot find the words
 * of their texts, so every letter and every pair of neighbors is a search term.
 */
const UNSPACED = String.raw`\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3041-\u30FF\u3105-\u312F\u31A0-\u31BF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF`;
/** Named one by one, because which characters PostgreSQL regards as letters depends on the locale of the database. */
const BETWEEN = String.raw`\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF\u2100-\u2BFF\u3000-\u3004\u3008-\u3020\u30A0\u30FB\uFE30-\uFE4F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65`;

const words = [
  // Each letter of unspaced scripts, and pairs of neighbours: once from the first of a run on, once from the second.
  String.raw`create function search_pairs(parted text) returns text language sql immutable parallel safe as $$
    select regexp_replace(parted, '([${UNSPACED}])', '\1 ', 'g') || ' '
      || regexp_replace(parted, '([${UNSPACED}]{2})', '\1 ', 'g') || ' '
      || regexp_replace(regexp_replace(parted, ' ([${UNSPACED}])', ' \1 ', 'g'), '([${UNSPACED}]{2})', '\1 ', 'g')
  $$`,
  String.raw`create function search_parted(given text) returns text language sql immutable parallel safe as $$
    select regexp_replace(
      regexp_replace(regexp_replace(lower(given), '[${BETWEEN}]+', ' ', 'g'), '([${UNSPACED}]+)', ' \1 ', 'g'),
      '([^ ${UNSPACED}]{60})[^ ${UNSPACED}]+', '\1', 'g')
  $$`,
  `create function search_vector(title text, description text) returns tsvector language sql immutable parallel safe as $$
    select array_to_tsvector(array_remove(string_to_array(
      search_pairs(search_parted(title || ' ' || coalesce(description, ''))), ' '), ''))
  $$`,
  // A word that is still being typed matches words that begin with it.
  String.raw`create function search_query(given text) returns tsquery language sql immutable strict parallel safe as $$
    select string_agg(distinct quote_literal(replace(term, '\', '\\'))
      || case when piece ~ '^[${UNSPACED}]' then '' else ':*' end, ' & ')::tsquery
    from unnest(string_to_array(search_parted(given), ' ')) as piece,
      lateral (
        select case when piece ~ '^[${UNSPACED}].' then substr(piece, place, 2) else piece end as term
        from generate_series(1, case when piece ~ '^[${UNSPACED}].' then length(piece) - 1 else 1 end) as place
      ) as terms
    where piece <> ''
  $$`,
  `alter table "videos" add column "search_words" tsvector generated always as (search_vector("title", "description")) stored`,
  'drop index "videos_search_index"',
  // With the owner in it, so that a common word is not searched for among the videos of all owners.
  'create extension if not exists btree_gin',
  'create index "videos_search_index" on "videos" using gin ("owner_id", "search_words")',
];
