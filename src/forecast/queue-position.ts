import type { JobPriority } from '../entities/enums.ts';
import { PriorityOrder } from '../priority-order.ts';

/** How many jobs of each priority could begin now. */
export type WaitingByPriority = Readonly<Record<JobPriority, number>>;

/** A waiting job, and how many jobs of its priority are before it. */
export interface WaitingJob {
  readonly priority: JobPriority;
  readonly ahead: number;
}

/**
 * The counts, including these jobs. Jobs and counts are read one after the other: a worker may claim a job in between, which then
 * is no longer counted.
 */
export function countedWith(counts: WaitingByPriority, jobs: readonly WaitingJob[]): WaitingByPriority {
  const least = (priority: JobPriority): number =>
    jobs.reduce((most, job) => (job.priority === priority ? Math.max(most, job.ahead + 1) : most), counts[priority]);
  return { URGENT: least('URGENT'), NORMAL: least('NORMAL'), LOW: least('LOW') };
}

/**
 * The turns, from 1, in which a worker takes the jobs of each priority, first in, first out: the same order in which
 * workers take them, started anew. Each worker has its own order, so that a position is off by a few. At most `most` turns.
 */
export function turnsOf(waiting: WaitingByPriority, most: number): Readonly<Record<JobPriority, readonly number[]>> {
  const order = new PriorityOrder();
  const left = { ...waiting };
  const turns: Record<JobPriority, number[]> = { URGENT: [], NORMAL: [], LOW: [] };
  for (let turn = 1; turn <= most; turn++) {
    const wanted = order.next();
    const taken = wanted.find((priority) => left[priority] > 0);
    if (taken === undefined) break;
    order.took(taken, wanted);
    left[taken] -= 1;
    turns[taken].push(turn);
  }
  return turns;
}

/**
 * Seconds until a job at each position begins, from position 1 on. Slots take the next job as they become free; each job has the
 * usual duration. `running` holds the remaining seconds of the running jobs. Empty where there is no slot.
 */
export function waitsByPosition(
  positions: number,
  slots: number,
  running: readonly number[],
  jobSeconds: number,
): number[] {
  if (slots < 1) return [];
  const free = running.toSorted((one, other) => one - other).slice(-slots);
  while (free.length < slots) free.unshift(0);
  return Array.from({ length: positions }, () => {
    const earliest = free.indexOf(Math.min(...free));
    const begins = free[earliest] ?? 0;
    free[earliest] = begins + jobSeconds;
    return begins;
  });
}
