import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

const delay = new LoopDelay();
afterEach(() => delay.close());

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('The delay of the event loop is the same however often it is read, until it is too long ago', async () => {
  delay.open({ halfMs: 1_000 });
  await sleep(100);
  block(1_500);
  await sleep(200);
  const first = delay.p99Ms;
  expect(first).toBeGreaterThan(1_000);
  for (let reading = 0; reading < 5; reading++) expect(delay.p99Ms).toBe(first);
  // A busy machine may delay it meanwhile, but not by as much.
  await expect.poll(() => delay.p99Ms, { timeout: 20_000 }).toBeLessThan(first / 2);
});
