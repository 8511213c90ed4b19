import { AppError } from '../errors.ts';

const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** The requested part of a list; the first 20 rows by default. Throws INVALID_INPUT. */
export function pageOf({ first, after, last, before }: PageArguments): PageArguments {
  checkPageSize('first', first);
  checkPageSize('last', last);
  if (first != null && last != null) throw new AppError('INVALID_INPUT', 'Give first or last, not both.');
  const size = last == null ? { first: first ?? DEFAULT_PAGE_SIZE } : { last };
  return { ...size, ...(after == null ? {} : { after }), ...(before == null ? {} : { before }) };
}

/** The page size of a list that is read from its beginning only; 20 by default. Throws INVALID_INPUT. */
export function pageSizeOf(first: number | null | undefined): number {
  checkPageSize('first', first);
  return first ?? DEFAULT_PAGE_SIZE;
}

/** Throws INVALID_INPUT for a page size that is not allowed. */
export function checkPageSize(name: string, size: number | null | undefined): void {
  if (size != null && (size < 1 || size > MAX_PAGE_SIZE)) {
    throw new AppError('INVALID_INPUT', `${name} has to be between 1 and ${MAX_PAGE_SIZE}; it is ${size}.`);
  }
}
