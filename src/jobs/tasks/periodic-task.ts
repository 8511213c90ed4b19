import { Cron } from 'croner';
import { AppError } from '../../errors.ts';

/** A task that runs repeatedly, on one instance at a time. */
export interface PeriodicTask {
  /** Lower-case words with hyphens; a label of metrics, so its values must be few. */
  readonly name: string;
  /** In croner's syntax: minute, hour, day, month, day of the week; with six fields the first is seconds. */
  readonly pattern: string;
  /** IANA name; UTC where left out. */
  readonly timeZone?: string;
  /** For runs that were missed while no process was running: `once` runs the task one time soon, `skip` does not. */
  readonly catchUp: 'once' | 'skip';
  /** `machine` where each machine runs the task for its own disk. */
  readonly scope: 'installation' | 'machine';
  /** Must be safe to repeat and to abort. A text that it resolves to is what operators see of what it has done. */
  run(signal: AbortSignal): Promise<unknown>;
}

/** The first time after `after` that matches the pattern. Throws CONFIG_INVALID where there is none. */
export function nextTime({ name, pattern, timeZone = 'UTC' }: Schedule, after: Date): Date {
  try {
    // Without a function croner only computes times; tasks wait by the database's clock, not by this machine's.
    const next = new Cron(pattern, { timezone: timeZone }).nextRun(after);
    if (next) return next;
  } catch (thrown) {
    throw new AppError('CONFIG_INVALID', `The task ${name} has no valid schedule: "${pattern}" in ${timeZone}.`, {
      cause: thrown,
    });
  }
  throw new AppError('CONFIG_INVALID', `The task ${name} is never due: "${pattern}" in ${timeZone}.`);
}

/** Recorded with the next time, to detect a changed schedule. */
export function scheduleOf({ pattern, timeZone = 'UTC' }: Schedule): string {
  return `${pattern} ${timeZone}`;
}

/** The name of its row and of its lock. */
export function keyOf({ name, scope }: Pick<PeriodicTask, 'name' | 'scope'>, machine: string): string {
  return scope === 'machine' ? `${name}@${machine}` : name;
}

type Schedule = Pick<PeriodicTask, 'name' | 'pattern' | 'timeZone'>;
