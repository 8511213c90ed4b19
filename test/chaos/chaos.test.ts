import { expect, it } from 'vitest';
import { ensureBuilt } from '../helpers/processes.ts';
import { chaos } from './chaos.ts';
import { FakeProviderServer } from './fake-provider-server.ts';
import { broken, report } from './report.ts';

const FAULTS = {
  'worker SIGKILL': 1,
  'worker SIGSTOP': 1,
  'worker SIGTERM': 1,
  'API SIGKILL': 1,
  'Redis SIGKILL': 1,
  'Redis FLUSHALL': 1,
  'PostgreSQL immediate restart': 1,
  'disk full': 1,
};

it('With all kinds of faults, no video is lost, no work or request is done twice, and subscribers miss nothing', {
  timeout: 900_000,
}, async ({ signal, onTestFinished }) => {
  await ensureBuilt();
  const running = chaos({
    videos: 6,
    seed: '1',
    leaseSeconds: 2,
    openSource: () => FakeProviderServer.start('1'),
    faults: FAULTS,
    crashes: ['after the answer, before writing SETTLED', 'before the checkpoint of ASSEMBLY'],
    stallSeconds: 120,
    signal,
    print: () => undefined,
  });
  // After the timeout this test has failed already, but its servers still have to be stopped.
  onTestFinished(async () => void (await Promise.allSettled([running])));
  const result = await running;
  expect(broken(result), report(result)).toEqual([]);
  expect(result).toMatchObject({ videos: 6, completed: 6, failed: {}, lost: 0, late: 0 });
  // A run without faults would prove nothing. Not every machine allows the test to mount a disk that is easily filled.
  expect(result.injected).toEqual({ ...FAULTS, 'disk full': expect.toBeOneOf([FAULTS['disk full'], false]) });
  expect(result.crashes).toBeGreaterThan(0);
  expect(result.resumes.length).toBeGreaterThan(0);
  expect(result.reconnects).toBeGreaterThan(0);
});
