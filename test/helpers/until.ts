import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; throws, saying what, when it does not come about in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`In ${seconds} s it did not come about that ${what}.`);
    await sleep(20);
  }
}
