/** Tasks of the tests of src/threads, run by separate threads. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../src/errors.ts';
import { taskHandler } from '../../src/threads/thread-messages.ts';

const remembered = { calls: 0 };

export const testTasks = {
  double: (value: number) => value * 2,
  doubleLater: async (value: number) => await sleep(1, value * 2),
  /** Changes the first number to signal its start, and never ends. */
  loop: (begun: SharedArrayBuffer): number => {
    const flag = new Int32Array(begun);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
    for (;;) Math.random();
  },
  /** The same without the processor, for tests in which a film is made meanwhile: it blocks its thread for ever. */
  block: (begun: SharedArrayBuffer): number => {
    const flag = new Int32Array(begun);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
    const never = new Int32Array(new SharedArrayBuffer(4));
    for (;;) Atomics.wait(never, 0, 0);
  },
  /** Backtracks for longer than any test waits. */
  backtrack: (letters: number) => /^(a|a)*$/.test(`${'a'.repeat(letters)}b`),
  refuse: (retriable: boolean): never => {
    throw new AppError('INVALID_INPUT', 'There is nothing to say.', {
      retriable,
      cause: new Error('the inner reason'),
    });
  },
  /** Writes to a disk that is always full (full(4)). */
  fillDisk: async (_: null) => await writeFile('/dev/full', 'one byte'),
  fail: (message: string): never => {
    throw new Error(message);
  },
  fillMemory: (_: null) => {
    const held: number[][] = [];
    for (;;) held.push(new Array<number>(1_000_000).fill(held.length));
  },
  countCalls: (_: null) => ++remembered.calls,
  lengthOf: (bytes: Uint8Array) => bytes.byteLength,
};

/** Names of the activities in error messages. */
export const testActivities = {
  double: 'Doubling',
  doubleLater: 'Doubling',
  loop: 'Looping',
  block: 'Blocking',
  backtrack: 'Matching',
  refuse: 'Refusing',
  fillDisk: 'Writing',
  fail: 'Failing',
  fillMemory: 'Filling the memory',
  countCalls: 'Counting',
  lengthOf: 'Measuring',
};

export default taskHandler(testTasks);
