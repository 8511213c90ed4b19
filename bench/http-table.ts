import type { Sample } from './http-load.ts';
import { NAMES, type SideName, type Work } from './http-work.ts';
import { median, row, say } from './queue-measure.ts';

/** From here on it is the load that was measured, and the server's CPU is what tells. */
const FULL = 0.9;

type Samples = ReadonlyMap<SideName, readonly Sample[]>;

/** Medians of each side, then how ours stands to its goals. */
export function print(work: Work, samples: Samples): void {
  const [first = 'raw'] = work.sides;
  const of = (name: SideName, key: keyof Sample) => median((samples.get(name) ?? []).map((sample) => sample[key]));
  say(`\n${work.title}`);
  row('', 'requests/s', 'CPU µs each', 'p50 ms', 'p99 ms', 'of raw by rate', 'by CPU', 'load’s core', 'core taken');
  for (const name of samples.keys()) {
    const cells = [of(name, 'p50Ms'), of(name, 'p99Ms')].map((value) => value.toFixed(2));
    const ratios = [
      of(name, 'perSecond') / of(first, 'perSecond'),
      of(first, 'cpuMicroseconds') / of(name, 'cpuMicroseconds'),
    ];
    row(
      NAMES[name],
      of(name, 'perSecond').toFixed(0),
      of(name, 'cpuMicroseconds').toFixed(1),
      ...[...cells, ...ratios.map((value) => value.toFixed(2))],
      of(name, 'load').toFixed(2),
      of(name, 'waited').toFixed(2),
    );
  }
  const limited = [...samples.keys()].filter((name) => of(name, 'load') >= FULL);
  if (limited.length > 0)
    say(
      `  The load’s core was the limit of ${limited.map((name) => NAMES[name]).join(', ')}: there it is CPU that tells.`,
    );
  sayGoals(work, limited, of);
}

function sayGoals(
  { goals, sides, p99 }: Work,
  limited: readonly SideName[],
  of: (name: SideName, key: keyof Sample) => number,
): void {
  for (const name of sides) {
    const goal = goals[name];
    if (goal === undefined || Number.isNaN(of(name, 'perSecond')) || Number.isNaN(of('ours', 'perSecond'))) continue;
    const byRate = of('ours', 'perSecond') / of(name, 'perSecond');
    const byCpu = of(name, 'cpuMicroseconds') / of('ours', 'cpuMicroseconds');
    const isLimited = limited.includes(name) || limited.includes('ours');
    const ratios = `${byRate.toFixed(2)} by rate, ${byCpu.toFixed(2)} by CPU`;
    const telling = isLimited ? 'CPU' : 'rate';
    sayGoal(`${ratios} × ${NAMES[name]}, goal ≥ ${goal} by ${telling}`, (isLimited ? byCpu : byRate) >= goal);
  }
  if (p99 === undefined) return;
  const ratio = of('ours', 'p99Ms') / of('raw', 'p99Ms');
  sayGoal(`${ratio.toFixed(2)} × the p99 of ${NAMES.raw}, goal ≤ ${p99}`, ratio <= p99);
}

function sayGoal(sentence: string, reached: boolean): void {
  say(`  ${reached ? 'reached' : 'missed '}  ${sentence}`);
}
