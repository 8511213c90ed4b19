import { median, row, say } from '../shared/measure.ts';
import type { Sample } from './load.ts';
import { NAMES, type SideName, type Workload } from './workloads.ts';

/** From this share on the load is the limit, and the server's CPU is the meaningful figure. */
const FULL = 0.9;

type Samples = ReadonlyMap<SideName, readonly Sample[]>;

/**
 * The median of a figure of one side, or, with `to`, of its ratio to the other side in the same round: a machine's
 * speed changes.
 */
type Figure = (name: SideName, key: keyof Sample, to?: SideName) => number;

/** Prints medians of each side, then our results relative to the goals. */
export function print(work: Workload, samples: Samples): void {
  const [first = 'raw'] = work.sides;
  const of: Figure = (name, key, to) => {
    const own = samples.get(name) ?? [];
    if (to === undefined) return median(own.map((sample) => sample[key]));
    return median(own.map((sample, round) => sample[key] / (samples.get(to)?.[round]?.[key] ?? Number.NaN)));
  };
  say(`\n${work.title}`);
  row(
    '',
    'requests/s',
    'CPU µs each',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'of raw by rate',
    'by CPU',
    'load’s core',
    'core waited for',
  );
  for (const name of samples.keys()) {
    const cells = [of(name, 'p50Ms'), of(name, 'p95Ms'), of(name, 'p99Ms')].map((value) => value.toFixed(2));
    const ratios = [of(name, 'perSecond', first), of(first, 'cpuMicroseconds', name)];
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
    say(`  The load’s core was the limit of ${limited.map((name) => NAMES[name]).join(', ')}: compare these by CPU.`);
  sayGoals(work, limited, of);
}

function sayGoals({ goals, sides, p99, p95Ms }: Workload, limited: readonly SideName[], of: Figure): void {
  for (const name of sides) {
    const goal = goals[name];
    if (goal === undefined || Number.isNaN(of(name, 'perSecond')) || Number.isNaN(of('ours', 'perSecond'))) continue;
    const byRate = of('ours', 'perSecond', name);
    const byCpu = of(name, 'cpuMicroseconds', 'ours');
    const ratios = `${byRate.toFixed(2)} by rate, ${byCpu.toFixed(2)} by CPU × ${NAMES[name]}`;
    if (typeof goal === 'object') {
      const wanted = `goal ≥ ${goal.byRate} by rate, ≥ ${goal.byCpu} by CPU`;
      sayGoal(`${ratios}, ${wanted}`, byRate >= goal.byRate && byCpu >= goal.byCpu);
      continue;
    }
    const isLimited = limited.includes(name) || limited.includes('ours');
    const telling = isLimited ? 'CPU' : 'rate';
    sayGoal(`${ratios}, goal ≥ ${goal} by ${telling}`, (isLimited ? byCpu : byRate) >= goal);
  }
  if (p95Ms !== undefined)
    sayGoal(`p95 ${of('ours', 'p95Ms').toFixed(0)} ms, goal ≤ ${p95Ms} ms`, of('ours', 'p95Ms') <= p95Ms);
  if (p99 === undefined) return;
  const ratio = of('ours', 'p99Ms', 'raw');
  sayGoal(`${ratio.toFixed(2)} × the p99 of ${NAMES.raw}, goal ≤ ${p99}`, ratio <= p99);
}

function sayGoal(sentence: string, reached: boolean): void {
  say(`  ${reached ? 'reached' : 'missed '}  ${sentence}`);
}
