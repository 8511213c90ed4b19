import type { VideoParts } from '../video-parts.ts';
import { innerColumns, outerColumns } from '../video-reads-sql.ts';
import type { Condition } from './video-condition.ts';
import { isSearch } from './video-filter-sql.ts';
import { columnOf, type VideoOrder } from './video-order.ts';
import { orderBy } from './video-order-sql.ts';

export interface ListShape {
  readonly parts: VideoParts;
  /** The order of the rows; reversed where `isFromEnd`. */
  readonly order: VideoOrder;
  readonly isFromEnd: boolean;
  readonly limit: number;
  /** The owner, and the cursors. */
  readonly scope: readonly Condition[];
  readonly filter: readonly Condition[];
}

/** The tag of the condition that names the one owner; it comes first. */
const OWNER_TAG = 'o';

/** Without parameters: the owner is that of the joined row. */
export const OF_EACH: readonly Condition[] = [{ tag: 'each', values: [], sql: () => 'v.owner_id = asked.owner_id' }];

/** The videos of any of these owners. */
export function ofAny(ownerIds: readonly string[]): Condition {
  return { tag: 'any', values: [ownerIds], sql: (p) => `v.owner_id = any(${p}::uuid[])` };
}

/** The videos of one owner. */
export function ofOwner(ownerId: string): Condition {
  return { tag: OWNER_TAG, values: [ownerId], sql: (p) => `v.owner_id = ${p}` };
}

/** Rows that a search checks one by one, newest first, before it uses the index of words: some milliseconds. */
const RECENT_ROWS = 3_000;

/** In the order in which conditions number their parameters: scope first. */
export function parametersOf(conditions: readonly Condition[]): unknown[] {
  return conditions.flatMap(({ values }) => values);
}

export function textOfList(shape: ListShape): string {
  const { parts, order, scope, filter } = shape;
  if (scope.some(({ tag }) => tag === 'each')) return textOfLists(shape);
  const [ofScope, inFilter = ''] = numbered([scope, filter], 1);
  const inScope = joinConditions(ofScope, 'v.deleted_at is null');
  const from =
    isSearch(filter) && order.field === 'CREATED_AT'
      ? searchPage(shape, inScope, inFilter)
      : pageWhere(shape, joinConditions(inScope, inFilter));
  const ownerId = scope[0]?.tag === OWNER_TAG ? '$1' : undefined;
  return `select ${outerColumns(parts, ownerId)} from (${from}) v ${orderBy(order, 'v')}`;
}

/** Of many owners at once, whose lists are scanned: an index of words is worth its cost for long ones only. */
function textOfLists(shape: ListShape): string {
  const { parts, order, scope, filter } = shape;
  const [ofScope, ofRow = ''] = numbered([scope, filter.map(askedOfRows)], 2);
  const page = pageWhere(shape, joinConditions(joinConditions(ofScope, 'v.deleted_at is null'), ofRow));
  return `select ${outerColumns(parts)} from unnest($1::uuid[]) as asked (owner_id) cross join lateral (${page}) v ${orderBy(order, 'v')}`;
}

/** Only the page, before anything is joined to it: joins below a limit would be made for every row of the list. */
function pageWhere({ parts, order, limit }: ListShape, where: string): string {
  return `select ${innerColumns(parts, [columnOf(order)])} from videos v where ${where} ${orderBy(order, 'v')} limit ${limit}`;
}

/**
 * A frequent word is found soonest among the newest rows, a rare one through the index of words, and the planner misjudges
 * which is which where the frequency of words changes with time: that takes seconds. So the newest rows are scanned first, and
 * only where they do not fill the page, and there are more, everything that the index finds is sorted. `offset 0` has this condition
 * checked before parallel workers are started, which takes 10 ms.
 */
function searchPage(shape: ListShape, inScope: string, inFilter: string): string {
  const { parts, order, limit, scope, filter } = shape;
  const [, ofRow] = numbered([scope, filter.map(askedOfRows)], 1);
  const sorted = orderBy(order, 'v');
  const columns = 'v.id, v.created_at';
  return `with near as materialized (
      select ${columns} from (
        select ${columns}, ${ofRow} as hit from videos v where ${inScope} ${sorted} limit ${RECENT_ROWS}
      ) v where hit ${sorted} limit ${limit}
    ), need as materialized (
      select (select count(*) from near) < ${limit}
        and exists (select from videos v where ${inScope} ${sorted} offset ${RECENT_ROWS} limit 1) as more
    ), far as materialized (
      select * from (select ${columns} from videos v where ${joinConditions(inScope, inFilter)} offset 0) v where (select more from need)
    ), found as (
      select id from near where not (select more from need)
      union all (select v.id from far v ${sorted} limit ${limit})
    )
    select ${innerColumns(parts, [columnOf(order)])} from found join videos v using (id)`;
}

/** The number of rows: stored without a filter, else counted. */
export function textOfCount(owner: readonly Condition[], filter: readonly Condition[]): string {
  const [inOwner = '', inFilter = ''] = numbered([owner, filter], 1);
  const isMany = owner.some(({ tag }) => tag === 'any');
  const [id, group] = isMany ? ['v.owner_id as "ownerId", ', ' group by v.owner_id'] : ['', ''];
  if (filter.length === 0)
    return `select ${id}coalesce(sum(v.live), 0)::bigint as count from video_counts v where ${inOwner || 'true'}${group}`;
  return `select ${id}count(*) as count from videos v where ${joinConditions(joinConditions(inOwner, 'v.deleted_at is null'), inFilter)}${group}`;
}

function askedOfRows(condition: Condition): Condition {
  return { ...condition, sql: condition.ofRow ?? condition.sql };
}

/** The SQL of each list of conditions, parameters numbered through all of them. */
function numbered(lists: readonly (readonly Condition[])[], from: number): string[] {
  let next = from;
  return lists.map((conditions) =>
    conditions
      .map(({ values, sql }) => {
        const [first, second] = [`$${next}`, `$${next + 1}`];
        next += values.length;
        return sql(first, second);
      })
      .join(' and '),
  );
}

function joinConditions(one: string | undefined, other: string): string {
  return [one, other].filter(Boolean).join(' and ');
}
