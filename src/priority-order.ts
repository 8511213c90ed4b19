import { JobPriority, valuesOf } from './entities/enums.ts';

/** How many jobs of each priority begin per job of the lowest, while jobs of all priorities wait. */
const WEIGHTS: Readonly<Record<JobPriority, number>> = { URGENT: 10, NORMAL: 5, LOW: 1 };
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);

/**
 * Smooth weighted round robin, as in nginx's load balancing: each turn adds its weight to every priority's credit; the one with the most
 * credit goes first, and the sum of all weights is subtracted from it. So each gets its share, and none starves or comes in bursts.
 */
export class PriorityOrder {
  readonly #credits = new Map<JobPriority, number>(valuesOf(JobPriority).map((priority) => [priority, 0]));

  /** All priorities, the next one first. A caller that found a job reports it to `took`. */
  next(): JobPriority[] {
    const creditOf = (priority: JobPriority) => (this.#credits.get(priority) ?? 0) + WEIGHTS[priority];
    return valuesOf(JobPriority).toSorted((one, other) => creditOf(other) - creditOf(one));
  }

  /** A priority without waiting jobs gets no credit: otherwise it would accumulate credit and then block the others. */
  took(priority: JobPriority, order: readonly JobPriority[]): void {
    const passedOver = new Set(order.slice(0, order.indexOf(priority)));
    for (const each of order) {
      const earned = passedOver.has(each) ? 0 : (this.#credits.get(each) ?? 0) + WEIGHTS[each];
      this.#credits.set(each, each === priority ? Math.max(earned - TOTAL, -TOTAL) : Math.min(earned, TOTAL));
    }
  }
}
