import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { type DatabaseSession, openDatabaseSession } from '../db/database-session.ts';
import { AppError, throwIfCanceled } from '../errors.ts';

/** Of the locks of periodic tasks, src/jobs/tasks/task-locks.ts. */
const KIND = 'autovideo_tasks';
/** The periodic tasks that remove files of rows. */
export const REMOVING_TASKS = ['purge-deleted-videos', 'forget-old-generations'];
const WAIT_MS = 500;
const MAX_TRIES = 240;

/**
 * Runs `work` while no process removes files. Its signal is aborted with the given one, and where the connection that holds the locks is
 * lost. Throws CANCELED, retriable, where one of the tasks does not end within two minutes.
 */
export async function withoutRemovals<Result>(
  db: Database,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const session = await openDatabaseSession(db);
  try {
    for (const name of REMOVING_TASKS) await lockSoon(session, name, signal);
    return await work(AbortSignal.any([signal, session.lost]));
  } finally {
    session.close();
  }
}

async function lockSoon(session: DatabaseSession, name: string, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    throwIfCanceled(signal);
    if (await session.tryLock({ kind: KIND, name })) return;
    await sleep(WAIT_MS, undefined, { signal }).catch(() => undefined);
  }
  throw new AppError('CANCELED', `The task ${name} is still removing files: try again later.`, { retriable: true });
}
