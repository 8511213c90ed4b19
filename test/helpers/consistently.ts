import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for so long and throws as soon as `holds` is false: for what must not happen. What must happen is waited for with
 * `until`, which takes no longer than it has to.
 */
export async function consistently(
  what: string,
  milliseconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + milliseconds;
  do {
    if (!(await holds())) throw new Error(`It does not hold any more that ${what}.`);
    await sleep(20);
  } while (Date.now() < end);
}
