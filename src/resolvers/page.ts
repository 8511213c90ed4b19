import { AppError } from '../errors.ts';

const LARGEST_PAGE = 100;
const USUAL_PAGE = 20;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** The part of a list that is asked for; 20 rows from its beginning where nothing is said. Throws INVALID_INPUT. */
export function pageOf({ first, after, last, before }: PageArguments): PageArguments {
  refuseSize('first', first);
  refuseSize('last', last);
  if (first != null && last != null) throw new AppError('INVALID_INPUT', 'Give first or last, not both.');
  const size = last == null ? { first: first ?? USUAL_PAGE } : { last };
  return { ...size, ...(after == null ? {} : { after }), ...(before == null ? {} : { before }) };
}

/** Throws INVALID_INPUT for a size that a list must not have. */
export function refuseSize(name: string, size: number | null | undefined): void {
  if (size != null && (size < 1 || size > LARGEST_PAGE)) {
    throw new AppError('INVALID_INPUT', `${name} has to be between 1 and ${LARGEST_PAGE}; it is ${size}.`);
  }
}
