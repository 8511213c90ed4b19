/**
 * Tests what happens to videos while faults occur everywhere:
 *
 *   npm run chaos -- --videos 200 --seed 1
 *
 * It runs a separate real installation (PostgreSQL, Redis, an API, two workers with two slots each, FFmpeg), and a fake
 * provider that counts the requests that it accepts. Prints the results; exits 1 where a promise was broken.
 */
import { parseArgs } from 'node:util';
import { listenForStop } from '../../src/cli/stop-signal.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { chaos } from './chaos.ts';
import { CRASH_POINTS } from './crash-points.ts';
import { broken, report } from './report.ts';

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

const { values } = parseArgs({
  options: { videos: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const videos = Number(values.videos);
if (!Number.isInteger(videos) || videos < 1 || videos > 2_000)
  throw new Error('--videos takes a whole number from 1 to 2000.');

const share = (count: number) => Math.max(1, Math.round((count * videos) / 200));
const begun = performance.now();
const stop = listenForStop();
const result = await chaos({
  videos,
  seed: values.seed,
  leaseSeconds: 4,
  faults: Object.fromEntries(Object.entries(FAULTS).map(([name, count]) => [name, share(count)])),
  crashes: new Random(`${values.seed} deaths`).shuffled(CRASH_POINTS),
  stallSeconds: 120,
  signal: stop.signal,
  print: (sentence) => {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    process.stderr.write(`${seconds.padStart(4)} s  ${sentence}\n`);
  },
}).finally(() => stop.close());
process.stdout.write(report(result));
process.exitCode = broken(result).length === 0 ? 0 : 1;
