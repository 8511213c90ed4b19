import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { releaseStartMemory } from './start-memory.ts';

const MB = 1_048_576;
const youngGeneration = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.physical_space_size ?? 0;

/** Creates short-lived objects until V8 has enlarged the young generation. */
function fillYoungGeneration(): void {
  let living: object[] = [];
  for (let made = 0; youngGeneration() < 4 * MB; made++) {
    living.push({ made });
    if (living.length > 200_000) living = living.slice(-50_000);
  }
}

it('Memory that only the start has needed is released', async () => {
  fillYoungGeneration();
  releaseStartMemory(0);
  await expect.poll(youngGeneration, { timeout: 5_000 }).toBeLessThan(2 * MB);
  expect(youngGeneration()).toBeLessThan(2 * MB);
});
