import { expect, it } from 'vitest';
import { ensureBuilt } from '../../helpers/processes.ts';
import { chaos } from '../chaos.ts';
import { broken, report } from '../report.ts';
import { FakeServices } from './fake-services.ts';

const SEED = '4';
const FAULTS = { 'worker SIGKILL': 1, 'Redis SIGKILL': 1, 'PostgreSQL immediate restart': 1 };
/** A few calls are enough for some of each. */
const CALL_FAULTS = {
  busy: 0.08,
  'busy for long': 0.03,
  'server fault': 0.06,
  'wrong key': 0,
  'broken off': 0.08,
  'hung up': 0.03,
  stalled: 0.03,
  'stalled unbilled': 0.02,
};

it('With services that refuse, break off and stall, and workers that crash, the ledger has what was billed, and nothing is paid twice', {
  timeout: 900_000,
}, async ({ signal, onTestFinished }) => {
  await ensureBuilt();
  const running = chaos({
    videos: 8,
    seed: SEED,
    leaseSeconds: 2,
    faults: FAULTS,
    crashes: ['after writing SENT, before the request', 'after the answer, before writing SETTLED'],
    openSource: () => FakeServices.start({ seed: SEED, lostAnswers: 'ask', faults: CALL_FAULTS }),
    stallSeconds: 120,
    signal,
    print: () => undefined,
  });
  // After the timeout this test has failed already, but its servers still have to be stopped.
  onTestFinished(async () => void (await Promise.allSettled([running])));
  const result = await running;
  expect(broken(result), report(result)).toEqual([]);
  expect(result).toMatchObject({ videos: 8, failed: {}, lost: 0, late: 0, injected: FAULTS });
  expect(result.completed + result.tooDear).toBe(8);
  // A run without lost answers would prove nothing.
  expect(result.crashes).toBeGreaterThan(0);
  const lines = new Map(result.requests.lines);
  expect(lines.get('attempts UNCERTAIN'), report(result)).toBeDefined();
  expect(lines.get('attempts REFUSED'), report(result)).toBeDefined();
});
