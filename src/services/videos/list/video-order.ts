import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import type { VideoColumn, VideoView } from '../video-parts.ts';

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

export function columnOf({ field }: Pick<VideoOrder, 'field'>): VideoColumn {
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
