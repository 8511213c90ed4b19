/**
 * Waits for works that run side by side. When one fails the others are called off, and the first failure is thrown once
 * all have ended: nothing is left running behind an error.
 */
export async function together<T extends readonly Promise<unknown>[]>(
  signal: AbortSignal,
  start: (shared: AbortSignal) => readonly [...T],
) {
  const abort = new AbortController();
  const works = start(AbortSignal.any([signal, abort.signal]));
  const failures: unknown[] = [];
  const ended = works.map((work) =>
    work.catch((error: unknown) => {
      failures.push(error);
      abort.abort();
    }),
  );
  await Promise.all(ended);
  if (failures.length > 0) throw failures[0];
  return Promise.all(works);
}
