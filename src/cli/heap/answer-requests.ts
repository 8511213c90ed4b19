import { chmodSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { writeHeapSnapshot } from 'node:v8';
import { processIdentity, uniqueName } from '../../embedded/process-identity.ts';
import { restrictFolder } from '../../folder-permissions.ts';
import { HeapFolder, isLabel, type MarkedProcess, MOST_SNAPSHOTS, type ProcessKind, textOf } from './heap-folder.ts';

/**
 * Memory that a snapshot needs, in sizes of the heap. Measured: four for the heap of an API, fifteen for a million small objects. With
 * less, the system would probably end the process instead.
 */
const MEMORY_FACTOR = 5;
/** The same for the disk: the file has about twice the size of the heap. */
const DISK_FACTOR = 3;
const MB = 1_000_000;
const OWNER_ONLY = 0o600;

interface AnswerOptions {
  readonly dataDir: string;
  readonly kind: ProcessKind;
  readonly logger: {
    info: (facts: object, message: string) => void;
    warn: (facts: object, message: string) => void;
  };
}

/**
 * Lets `autovideo heap snapshot` ask this process, from now until the returned function is called. A marker names the process, and the
 * command sends SIGUSR2 to no other. Without a request in the folder the signal does nothing.
 */
export function answerSnapshotRequests({ dataDir, kind, logger }: AnswerOptions): () => void {
  const folder = new HeapFolder(dataDir);
  const id = uniqueName();
  const own = { id, kind, pid: process.pid, host: hostname(), identity: processIdentity(process.pid) ?? '' };
  const onSignal = () => answer(folder, own, logger);
  process.on('SIGUSR2', onSignal);
  try {
    restrictFolder(folder.path);
    // Those of processes that were killed.
    folder.processes();
    const { id: _id, ...facts } = own;
    writeFileSync(folder.fileOf(id, 'json'), JSON.stringify(facts), { mode: OWNER_ONLY });
  } catch (thrown) {
    // No reason not to start.
    logger.warn({ err: thrown }, 'heap snapshots cannot be taken');
  }
  return () => {
    folder.removeFilesOf(id);
    process.off('SIGUSR2', onSignal);
  };
}

function answer(folder: HeapFolder, own: MarkedProcess, logger: AnswerOptions['logger']): void {
  const label = textOf(folder.fileOf(own.id, 'request'));
  if (label === null || !isLabel(label)) {
    logger.info({}, 'SIGUSR2 without a request for a heap snapshot');
    return;
  }
  try {
    rmSync(folder.fileOf(own.id, 'request'), { force: true });
    const started = performance.now();
    take(folder, own, label);
    logger.info({ label, seconds: Math.round((performance.now() - started) / 1_000) }, 'a heap snapshot was taken');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    logger.warn({ err: thrown, label }, 'a heap snapshot could not be taken');
    leaveReason(folder, own.id, reason);
  }
}

function take(folder: HeapFolder, own: MarkedProcess, label: string): void {
  if (folder.snapshots().length >= MOST_SNAPSHOTS) throw new Error(`There are ${MOST_SNAPSHOTS} snapshots already.`);
  checkRoom(folder);
  const partial = folder.fileOf(own.id, 'partial');
  writeHeapSnapshot(partial);
  chmodSync(partial, OWNER_ONLY);
  // Only a complete one has its name.
  renameSync(partial, folder.snapshotPath(label, own));
}

function checkRoom({ path }: HeapFolder): void {
  const { heapUsed } = process.memoryUsage();
  const { bavail, bsize } = statfsSync(path);
  const rooms = [
    { what: 'of memory', needed: heapUsed * MEMORY_FACTOR, free: process.availableMemory() },
    { what: 'on the disk of DATA_DIR', needed: heapUsed * DISK_FACTOR, free: bavail * bsize },
  ];
  for (const { what, needed, free } of rooms)
    if (free < needed)
      throw new Error(
        `A snapshot of its ${megabytes(heapUsed)} heap may need ${megabytes(needed)} ${what}, and ${megabytes(free)} are free.`,
      );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MB)} MB`;
}

/** In a folder that cannot be written the log alone has it. An error here would end the process. */
function leaveReason(folder: HeapFolder, id: string, reason: string): void {
  try {
    rmSync(folder.fileOf(id, 'partial'), { force: true, recursive: true });
    writeFileSync(folder.fileOf(id, 'failed'), reason, { mode: OWNER_ONLY });
  } catch {
    // The command then waits until its time limit, and says where to look.
  }
}
