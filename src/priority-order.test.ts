import { describe, expect, it } from 'vitest';
import type { JobPriority } from './entities/enums.ts';
import { PriorityOrder } from './priority-order.ts';

/** Takes this many jobs, where only these priorities have waiting jobs. */
function served(order: PriorityOrder, turns: number, waiting: readonly JobPriority[]): JobPriority[] {
  return Array.from({ length: turns }, () => {
    const wanted = order.next();
    const taken = wanted.find((priority) => waiting.includes(priority));
    if (!taken) throw new Error('nothing waits');
    order.took(taken, wanted);
    return taken;
  });
}

function countOf(taken: readonly JobPriority[], priority: JobPriority): number {
  return taken.filter((each) => each === priority).length;
}

describe('Jobs of all priorities waiting at once', () => {
  const taken = served(new PriorityOrder(), 160, ['URGENT', 'NORMAL', 'LOW']);

  it('begin as 10 : 5 : 1', () => {
    expect([countOf(taken, 'URGENT'), countOf(taken, 'NORMAL'), countOf(taken, 'LOW')]).toEqual([100, 50, 10]);
  });

  it('never leave a LOW one waiting for more than one round of 16', () => {
    for (let start = 0; start + 16 <= taken.length; start++) {
      expect(taken.slice(start, start + 16)).toContain('LOW');
    }
  });

  it('begin with an URGENT one', () => {
    expect(taken[0]).toBe('URGENT');
  });
});

describe('Only LOW jobs waiting', () => {
  it('begin one after the other, and keep no debt when others come', () => {
    const order = new PriorityOrder();
    expect(countOf(served(order, 50, ['LOW']), 'LOW')).toBe(50);
    const after = served(order, 32, ['URGENT', 'NORMAL', 'LOW']);
    expect(countOf(after, 'LOW')).toBeGreaterThanOrEqual(1);
    expect(countOf(after, 'URGENT')).toBeLessThanOrEqual(22);
  });
});
