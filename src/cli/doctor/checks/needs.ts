import { isFull } from '../../../db/database-errors.ts';
import { AppError } from '../../../errors.ts';
import { lateAnswer } from '../../late-answer.ts';
import { type Check, failed, skipped } from '../finding.ts';

/** A check that reads the database: skipped where that cannot be reached, which is a finding of its own. */
export function needsDatabase(name: string, run: Check['run']): Check {
  return {
    name,
    run: async () => {
      try {
        return await run();
      } catch (thrown) {
        const { code, message } = AppError.from(thrown);
        if (isFull(thrown)) return skipped('Not checked: PostgreSQL has no connection left.');
        if (code === 'DATABASE_CONNECTION_FAILED') return skipped('Not checked: PostgreSQL cannot be reached.');
        if (code === 'DATABASE_ERROR' && message === 'The database is not migrated.')
          return skipped('Not checked: the database is not migrated.');
        const late = lateAnswer(thrown);
        if (late !== undefined) return failed(`${late}.`, 'autovideo db');
        throw thrown;
      }
    },
  };
}
