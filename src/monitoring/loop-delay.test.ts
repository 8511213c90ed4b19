import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

const delay = new LoopDelay();
const timers: NodeJS.Timeout[] = [];
afterEach(() => {
  for (const timer of timers.splice(0)) clearInterval(timer);
  delay.close();
});

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('The delay of the event loop is the same however often it is read, until it is too long ago', async () => {
  // Beside other programs, the pause after the block may last a second.
  delay.open({ halfMs: 3_000 });
  await sleep(100);
  block(1_500);
  await sleep(200);
  const first = delay.p99Ms;
  expect(first).toBeGreaterThan(1_000);
  for (let reading = 0; reading < 5; reading++) expect(delay.p99Ms).toBe(first);
  // A busy machine may delay it meanwhile, but not by as much.
  await expect.poll(() => delay.p99Ms, { timeout: 20_000 }).toBeLessThan(first / 2);
});

it('A block that ends with the change of the histograms is measured, in a process with other timers', async () => {
  for (const ms of [7, 11, 33, 49]) timers.push(setInterval(() => block(3), ms));
  for (let round = 0; round < 8; round++) {
    delay.open({ halfMs: 300 });
    await sleep(60 + round);
    block(400);
    // A pause that outlasts the figure is a block itself.
    await sleep(100);
    expect(delay.p99Ms, `round ${round}`).toBeGreaterThan(150);
    delay.close();
  }
});
