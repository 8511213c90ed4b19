import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const FILE = JSON.stringify(join(import.meta.dirname, 'tick-shape.ts'));

/** Prints the nanoseconds of processor time that a tick takes after a full garbage collection with no tick in the queue. */
const program = (begin: string) => `
  import { setTimeout as sleep } from 'node:timers/promises';
  import { keepTickShape } from ${FILE};
  ${begin}
  const ticks = (count) => new Promise((resolve) => {
    const begun = process.cpuUsage();
    const next = () => {
      if (--count > 0) return process.nextTick(next);
      const { user, system } = process.cpuUsage(begun);
      resolve(user + system);
    };
    next();
  });
  await ticks(50);
  await sleep(5);
  globalThis.gc();
  await ticks(100_000);
  const times = [];
  for (let round = 0; round < 5; round++) times.push(await ticks(100_000));
  console.log(Math.min(...times) / 100);
  globalThis.release?.();`;

async function nanosecondsATick(begin: string): Promise<number> {
  const args = ['--expose-gc', '--no-warnings', '--input-type=module', '--eval', program(begin)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout);
}

it('A tick stays several times as fast as where a garbage collection has made V8 forget its shape', async () => {
  const forgotten = await nanosecondsATick('');
  const kept = await nanosecondsATick('globalThis.release = keepTickShape();');
  expect(forgotten / kept).toBeGreaterThan(2);
});
