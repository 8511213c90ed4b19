import { readFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';

/** How much of the container or, without its limits, of the machine is used, by all its processes. Percent. */
export interface MachineUsage {
  /** Of the last ten readings, which are five minutes: a film uses all processors for a while. Null before there are as many. */
  readonly cpuPercent: number | null;
  /** Null where the system does not say it. */
  readonly memoryPercent: number | null;
}

/** Processor time of a container or a machine. */
interface CpuTime {
  /** Seconds in which processors were busy, and which passed on all of them that may be used. */
  readonly busy: number;
  readonly passed: number;
}

export interface MachineOptions {
  /** Where /proc and /sys are. */
  readonly root?: string;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly platform?: NodeJS.Platform;
}

/** One reading each half minute. */
const READINGS = 10;

/** Reads the limits of control groups (version 2 or 1), and the machine's figures where there are none. */
export class Machine {
  readonly #root: string;
  readonly #now: () => number;
  readonly #platform: NodeJS.Platform;
  #before: readonly CpuTime[] = [];

  constructor({ root = '/', now = () => performance.now(), platform = process.platform }: MachineOptions = {}) {
    this.#root = root;
    this.#now = now;
    this.#platform = platform;
  }

  /** Reads a few small files. To be called each half minute. */
  read(): MachineUsage {
    const now = this.#containerCpu() ?? machineCpu();
    const first = this.#before.at(-READINGS) ?? now;
    this.#before = [...this.#before, now].slice(-READINGS);
    const share = (now.busy - first.busy) / (now.passed - first.passed);
    return {
      cpuPercent: Number.isFinite(share) ? bounded(100 * share) : null,
      memoryPercent: this.#containerMemory() ?? this.#machineMemory(),
    };
  }

  /** On macOS nearly all memory holds contents of files, which count as used although the system may drop them. */
  #machineMemory(): number | null {
    return this.#platform === 'darwin' ? null : bounded(100 * (1 - freemem() / totalmem()));
  }

  /** Null where the container may use all processors. */
  #containerCpu(): CpuTime | null {
    const [quota, period] = (this.#read('cpu', 'cpu.max') ?? '').split(' ').map(Number);
    const cores = (quota ?? Number.NaN) / (period ?? Number.NaN);
    const passed = (this.#now() / 1_000) * cores;
    const busy = numberIn(this.#read('cpu', 'cpu.stat'), 'usage_usec');
    if (cores > 0 && busy !== null) return { busy: busy / 1_000_000, passed };
    return this.#olderContainerCpu();
  }

  #olderContainerCpu(): CpuTime | null {
    const quota = Number(this.#read('cpu', 'cpu.cfs_quota_us') ?? Number.NaN);
    const period = Number(this.#read('cpu', 'cpu.cfs_period_us') ?? Number.NaN);
    const busy = Number(this.#read('cpuacct', 'cpuacct.usage') ?? Number.NaN);
    const isLimited = quota > 0 && period > 0 && Number.isFinite(busy);
    return isLimited ? { busy: busy / 1_000_000_000, passed: (this.#now() / 1_000) * (quota / period) } : null;
  }

  /** Without the contents of files that the system may drop at any time. Null where the container may use all memory. */
  #containerMemory(): number | null {
    const newer = { limit: 'memory.max', used: 'memory.current', droppable: 'inactive_file' };
    const older = {
      limit: 'memory.limit_in_bytes',
      used: 'memory.usage_in_bytes',
      droppable: 'total_inactive_file',
    };
    for (const { limit, used, droppable } of [newer, older]) {
      const bytes = Number(this.#read('memory', limit) ?? Number.NaN);
      const usage = Number(this.#read('memory', used) ?? Number.NaN);
      // Without a limit the file has the word max, or a number that no machine has.
      if (!(bytes > 0 && bytes <= totalmem()) || !Number.isFinite(usage)) continue;
      const cached = numberIn(this.#read('memory', 'memory.stat'), droppable) ?? 0;
      return bounded((100 * (usage - cached)) / bytes);
    }
    return null;
  }

  /** A file of the process's control group; null where there is none. A container sees its own group as the topmost. */
  #read(controller: string, file: string): string | null {
    for (const [folder, group] of this.#groups(controller))
      for (const path of [join(folder, group, file), join(folder, file)]) {
        const text = this.#textOf(path);
        if (text !== null) return text;
      }
    return null;
  }

  /** Where the process's group of a controller is: in version 2 in one tree with all others, in version 1 in its own tree. */
  #groups(controller: string): readonly (readonly [folder: string, group: string])[] {
    const lines = (this.#textOf('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
    const groupOf = (name: string) => lines.find(([, names]) => names?.split(',').includes(name))?.[2] ?? '/';
    const older = controller === 'memory' ? ['memory'] : [controller, 'cpu,cpuacct'];
    return [
      ['/sys/fs/cgroup', groupOf('')],
      ...older.map((name) => [`/sys/fs/cgroup/${name}`, groupOf(controller)] as const),
    ];
  }

  #textOf(path: string): string | null {
    try {
      return readFileSync(join(this.#root, path), 'utf8').trim();
    } catch {
      return null; // the system has no such file
    }
  }
}

function machineCpu(): CpuTime {
  const times = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
  const busy = times.reduce((sum, time) => sum + time.busy, 0);
  return { busy, passed: times.reduce((sum, { idle }) => sum + idle, busy) };
}

/** The number behind a name, in a file with one of each on a line. */
function numberIn(text: string | null, name: string): number | null {
  const line = text?.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? null : Number(line.slice(name.length + 1));
}

function bounded(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
