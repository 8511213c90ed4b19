import { hash } from 'node:crypto';
import { canSeeAllOwners, lastChangeFor, type Viewer } from '../../../auth/viewer.ts';
import type { Reader, Statement } from '../../../db/prepared.ts';
import { StatementCache } from '../../../db/statement-cache.ts';
import { noReadCache, type ReadCache } from '../../read-cache.ts';
import {
  ALL_COLUMNS,
  VIDEO_PARTS,
  type VideoColumn,
  type VideoParts,
  type VideoView,
  videoParts,
} from '../video-parts.ts';
import { readVideos } from '../video-rows.ts';
import { SearchReader } from './search-reader.ts';
import type { Condition } from './video-condition.ts';
import { filterConditions, isSearch, type VideoListFilter } from './video-filter-sql.ts';
import { type ListShape, OF_EACH, ofAny, ofOwner, parametersOf, textOfCount, textOfList } from './video-list-sql.ts';
import { columnOf, decodeCursor, encodeCursor, NEWEST_FIRST, reversed, type VideoOrder } from './video-order.ts';
import { afterCursor } from './video-order-sql.ts';

type Maybe<T> = T | null | undefined;

/** A page of an owner's list. */
export interface VideoPageQuery {
  /** 1 to 100, checked by the caller; 20 where neither `first` nor `last` is given. */
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
  readonly last?: Maybe<number>;
  readonly before?: Maybe<string>;
  readonly filter?: Maybe<VideoListFilter>;
  readonly orderBy?: Maybe<VideoOrder>;
}

export interface VideoListQuery extends VideoPageQuery {
  /** UUID. Another user's only for viewers who see everything. */
  readonly ownerId?: Maybe<string>;
  readonly allOwners?: Maybe<boolean>;
}

export interface VideoPage {
  readonly rows: readonly VideoView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(row: VideoView): string;
}

interface OwnerCount {
  readonly ownerId: string;
  readonly count: number;
}

const DEFAULT_PAGE_SIZE = 20;
/** A limit is part of its statement, because the planner has to know it: unusual sizes must not use up the names of usual ones. */
const PREPARED_PAGE_SIZES: ReadonlySet<number> = new Set([
  1, 2, 3, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 30, 40, 48, 50, 60, 100,
]);

/** Pages of videos, by keyset: a page costs the same at every depth. Each is one statement. */
export class VideoList {
  readonly #reader: Reader;
  readonly #searches: Reader;
  readonly #lists = new StatementCache();
  readonly #roundedLists = new StatementCache();
  readonly #counts = new StatementCache();
  readonly #countCache: ReadCache<number>;

  constructor(
    reader: Reader,
    countCache: ReadCache<number> = noReadCache(),
    searches: Reader = new SearchReader(reader, { most: 1 }),
  ) {
    this.#reader = reader;
    this.#searches = searches;
    this.#countCache = countCache;
  }

  /** Null where the list does not exist for the viewer. Throws CURSOR_INVALID for a cursor that is not of this list. */
  async page(viewer: Viewer, query: VideoListQuery, parts: VideoParts = ALL_COLUMNS): Promise<VideoPage | null> {
    const owner = ownerCondition(viewer, query);
    if (owner === null) return null;
    const shape = shapeOf(query, parts, owner);
    return pageOf(query, shape, await this.#read(viewer, shape));
  }

  /** The same page of many owners' lists at once, in the order of the owners; null for a list that the viewer may not see. */
  async pages(
    viewer: Viewer,
    ownerIds: readonly string[],
    query: VideoPageQuery,
    parts: VideoParts = ALL_COLUMNS,
  ): Promise<(VideoPage | null)[]> {
    const seen = ownerIds.filter((ownerId) => ownerCondition(viewer, { ownerId }) !== null);
    const shape = shapeOf(query, withColumn(parts, 'ownerId'), OF_EACH);
    const byOwner = Map.groupBy(seen.length === 0 ? [] : await this.#read(viewer, shape, [seen]), (row) => row.ownerId);
    return ownerIds.map((id) => (seen.includes(id) ? pageOf(query, shape, byOwner.get(id) ?? []) : null));
  }

  /**
   * 0 for a list that does not exist for the viewer. Without a filter it is stored and not counted. A slow count of the list of all
   * owners may be some seconds old; a list of one owner is counted each time, because owners know their own changes.
   */
  async count(viewer: Viewer, query: VideoListQuery): Promise<number> {
    const owner = ownerCondition(viewer, query);
    if (owner === null) return 0;
    const filter = filterConditions(query.filter ?? {});
    const conditions = [...owner, ...filter];
    const count = async () => {
      const statement = this.#counts.get(tagsOf(conditions), () => textOfCount(owner, filter));
      const values = parametersOf(conditions);
      const reader = this.#readerFor(filter);
      const [row] = await reader.rows<{ count: number }>(statement, values, lastChangeFor(viewer));
      return row?.count ?? 0;
    };
    if (owner.length > 0 || filter.length === 0) return await count();
    const asked = JSON.stringify([tagsOf(conditions), parametersOf(conditions)]);
    return await this.#countCache.read(hash('sha256', asked), '', count);
  }

  /** For each owner; the caller has checked that the viewer may see them. */
  async counts(viewer: Viewer, ownerIds: readonly string[], filter: Maybe<VideoListFilter>): Promise<number[]> {
    const filters = filterConditions(filter ?? {});
    const conditions = [ofAny(ownerIds), ...filters];
    const statement = this.#counts.get(tagsOf(conditions), () => textOfCount([ofAny([])], filters));
    const values = parametersOf(conditions);
    const rows = await this.#readerFor(filters).rows<OwnerCount>(statement, values, lastChangeFor(viewer));
    const byOwner = new Map(rows.map(({ ownerId, count }) => [ownerId, count]));
    return ownerIds.map((id) => byOwner.get(id) ?? 0);
  }

  async #read(viewer: Viewer, shape: ListShape, before: readonly unknown[] = []): Promise<VideoView[]> {
    const values = [...before, ...parametersOf([...shape.scope, ...shape.filter])];
    const statement = isWorthPreparing(shape) ? this.#prepared(shape) : { text: textOfList(shape), name: undefined };
    const rows = await readVideos(this.#readerFor(shape.filter), shape.parts, {
      statement,
      values,
      lastChange: lastChangeFor(viewer),
    });
    return shape.isFromEnd ? rows.toReversed() : rows;
  }

