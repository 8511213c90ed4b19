import { expect, it } from 'vitest';
import { type HealthFacts, HealthWatch } from './health-watch.ts';

it('A client gets the state at once, and then only another status, however the times change', async () => {
  const states: HealthFacts['status'][] = ['HEALTHY', 'HEALTHY', 'UNHEALTHY', 'UNHEALTHY', 'DEGRADED'];
  let reads = 0;
  const watch = new HealthWatch({
    read: async () => ({
      status: states[Math.min(reads, states.length - 1)] ?? 'UNKNOWN',
      version: '1',
      uptimeSeconds: ++reads,
      timestamp: new Date(reads),
    }),
    pause: async () => undefined,
    onFault: (thrown) => expect(thrown).toBeUndefined(),
  });
  const seen: string[] = [];
  for await (const { status } of watch.open()) if (seen.push(status) === 3) break;
  expect(seen).toEqual(['HEALTHY', 'UNHEALTHY', 'DEGRADED']);
  expect(reads).toBeGreaterThanOrEqual(5);
  await watch.close();
});
