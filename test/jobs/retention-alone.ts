// Runs in a separate process, to be killed: archives old rows, and waits before it commits their deletion.
import { openDatabase } from '../../src/db/database.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { OldRowRemoval } from '../../src/jobs/tasks/clear-old-rows.ts';
import { RowFiles } from '../../src/jobs/tasks/row-files.ts';
import { silent } from '../helpers/job-fixture.ts';
import { RETENTION_TIMES as times } from './retention-times.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const db = await openDatabase({ url, poolMax: 2 });
const files = new RowFiles(folder);
const archive = {
  write: async (table: string, rows: readonly string[]) => {
    await files.write(table, rows);
    process.stdout.write(`written ${rows.length}\n`);
    await new Promise(() => undefined);
  },
};
await new OldRowRemoval({ db, jobs: new JobStore(db, 6), times, archive, logger: silent }).clear(
  new AbortController().signal,
);
