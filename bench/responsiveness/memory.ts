import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 500;

/** Megabytes of each kind of process. */
export interface Memory {
  readonly all: number;
  /** The program itself with all its threads. */
  readonly node: number;
  readonly ffmpeg: number;
  readonly espeak: number;
  /** PostgreSQL and Redis. */
  readonly servers: number;
}

const NOTHING: Memory = { all: 0, node: 0, ffmpeg: 0, espeak: 0, servers: 0 };

/** Reads the memory of a process and all its descendants twice a second, until it is closed. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peak = NOTHING;
  #largest = NOTHING;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#read(), EVERY_MS);
  }

  /** The moment at which all processes together used most memory. */
  get peak(): Memory {
    return this.#peak;
  }

  /** The maximum of each kind, at any moment. */
  get largest(): Memory {
    return this.#largest;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #read(): void {
    const now = memoryOf(this.#pid);
    if (now.all > this.#peak.all) this.#peak = now;
    const larger = (kind: keyof Memory) => Math.max(now[kind], this.#largest[kind]);
    this.#largest = {
      all: larger('all'),
      node: larger('node'),
      ffmpeg: larger('ffmpeg'),
      espeak: larger('espeak'),
      servers: larger('servers'),
    };
  }
}

/** Of a process and all its descendants, now. */
export function memoryOf(root: number): Memory {
  const found = { ...NOTHING };
  for (const pid of familyOf(root)) {
    const megabytes = proportionalMegabytes(pid);
    found[kindOf(pid, root)] += megabytes;
    found.all += megabytes;
  }
  return found;
}

function kindOf(pid: number, root: number): Exclude<keyof Memory, 'all'> {
  if (pid === root) return 'node';
  const line = read(`/proc/${pid}/cmdline`);
  if (/(?:espeak|flite)-child/.test(line)) return 'espeak';
  return /ff(mpeg|probe)/.test(line)
    ? 'ffmpeg'
    : line.includes('postgres') || line.includes('redis')
      ? 'servers'
      : 'node';
}

/** The process and its descendants. */
function familyOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(id);
    children.set(parent, [...(children.get(parent) ?? []), Number(id)]);
  }
  const family = [root];
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family;
}

/** The fourth field; the second, the name of the program, is in parentheses and may contain anything. */
function parentOf(id: string): number {
  const stat = read(`/proc/${id}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
}

function proportionalMegabytes(pid: number): number {
  return (1_024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)) / 1e6;
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
