import { toSnakeCase } from '../video-parts.ts';
import type { Condition } from './video-condition.ts';
import { type CursorPosition, columnOf, type VideoOrder } from './video-order.ts';

/** Nulls are where PostgreSQL puts them: last in ascending, first in descending order. */
export function orderBy({ field, direction }: VideoOrder, table: string): string {
  return `order by ${sortKey(field, table)} ${direction}, ${table}.id ${direction}`;
}

/** Titles in the order of a dictionary, independent of the locale of the database; the index for it is in migration 0011. */
function sortKey(field: VideoOrder['field'], table: string): string {
  const column = `${table}.${toSnakeCase(columnOf({ field }))}`;
  return field === 'TITLE' ? `${column} collate "und-x-icu"` : column;
}

/** Types of the columns, for parameters in row comparisons. */
const TYPES: Readonly<Record<VideoOrder['field'], string>> = {
  CREATED_AT: 'timestamptz',
  UPDATED_AT: 'timestamptz',
  PUBLISHED_AT: 'timestamptz',
  TITLE: 'varchar',
  DURATION: 'float8',
};

/** The condition for rows after the cursor in this order. */
export function afterCursor({ field, direction }: VideoOrder, { value, id }: CursorPosition): Condition {
  const column = sortKey(field, 'v');
  const sign = direction === 'ASC' ? '>' : '<';
  const tag = `${field}${sign}`;
  if (value === null) {
    const others = direction === 'ASC' ? '' : ` or ${column} is not null`;
    const sql = (p: string) => `((${column} is null and v.id ${sign} ${p}::uuid)${others})`;
    return { tag: `${tag}null`, values: [id], sql };
  }
  const isNullable = field === 'PUBLISHED_AT' || field === 'DURATION';
  const orNull = isNullable && direction === 'ASC' ? ` or ${column} is null` : '';
  const sql = (first: string, second: string) =>
    `((${column}, v.id) ${sign} (${first}::${TYPES[field]}, ${second}::uuid)${orNull})`;
  return { tag, values: [value, id], sql };
}
