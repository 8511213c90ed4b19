import type { Platform, VideoStatus } from '../entities/enums.ts';
import { tidy } from './new-video.ts';

type Maybe<T> = T | null | undefined;

export interface VideoListFilter {
  readonly status?: Maybe<readonly VideoStatus[]>;
  readonly platform?: Maybe<readonly Platform[]>;
  /** Videos that have all of them. */
  readonly tags?: Maybe<readonly string[]>;
  readonly language?: Maybe<string>;
  readonly createdAfter?: Maybe<Date>;
  readonly createdBefore?: Maybe<Date>;
  /** Every word has to stand in the title or the description; of words with spaces between them, at their beginning. */
  readonly search?: Maybe<string>;
}

/** One condition on `videos as v`, and the values that stand for its parameters. */
export interface Condition {
  /** The same for the same SQL. */
  readonly tag: string;
  readonly values: readonly unknown[];
  /** Given the parameters, e.g. `$2`, one for each value. */
  sql(first: string, second: string): string;
  /** The same, asked of rows one by one, where that is another way than by an index. */
  ofRow?(first: string, second: string): string;
}

export function filterConditions(filter: VideoListFilter): Condition[] {
  const { status, platform, tags, language, createdAfter, createdBefore, search } = filter;
  const all: Condition[] = [];
  if (status != null) all.push({ tag: 's', values: [status], sql: (p) => `v.status = any(${p}::text[])` });
  if (platform != null) all.push({ tag: 'p', values: [platform], sql: (p) => `v.platforms && ${p}::text[]` });
  if (tags?.length) all.push({ tag: 't', values: [tags.map(tidy)], sql: (p) => `v.tags @> ${p}::text[]` });
  if (language != null) all.push({ tag: 'l', values: [language], sql: (p) => `v.language = ${p}` });
  if (createdAfter != null) all.push({ tag: 'g', values: [createdAfter], sql: (p) => `v.created_at > ${p}` });
  if (createdBefore != null) all.push({ tag: 'b', values: [createdBefore], sql: (p) => `v.created_at < ${p}` });
  if (search != null) all.push(...searchConditions(search));
  return all;
}

/** True for what `search` finds the words of in the index. */
export const SEARCH_TAG = 'w';

/** A word of these alone is found by the index just where it stands: a plain word, or one or two ideographs. */
const EXACT = /^(?:[a-z0-9]{1,60}|[\u4e00-\u9fff]{1,2})$/i;

/**
 * The index finds words, and pairs of letters where words are not parted; what it cannot tell (punctuation, a longer run of
 * ideographs) is looked at in the text itself.
 */
function searchConditions(search: string): Condition[] {
  const words = tidy(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const inIndex: Condition = {
    tag: SEARCH_TAG,
    values: [words.join(' ')],
    sql: (p) => `(search_terms(${p}) is null or search_beginnings(v.search_words) @@ search_terms(${p}))`,
    ofRow: (p) => `(search_query(${p}) is null or v.search_words @@ search_query(${p}))`,
  };
  const unsure = words.filter((word) => !EXACT.test(word));
  if (unsure.length === 0) return [inIndex];
  return [
    inIndex,
    { tag: 'x', values: [unsure], sql: (p) => `not exists (select from unnest(${p}::text[]) as word where ${LACKS})` },
  ];
}

const LACKS = `strpos(lower(v.title || ' ' || coalesce(v.description, '')), lower(word)) = 0`;
