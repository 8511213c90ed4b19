import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { toSnakeCase, type VideoColumn, type VideoView } from '../video-parts.ts';
import type { Condition } from './video-condition.ts';

export interface VideoOrder {
  readonly field: keyof typeof ORDERS;
  readonly direction: 'ASC' | 'DESC';
}

const ORDERS = {
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
  PUBLISHED_AT: 'publishedAt',
  TITLE: 'title',
  DURATION: 'durationSeconds',
} as const satisfies Readonly<Record<string, VideoColumn>>;

export function columnOf({ field }: VideoOrder): VideoColumn {
  return ORDERS[field];
}

export const NEWEST_FIRST: VideoOrder = { field: 'CREATED_AT', direction: 'DESC' };

/** PostgreSQL has no year 0. */
const moment = z.iso.datetime().refine((text) => !text.startsWith('0000'));
const order = z.string().regex(/^[A-Z_]{1,20} (?:ASC|DESC)$/);

/** Content of a cursor: the sort value and the id of its row, then the order. */
const CURSOR = {
  CREATED_AT: cursorOf(moment),
  UPDATED_AT: cursorOf(moment),
  PUBLISHED_AT: cursorOf(moment.nullable()),
  // PostgreSQL stores no text with a NUL or half of a surrogate pair.
  TITLE: cursorOf(z.string().refine((text) => text.isWellFormed() && !text.includes('\0'))),
  DURATION: cursorOf(z.number().nullable()),
} as const;

const anyCursor = z.tuple([z.unknown(), z.unknown(), order]);

function cursorOf<Value extends string | number | null>(value: z.ZodType<Value>) {
  return z.tuple([value, z.uuid(), order.optional()]);
}

/** The reverse order, for pages that are read from the end. */
export function reversed({ field, direction }: VideoOrder): VideoOrder {
  return { field, direction: direction === 'ASC' ? 'DESC' : 'ASC' };
}

/** Nulls are where PostgreSQL puts them: last in ascending, first in descending order. */
export function orderBy({ field, direction }: VideoOrder, table: string): string {
  return `order by ${sortKey(field, table)} ${direction}, ${table}.id ${direction}`;
}

/** Titles in the order of a dictionary, independent of the locale of the database; the index for it is in migration 0011. */
function sortKey(field: VideoOrder['field'], table: string): string {
  const column = `${table}.${toSnakeCase(ORDERS[field])}`;
  return field === 'TITLE' ? `${column} collate "und-x-icu"` : column;
}

/** Opaque, and only for this order, which it contains. The row must have been read with the column of the order. */
export function encodeCursor({ field, direction }: VideoOrder, row: VideoView): string {
  const value = row[ORDERS[field]];
  if (value === undefined)
    throw new AppError('INTERNAL_ERROR', 'The page was read without the columns of its cursors.');
  return Buffer.from(JSON.stringify([value, row.id, `${field} ${direction}`])).toString('base64url');
}

export interface CursorPosition {
  readonly value: string | number | null;
  readonly id: string;
}

/** Throws CURSOR_INVALID for anything but a cursor of a list in this order. Cursors of earlier versions contain no order. */
export function decodeCursor({ field, direction }: VideoOrder, cursor: string): CursorPosition {
  const json = jsonIn(cursor);
  const named = anyCursor.safeParse(json).data?.[2];
  if (named !== undefined && named !== `${field} ${direction}`)
    throw invalidCursor(`This cursor is of a list ordered by ${named}: begin without a cursor, or ask for that order.`);
  const given = CURSOR[field].safeParse(json);
  if (!given.success)
    throw invalidCursor('This is not a cursor of this list: give an endCursor or startCursor that it returned.');
  const [value, id] = given.data;
  return { value, id };
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function invalidCursor(message: string): AppError {
  return new AppError('CURSOR_INVALID', message);
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
