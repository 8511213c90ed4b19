/**
 * Tests what happens to videos while faults occur everywhere:
 *
 *   npm run chaos -- --videos 200 --seed 1
 *
 * With `--services` the contents come from five external services, through their real adapters: fakes that bill each call, refuse,
 * break off and stall. `--lost-answers resend` sends a request again whose answer was lost; by default a user decides.
 *
 * It runs a separate real installation (PostgreSQL, Redis, an API, two workers with two slots each, FFmpeg), and by
 * default a fake provider that counts the requests that it accepts. Prints the results; exits 1 where a promise was broken.
 */
import { parseArgs } from 'node:util';
import { listenForStop } from '../../src/cli/stop-signal.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { chaos } from './chaos.ts';
import { CRASH_POINTS } from './crash-points.ts';
import { FakeProviderServer } from './fake-provider-server.ts';
import { broken, report } from './report.ts';
import { FakeServices } from './services/fake-services.ts';
import type { CallFaults } from './services/unreliable-service.ts';

/** The number of faults for 200 videos. */
const FAULTS = {
  'worker SIGKILL': 10,
  'worker SIGSTOP': 3,
  'worker SIGTERM': 5,
  'API SIGKILL': 4,
  'Redis SIGKILL': 3,
  'Redis FLUSHALL': 4,
  'PostgreSQL immediate restart': 3,
  'disk full': 3,
};

/** Shares of the calls. A wrong key keeps a service from being called for five minutes. */
const CALL_FAULTS: CallFaults = {
  busy: 0.04,
  'busy for long': 0.01,
  'server fault': 0.03,
  'wrong key': 0.001,
  'broken off': 0.02,
  'hung up': 0.01,
  stalled: 0.015,
  'stalled unbilled': 0.005,
};

const { values } = parseArgs({
  options: {
    videos: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    services: { type: 'boolean', default: false },
    'lost-answers': { type: 'string', default: 'ask' },
  },
});
const videos = Number(values.videos);
if (!Number.isInteger(videos) || videos < 1 || videos > 2_000)
  throw new Error('--videos takes a whole number from 1 to 2000.');

const { seed, services, 'lost-answers': lostAnswers } = values;
if (lostAnswers !== 'ask' && lostAnswers !== 'resend') throw new Error('--lost-answers takes ask or resend.');

const share = (count: number) => Math.max(1, Math.round((count * videos) / 200));
const begun = performance.now();
const stop = listenForStop();
const result = await chaos({
  videos,
  seed,
  openSource: () =>
    services ? FakeServices.start({ seed, lostAnswers, faults: CALL_FAULTS }) : FakeProviderServer.start(seed),
  leaseSeconds: 4,
  faults: Object.fromEntries(Object.entries(FAULTS).map(([name, count]) => [name, share(count)])),
  crashes: new Random(`${seed} deaths`).shuffled(CRASH_POINTS),
  stallSeconds: 120,
  signal: stop.signal,
  print: (sentence) => {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    process.stderr.write(`${seconds.padStart(4)} s  ${sentence}\n`);
  },
}).finally(() => stop.close());
process.stdout.write(report(result));
process.exitCode = broken(result).length === 0 ? 0 : 1;
