import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { releaseStartMemory } from './start-memory.ts';

const MB = 1_048_576;
const youngGeneration = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.physical_space_size ?? 0;

/** Objects that live for a moment, until V8 has given them more room. */
function fillYoungGeneration(): void {
  let living: object[] = [];
  for (let made = 0; youngGeneration() < 4 * MB; made++) {
    living.push({ made });
    if (living.length > 200_000) living = living.slice(-50_000);
  }
}

it('memory that only the start has needed is given back', async () => {
  fillYoungGeneration();
  releaseStartMemory(0);
  await sleep(10);
  expect(youngGeneration()).toBeLessThan(2 * MB);
});
