import type { Platform, VideoStatus } from '../../../entities/enums.ts';
import { cleanText } from '../create-video-validation.ts';
import type { Condition } from './video-condition.ts';
import { searchConditions } from './video-search.ts';

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
