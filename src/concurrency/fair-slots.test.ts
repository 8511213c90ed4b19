import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FairSlots } from './fair-slots.ts';

/** Tasks that end one by one, when the test says so, and the order in which they began. */
class Tasks {
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  readonly #slots: FairSlots;
  readonly #ends: (() => void)[] = [];

  constructor(options: { slots: number; maxWaiting: number }) {
    this.#slots = new FairSlots({ ...options, refuse: () => new Error('too many') });
  }

  add(key: string, name: string = key): void {
    const task = () => {
      this.begun.push(name);
      return new Promise<void>((resolve) => this.#ends.push(resolve));
    };
    this.#slots.run(key, task).catch(() => this.refused.push(name));
  }

  async endOne(): Promise<void> {
    this.#ends.shift()?.();
    await turn();
  }
}

describe('Fair slots', () => {
  it('let one key wait for at most one task of another key per slot', async () => {
    const tasks = new Tasks({ slots: 2, maxWaiting: 500 });
    for (let at = 0; at < 400; at++) tasks.add('attacker');
    tasks.add('honest');
    await tasks.endOne();
    await tasks.endOne();
    await tasks.endOne();
    expect(tasks.begun.slice(2)).toEqual(['attacker', 'honest', 'attacker']);
  });

  it('begin the tasks of one key in their order, and end', async () => {
    const tasks = new Tasks({ slots: 1, maxWaiting: 10 });
    for (const name of ['1', '2', '3']) tasks.add('one', name);
    for (let at = 0; at < 3; at++) await tasks.endOne();
    expect(tasks.begun).toEqual(['1', '2', '3']);
    tasks.add('one', '4');
    await turn();
    expect(tasks.begun).toEqual(['1', '2', '3', '4']);
  });

  it('give each of three keys its turn', async () => {
    const tasks = new Tasks({ slots: 1, maxWaiting: 10 });
    for (const key of ['a', 'a', 'a', 'b', 'b', 'c']) tasks.add(key);
    for (let at = 0; at < 5; at++) await tasks.endOne();
    expect(tasks.begun).toEqual(['a', 'a', 'b', 'c', 'a', 'b']);
  });

  it('refuse the tasks of the key with most of them where too many wait', async () => {
    const tasks = new Tasks({ slots: 1, maxWaiting: 3 });
    for (const name of ['0', '1', '2', '3', '4']) tasks.add('attacker', name);
    await turn();
    expect(tasks.refused).toEqual(['4']);
    tasks.add('honest');
    await turn();
    expect(tasks.refused).toEqual(['4', '3']);
    for (let at = 0; at < 4; at++) await tasks.endOne();
    expect(tasks.begun).toEqual(['0', '1', 'honest', '2']);
  });

  it('free the slot of a task that failed', async () => {
    const slots = new FairSlots({ slots: 1, maxWaiting: 1, refuse: () => new Error('too many') });
    await expect(slots.run('a', () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    await expect(slots.run('a', async () => 7)).resolves.toBe(7);
  });
});
