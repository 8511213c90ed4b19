/**
 * Waits for concurrent operations. When one fails, the others are aborted, and the first error is thrown once all have
 * ended: nothing is still running when the error is thrown.
 */
export async function allOrAbort<T extends readonly Promise<unknown>[]>(
  signal: AbortSignal,
  start: (sharedSignal: AbortSignal) => readonly [...T],
) {
  const abort = new AbortController();
  const tasks = start(AbortSignal.any([signal, abort.signal]));
  const failures: unknown[] = [];
  const settled = tasks.map((task) =>
    task.catch((error: unknown) => {
      failures.push(error);
      abort.abort();
    }),
  );
  await Promise.all(settled);
  if (failures.length > 0) throw failures[0];
  return Promise.all(tasks);
}
