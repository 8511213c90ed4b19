import { isLockTimeout, isStatementTimeout } from '../db/database-errors.ts';

/** What to say of a statement that PostgreSQL has given up after its time; undefined for every other error. */
export function lateAnswer(thrown: unknown): string | undefined {
  if (!isStatementTimeout(thrown) && !isLockTimeout(thrown)) return undefined;
  return 'The database did not answer in time; something may hold a lock';
}
