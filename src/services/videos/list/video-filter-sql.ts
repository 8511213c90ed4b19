import type { Platform, VideoStatus } from '../../../entities/enums.ts';
import { cleanText } from '../create-video-validation.ts';
import type { Condition } from './video-condition.ts';
import { EXACT, wordsOf } from './video-search.ts';

type Maybe<T> = T | null | undefined;

export interface VideoListFilter {
  /** An empty list, here and in the two below, is no condition. */
  readonly status?: Maybe<readonly VideoStatus[]>;
  readonly platform?: Maybe<readonly Platform[]>;
  /** Videos that have all of them. */
  readonly tags?: Maybe<readonly string[]>;
  readonly language?: Maybe<string>;
  readonly createdAfter?: Maybe<Date>;
  readonly createdBefore?: Maybe<Date>;
  /** The title or the description has to contain every word; in scripts with spaces, as the beginning of a word. */
  readonly search?: Maybe<string>;
}

export function filterConditions(filter: VideoListFilter): Condition[] {
  const { status, platform, tags, language, createdAfter, createdBefore, search } = filter;
  const all: Condition[] = [];
  if (status?.length) all.push({ tag: 's', values: [status], sql: (p) => `v.status = any(${p}::text[])` });
  if (platform?.length) all.push({ tag: 'p', values: [platform], sql: (p) => `v.platforms && ${p}::text[]` });
  if (tags?.length) all.push({ tag: 't', values: [tags.map(cleanText)], sql: (p) => `v.tags @> ${p}::text[]` });
  if (language != null) all.push({ tag: 'l', values: [language], sql: (p) => `v.language = ${p}` });
  if (createdAfter != null) all.push({ tag: 'g', values: [createdAfter], sql: (p) => `v.created_at > ${p}` });
  if (createdBefore != null) all.push({ tag: 'b', values: [createdBefore], sql: (p) => `v.created_at < ${p}` });
  if (search != null) all.push(...searchConditions(search));
  return all;
}

/** The tag of the condition that the index of words serves. */
const SEARCH_TAG = 'w';

/** Whether words are searched. */
export function isSearch(filter: readonly Condition[]): boolean {
  return filter.some(({ tag }) => tag === SEARCH_TAG);
}

/**
 * The index finds words, and pairs of letters in scripts without spaces; what it cannot find (punctuation inside a word, a longer run
 * of ideographs) is searched in the text itself. Both sides are folded, see `fold`. Throws INVALID_INPUT for a text or a number of
 * words beyond the limits.
 */
function searchConditions(search: string): Condition[] {
  const words = wordsOf(search);
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

const LACKS = `strpos(search_fold(v.title || ' ' || coalesce(v.description, '')), search_fold(word)) = 0`;
