import { setTimeout as sleep } from 'node:timers/promises';

const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

/**
 * Waits until a condition is true; throws with its description when it is not true in time. It checks less often the longer it waits:
 * a check may be a request or a reading of all of /proc, and the work that is waited for needs the processor.
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const begun = Date.now();
  while (!(await holds())) {
    const waited = Date.now() - begun;
    if (waited > seconds * 1_000) throw new Error(`This did not happen in ${seconds} s: ${what}.`);
    await sleep(Math.min(Math.max(waited / 10, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
  }
}
