import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Condition } from './video-filter.ts';
import { snake, type VideoColumn, type VideoView } from './video-parts.ts';

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

const moment = z.iso.datetime();
/** What a cursor holds of the row it points at; PostgreSQL refuses text with a NUL. */
const VALUES: Readonly<Record<VideoOrder['field'], z.ZodType<string | number | null>>> = {
  CREATED_AT: moment,
  UPDATED_AT: moment,
  PUBLISHED_AT: moment.nullable(),
  TITLE: z.string().refine((text) => !text.includes('\0')),
  DURATION: z.number().nullable(),
};

/** The other way round, for pages that are read from the end. */
export function reversed({ field, direction }: VideoOrder): VideoOrder {
  return { field, direction: direction === 'ASC' ? 'DESC' : 'ASC' };
}

/** Nulls stand where PostgreSQL puts them: last going up, first going down. */
export function orderBy({ field, direction }: VideoOrder, table: string): string {
  return `order by ${table}.${snake(ORDERS[field])} ${direction}, ${table}.id ${direction}`;
}

/** Opaque; of this order alone. The row must have been read with the column it is ordered by. */
export function encodeCursor({ field }: VideoOrder, row: VideoView): string {
  const value = row[ORDERS[field]];
  if (value === undefined)
    throw new AppError('INTERNAL_ERROR', 'The page was read without what its cursors are made of.');
  return Buffer.from(JSON.stringify([value, row.id])).toString('base64url');
}

export interface Place {
  readonly value: string | number | null;
  readonly id: string;
}

/** Throws CURSOR_INVALID for what is no cursor of a list in this order. */
export function decodeCursor({ field }: VideoOrder, cursor: string): Place {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    const [value, id] = z.tuple([VALUES[field], z.uuid()]).parse(JSON.parse(text));
    return { value, id };
  } catch (thrown) {
    const sentence = 'This is not a cursor of this list: give an endCursor or startCursor that it gave you.';
    throw new AppError('CURSOR_INVALID', sentence, { cause: thrown });
  }
}

/** Types of the columns, for parameters that stand in a row. */
const TYPES: Readonly<Record<VideoOrder['field'], string>> = {
  CREATED_AT: 'timestamptz',
  UPDATED_AT: 'timestamptz',
  PUBLISHED_AT: 'timestamptz',
  TITLE: 'varchar',
  DURATION: 'float8',
};

/** What follows the place in this order. */
export function beyond({ field, direction }: VideoOrder, { value, id }: Place): Condition {
  const column = `v.${snake(ORDERS[field])}`;
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
