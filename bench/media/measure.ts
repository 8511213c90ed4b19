import { readFileSync } from 'node:fs';

/** Seconds; CPU is user and system time of this process and of its ended children. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpuBefore = cpuSeconds();
  const before = performance.now();
  await work();
  return { wall: (performance.now() - before) / 1000, cpu: cpuSeconds() - cpuBefore };
}

/** Interleaves the contenders, so that a busy machine affects all; returns the costs of each contender by name. */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Record<Name, () => Promise<unknown>>,
): Promise<Map<string, Cost[]>> {
  const costs = new Map<string, Cost[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries<() => Promise<unknown>>(contenders)) {
      costs.set(name, [...(costs.get(name) ?? []), await costOf(work)]);
    }
  }
  return costs;
}

/**
 * Prints one line for each contender: medians, and the median of its rounds' ratios to the first contender's same
 * round.
 */
export function report(costs: ReadonlyMap<string, readonly Cost[]>): void {
  const [base = []] = costs.values();
  for (const [name, own] of costs) {
    const ratios = own.map(({ cpu }, at) => cpu / (base[at]?.cpu ?? Number.NaN));
    const [wall, cpu] = [median(own.map((cost) => cost.wall)), median(own.map((cost) => cost.cpu))];
    const figures = `wall ${wall.toFixed(2).padStart(6)} s   CPU ${cpu.toFixed(2).padStart(6)} s   ${median(ratios).toFixed(2)}`;
    say(`  ${name.padEnd(52)} ${figures}   (rounds ${ratios.map((one) => one.toFixed(2)).join(' ')})`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** proc(5), /proc/pid/stat, fields 14 to 17. */
function cpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // The first field after the name is number 3; ticks are a hundredth of a second on every Linux that Node runs on.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}
