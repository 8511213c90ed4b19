// Runs in a separate process, to be killed: starts the due task and continues until it is aborted.
import { openDatabase } from '../../src/db/database.ts';
import { schedulerOn, yearly } from '../helpers/schedulers.ts';

const db = await openDatabase({ url: process.argv[2] ?? '', poolMax: 2 });
const { scheduler } = schedulerOn(
  db,
  [
    yearly(async (signal) => {
      process.stdout.write('begun\n');
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      process.stdout.write('aborted\n');
      signal.throwIfAborted();
    }),
  ],
  { times: { idleTimeoutMs: 1_500, probeMs: 200, probeTimeoutMs: 1_000 } },
);
scheduler.start();
process.once('SIGTERM', async () => {
  await scheduler.close();
  await db.close();
});
