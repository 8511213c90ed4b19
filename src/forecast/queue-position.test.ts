import { describe, expect, it } from 'vitest';
import { countedWith, turnsOf, waitsByPosition } from './queue-position.ts';

describe('The turns of waiting jobs', () => {
  it('are first in, first out where all have one priority', () => {
    expect(turnsOf({ URGENT: 0, NORMAL: 4, LOW: 0 }, 100)).toEqual({ URGENT: [], NORMAL: [1, 2, 3, 4], LOW: [] });
  });

  it('are shared 10 : 5 : 1 while all priorities wait, and each turn is one job’s', () => {
    const turns = turnsOf({ URGENT: 100, NORMAL: 100, LOW: 100 }, 32);
    expect([turns.URGENT.length, turns.NORMAL.length, turns.LOW.length]).toEqual([20, 10, 2]);
    const all = [...turns.URGENT, ...turns.NORMAL, ...turns.LOW].toSorted((one, other) => one - other);
    expect(all).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
  });

  it('end with the last job, or where no more are counted', () => {
    expect(turnsOf({ URGENT: 1, NORMAL: 0, LOW: 1 }, 100)).toEqual({ URGENT: [1], NORMAL: [], LOW: [2] });
    expect(turnsOf({ URGENT: 0, NORMAL: 100, LOW: 0 }, 3).NORMAL).toEqual([1, 2, 3]);
  });
});

describe('A job that a worker claims while the position is read', () => {
  const none = { URGENT: 0, NORMAL: 0, LOW: 0 };

  it('is counted, and not put at the last counted position', () => {
    const turns = turnsOf(countedWith(none, [{ priority: 'NORMAL', ahead: 0 }]), 1_000);
    expect(turns.NORMAL[0]).toBe(1);
  });

  it('lowers no count', () => {
    const jobs = [
      { priority: 'LOW', ahead: 2 },
      { priority: 'LOW', ahead: 1 },
    ] as const;
    expect(countedWith({ URGENT: 5, NORMAL: 0, LOW: 2 }, jobs)).toEqual({ URGENT: 5, NORMAL: 0, LOW: 3 });
  });
});

describe('The wait', () => {
  it('ends when slots become free, one after the other', () => {
    expect(waitsByPosition(5, 2, [10, 50], 20)).toEqual([10, 30, 50, 50, 70]);
  });

  it('is zero for as many jobs as there are free slots', () => {
    expect(waitsByPosition(4, 3, [10], 20)).toEqual([0, 0, 10, 20]);
  });

  it('is unknown where there is no worker', () => {
    expect(waitsByPosition(3, 0, [10], 20)).toEqual([]);
  });

  it('counts no more running jobs than there are slots, as when a worker has just crashed', () => {
    expect(waitsByPosition(1, 1, [5, 90], 20)).toEqual([90]);
  });
});
