import { JobPriority, valuesOf } from './entities/enums.ts';

/** How many jobs of each priority begin, for one of the lowest, while all have some waiting. */
const WEIGHTS: Readonly<Record<JobPriority, number>> = { URGENT: 10, NORMAL: 5, LOW: 1 };
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);

/**
 * Smooth weighted round robin, as nginx balances its upstreams: each turn every priority earns its weight, the richest
 * goes first and pays the sum of all. So each gets its share and none is starved or served in bursts.
 */
export class PriorityOrder {
  readonly #credits = new Map<JobPriority, number>(valuesOf(JobPriority).map((priority) => [priority, 0]));

  /** All priorities, the one whose turn it is first. Whoever found a job says so to `took`. */
  next(): JobPriority[] {
    const creditOf = (priority: JobPriority) => (this.#credits.get(priority) ?? 0) + WEIGHTS[priority];
    return valuesOf(JobPriority).toSorted((one, other) => creditOf(other) - creditOf(one));
  }

  /** A priority that had nothing waiting earns nothing: it must not save up and then flood the others. */
  took(priority: JobPriority, order: readonly JobPriority[]): void {
    const passedOver = new Set(order.slice(0, order.indexOf(priority)));
    for (const each of order) {
      const earned = passedOver.has(each) ? 0 : (this.#credits.get(each) ?? 0) + WEIGHTS[each];
      this.#credits.set(each, each === priority ? Math.max(earned - TOTAL, -TOTAL) : Math.min(earned, TOTAL));
    }
  }
}