  #readerFor(filter: readonly Condition[]): Reader {
    return isSearch(filter) ? this.#searches : this.#reader;
  }

  /** Only the requested columns while statement names are left; then some more, so that there are fewer combinations. */
  #prepared(shape: ListShape): Statement {
    const exact = this.#lists.get(keyOf(shape), () => textOfList(shape));
    if (exact.name !== undefined) return exact;
    const rounded = { ...shape, parts: shape.parts.rounded() };
    return this.#roundedLists.get(keyOf(rounded), () => textOfList(rounded));
  }
}

/** Null where the list does not exist for the viewer; empty for the videos of all owners. */
function ownerCondition(viewer: Viewer, { ownerId, allOwners }: VideoListQuery): readonly Condition[] | null {
  const wantsOthers = allOwners === true || (ownerId != null && ownerId !== viewer.userId);
  if (wantsOthers && !canSeeAllOwners(viewer)) return null;
  if (allOwners) return [];
  return [ofOwner(ownerId ?? viewer.userId)];
}

function shapeOf(query: VideoPageQuery, parts: VideoParts, owner: readonly Condition[]): ListShape {
  const order = query.orderBy ?? NEWEST_FIRST;
  const isFromEnd = query.last != null;
  const after = query.after == null ? [] : [afterCursor(order, decodeCursor(order, query.after))];
  const before = query.before == null ? [] : [afterCursor(reversed(order), decodeCursor(order, query.before))];
  return {
    parts: withOrder(parts, order),
    order: isFromEnd ? reversed(order) : order,
    isFromEnd,
    // One more row than requested shows whether there are more.
    limit: (query.last ?? query.first ?? DEFAULT_PAGE_SIZE) + 1,
    scope: [...owner, ...after, ...before],
    filter: filterConditions(query.filter ?? {}),
  };
}

/** Cursors contain the values that the list is ordered by. */
function withOrder(parts: VideoParts, order: VideoOrder): VideoParts {
  const column = columnOf(order);
  return !parts.has('cursor') || parts.has(column) ? parts : withColumn(parts, column);
}

function withColumn(parts: VideoParts, column: VideoColumn): VideoParts {
  return parts.has(column) ? parts : videoParts([column, ...VIDEO_PARTS.filter((part) => parts.has(part))]);
}

function pageOf(query: VideoPageQuery, { limit, isFromEnd }: ListShape, read: readonly VideoView[]): VideoPage {
  const order = query.orderBy ?? NEWEST_FIRST;
  const hasMore = read.length === limit;
  const rows = hasMore ? (isFromEnd ? read.slice(1) : read.slice(0, -1)) : read;
  return {
    rows,
    hasNextPage: isFromEnd ? query.before != null : hasMore,
    hasPreviousPage: isFromEnd ? hasMore : query.after != null,
    cursorOf: (row) => encodeCursor(order, row),
  };
}

/** The number of rows with a word decides the plan, so a search is planned with its words. */
function isWorthPreparing({ limit, filter }: ListShape): boolean {
  return PREPARED_PAGE_SIZES.has(limit - 1) && !isSearch(filter);
}

function keyOf({ parts, order, limit, scope, filter }: ListShape): string {
  return `${parts.key} ${order.field}${order.direction} ${limit} ${tagsOf(scope)} ${tagsOf(filter)}`;
}

function tagsOf(conditions: readonly Condition[]): string {
  return conditions.map(({ tag }) => tag).join();
}
