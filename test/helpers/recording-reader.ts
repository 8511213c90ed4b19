import type { Database } from '../../src/db/database.ts';
import { type Reader, readerOf, type Statement } from '../../src/db/prepared.ts';

/** A reader that records its statements. */
export function recordingReader(db: Database) {
  const plain = readerOf(db);
  const ran: { readonly statement: Statement; readonly values: readonly unknown[] }[] = [];
  const reader: Reader = {
    rows: async (statement, values) => {
      ran.push({ statement, values });
      return await plain.rows(statement, values);
    },
  };
  /** PostgreSQL's plan of the newest statement. */
  const plan = async (): Promise<string> => {
    const last = ran.at(-1);
    if (!last) throw new Error('Nothing was run.');
    const explained = { text: `explain (format json) ${last.statement.text}`, name: undefined };
    return JSON.stringify(await plain.rows(explained, last.values));
  };
  return { reader, ran, plan };
}
