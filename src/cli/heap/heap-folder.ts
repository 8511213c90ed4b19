import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from '../../embedded/process-identity.ts';

/** Kept at once: each may have hundreds of megabytes. */
export const MOST_SNAPSHOTS = 10;
const LABEL = /^[A-Za-z0-9-]{1,50}$/;
const SNAPSHOT = /^([A-Za-z0-9-]{1,50})\.(all|api|worker)-(\d{1,10})\.heapsnapshot$/;
const MARKER = /^\d{1,10}-[0-9a-f]{12}\.json$/;

export type ProcessKind = 'all' | 'api' | 'worker';

const marker = z.strictObject({
  pid: z.int().positive(),
  kind: z.enum(['all', 'api', 'worker']),
  /** Processes in other containers have the same ids. */
  host: z.string(),
  /** Distinguishes it from a later process with its id. */
  identity: z.string().min(1),
});

/** A process that takes snapshots when it is asked. */
export interface MarkedProcess extends z.infer<typeof marker> {
  /** What its files begin with. */
  readonly id: string;
}

export interface StoredSnapshot {
  readonly label: string;
  readonly kind: ProcessKind;
  readonly pid: number;
  readonly path: string;
  readonly takenAt: Date;
  /** Of the file. */
  readonly size: number;
}

export function isLabel(text: string): boolean {
  return LABEL.test(text);
}

/**
 * DATA_DIR/heap: the snapshots, named after label and process; and of each process that takes them a marker (`.json`), the request that
 * it has got (`.request`, with the label), the file that it writes (`.partial`) and why it could not (`.failed`).
 */
export class HeapFolder {
  readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'heap');
  }

  fileOf(id: string, kind: 'json' | 'request' | 'partial' | 'failed'): string {
    return join(this.path, `${id}.${kind}`);
  }

  snapshotPath(label: string, { kind, pid }: Pick<MarkedProcess, 'kind' | 'pid'>): string {
    return join(this.path, `${label}.${kind}-${pid}.heapsnapshot`);
  }

  /** The oldest first. */
  snapshots(): StoredSnapshot[] {
    const found = this.#names().flatMap((name) => {
      const [, label, kind, pid] = SNAPSHOT.exec(name) ?? [];
      const path = join(this.path, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (label === undefined || !isKind(kind) || !stat) return [];
      return [{ label, kind, pid: Number(pid), path, takenAt: stat.mtime, size: stat.size }];
    });
    return found.sort((one, other) => one.takenAt.getTime() - other.takenAt.getTime());
  }

  /** Running processes of this machine or container. Files of those that have ended are removed. */
  processes(): MarkedProcess[] {
    const here = this.#markers().filter(({ host }) => host === hostname());
    for (const ended of here.filter((process) => !isRunning(process))) this.removeFilesOf(ended.id);
    return here.filter(isRunning).sort((one, other) => one.pid - other.pid);
  }

  removeFilesOf(id: string): void {
    for (const kind of ['json', 'request', 'partial', 'failed'] as const)
      rmSync(this.fileOf(id, kind), { force: true });
  }

  #markers(): MarkedProcess[] {
    return this.#names()
      .filter((name) => MARKER.test(name))
      .flatMap((name) => {
        const read = marker.safeParse(parsed(textOf(join(this.path, name))));
        return read.success ? [{ ...read.data, id: name.slice(0, -'.json'.length) }] : [];
      });
  }

  #names(): string[] {
    return existsSync(this.path) ? readdirSync(this.path) : [];
  }
}

export function isRunning({ pid, identity }: Pick<MarkedProcess, 'pid' | 'identity'>): boolean {
  return processIdentity(pid) === identity;
}

/** The content of a small file; null where there is none. */
export function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // its process has just removed it
  }
}

function isKind(text: string | undefined): text is ProcessKind {
  return text === 'all' || text === 'api' || text === 'worker';
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
