import { Cursor, type FilterQuery, raw } from '@mikro-orm/core';
import { z } from 'zod';
import { seesEverything, type Viewer } from '../auth/viewer.ts';
import type { Database } from '../db/database.ts';
import type { Platform, VideoStatus } from '../entities/enums.ts';
import { Video } from '../entities/video.ts';
import { AppError } from '../errors.ts';
import { tidy } from './new-video.ts';

type Maybe<T> = T | null | undefined;

export interface VideoListQuery {
  /** 1 to 100, checked by the caller; 20 where neither `first` nor `last` is given. */
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
  readonly last?: Maybe<number>;
  readonly before?: Maybe<string>;
  readonly filter?: Maybe<VideoListFilter>;
  readonly orderBy?: Maybe<{ readonly field: keyof typeof ORDERS; readonly direction: 'ASC' | 'DESC' }>;
  /** UUID. Somebody else's only for who sees everything. */
  readonly ownerId?: Maybe<string>;
  readonly allOwners?: Maybe<boolean>;
}

export interface VideoListFilter {
  readonly status?: Maybe<readonly VideoStatus[]>;
  readonly platform?: Maybe<readonly Platform[]>;
  /** Videos that have all of them. */
  readonly tags?: Maybe<readonly string[]>;
  readonly language?: Maybe<string>;
  readonly createdAfter?: Maybe<Date>;
  readonly createdBefore?: Maybe<Date>;
  /** Every word has to stand in the title or the description. */
  readonly search?: Maybe<string>;
}

export interface VideoPage {
  readonly rows: Video[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(row: Video): string;
}

const ORDERS = {
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
  PUBLISHED_AT: 'publishedAt',
  TITLE: 'title',
  DURATION: 'durationSeconds',
} as const;
const PAGE = 20;

/** Pages of videos, by keyset: a page costs the same however deep it lies. */
export class VideoList {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null where the viewer asks for what does not exist for them. Throws CURSOR_INVALID for a cursor that is not of this list. */
  async page(viewer: Viewer, query: VideoListQuery): Promise<VideoPage | null> {
    const where = whereOf(viewer, query);
    if (where === null) return null;
    const direction = query.orderBy?.direction ?? 'DESC';
    const order = query.orderBy?.field ?? 'CREATED_AT';
    const cursor = await this.#db.em().findByCursor(Video, {
      where,
      orderBy: [{ [ORDERS[order]]: direction }, { id: direction }],
      ...(query.last == null ? { first: query.first ?? PAGE } : { last: query.last }),
      ...(query.after == null ? {} : { after: checked(query.after, order) }),
      ...(query.before == null ? {} : { before: checked(query.before, order) }),
      includeCount: false,
    });
    return {
      rows: cursor.items,
      hasNextPage: cursor.hasNextPage,
      hasPreviousPage: cursor.hasPrevPage,
      cursorOf: (row) => cursor.from(row),
    };
  }

  async count(viewer: Viewer, query: VideoListQuery): Promise<number> {
    const where = whereOf(viewer, query);
    return where === null ? 0 : await this.#db.em().count(Video, where);
  }
}

/** Null where the viewer asks for what does not exist for them. */
function whereOf(viewer: Viewer, query: VideoListQuery): FilterQuery<Video> | null {
  const everything = seesEverything(viewer);
  const wantsOthers = query.allOwners === true || (query.ownerId != null && query.ownerId !== viewer.userId);
  if (wantsOthers && !everything) return null;
  const owner = query.allOwners ? {} : { ownerId: query.ownerId ?? viewer.userId };
  return { $and: [{ deletedAt: null, ...owner }, ...conditions(query.filter ?? {})] };
}

function conditions(filter: VideoListFilter): FilterQuery<Video>[] {
  const all: FilterQuery<Video>[] = [];
  if (filter.status != null) all.push({ status: { $in: [...filter.status] } });
  if (filter.platform != null) all.push({ platforms: { $overlap: [...filter.platform] } });
  if (filter.tags?.length) all.push({ tags: { $contains: filter.tags.map(tidy) } });
  if (filter.language != null) all.push({ language: filter.language });
  if (filter.createdAfter != null) all.push({ createdAt: { $gt: filter.createdAfter } });
  if (filter.createdBefore != null) all.push({ createdAt: { $lt: filter.createdBefore } });
  for (const word of tidy(filter.search ?? '')
    .split(/\s+/)
    .filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    all.push({ [raw((alias) => searchable(alias))]: { $ilike: pattern } });
  }
  return all;
}

/** The very expression that the trigram index is on. */
function searchable(alias: string): string {
  return `(${alias}.title || ' ' || coalesce(${alias}.description, ''))`;
}

const moment = z.iso.datetime();
/** What a cursor holds of the row it points at; PostgreSQL refuses text with a NUL. */
const CURSOR_VALUES: Readonly<Record<keyof typeof ORDERS, z.ZodType>> = {
  CREATED_AT: moment,
  UPDATED_AT: moment,
  PUBLISHED_AT: moment.nullable(),
  TITLE: z.string().refine((text) => !text.includes('\0')),
  DURATION: z.number().nullable(),
};

function checked(cursor: string, order: keyof typeof ORDERS): string {
  try {
    z.tuple([CURSOR_VALUES[order], z.uuid()]).parse(Cursor.decode(cursor));
    return cursor;
  } catch (thrown) {
    const sentence = 'This is not a cursor of this list: give an endCursor or startCursor that it gave you.';
    throw new AppError('CURSOR_INVALID', sentence, { cause: thrown });
  }
}
