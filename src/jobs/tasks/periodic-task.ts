import { Cron } from 'croner';
import { AppError } from '../../errors.ts';

/** Something that is done again and again, on one instance at a time. */
export interface PeriodicTask {
  /** Lower-case words with hyphens; a label of metrics, so one of a few. */
  readonly name: string;
  /** As croner has it: minute, hour, day, month, day of the week, with seconds in front where there are six. */
  readonly pattern: string;
  /** IANA name; UTC where left out. */
  readonly timeZone?: string;
  /** Of runs that were missed while no process was up: one is made up for soon, or none. */
  readonly catchUp: 'once' | 'skip';
  /** `machine` where each machine has its own to do, on its own disk. */
  readonly scope: 'installation' | 'machine';
  /** Must be safe to repeat and to break off. */
  run(signal: AbortSignal): Promise<void>;
}

/** The first moment after `after` that the pattern names. Throws CONFIG_INVALID where there is none, ever. */
export function nextTime({ name, pattern, timeZone = 'UTC' }: Schedule, after: Date): Date {
  try {
    // Without a function it only tells times; ours are waited for by the database's clock, not by this machine's.
    const next = new Cron(pattern, { timezone: timeZone }).nextRun(after);
    if (next) return next;
  } catch (thrown) {
    throw new AppError('CONFIG_INVALID', `The task ${name} has no valid schedule: "${pattern}" in ${timeZone}.`, {
      cause: thrown,
    });
  }
  throw new AppError('CONFIG_INVALID', `The task ${name} is never due: "${pattern}" in ${timeZone}.`);
}

/** What is written down beside the next time, to see when somebody changed it. */
export function scheduleOf({ pattern, timeZone = 'UTC' }: Schedule): string {
  return `${pattern} ${timeZone}`;
}

/** Name of its row and of its lock. */
export function keyOf({ name, scope }: Pick<PeriodicTask, 'name' | 'scope'>, machine: string): string {
  return scope === 'machine' ? `${name}@${machine}` : name;
}

type Schedule = Pick<PeriodicTask, 'name' | 'pattern' | 'timeZone'>;
