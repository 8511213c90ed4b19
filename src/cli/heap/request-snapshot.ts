import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, throwIfCanceled } from '../../errors.ts';
import { UserFaultError } from '../../services/user-fault.ts';
import {
  type HeapFolder,
  isLabel,
  isRunning,
  type MarkedProcess,
  MOST_SNAPSHOTS,
  type StoredSnapshot,
  textOf,
} from './heap-folder.ts';

const POLL_MS = 100;
/** A process that takes longer is stuck, or has a heap of many gigabytes. */
const WAIT_MS = 15 * 60_000;

export interface SnapshotRequest {
  readonly label: string;
  /** The only one where left out. */
  readonly pid?: number | undefined;
  readonly signal: AbortSignal;
  /** Before it waits. */
  readonly onSent: (process: MarkedProcess) => void;
}

/** Asks a process of this installation for a snapshot, and waits for it. No other process gets a signal. */
export async function requestSnapshot(folder: HeapFolder, request: SnapshotRequest): Promise<StoredSnapshot> {
  checkLabel(folder, request.label);
  const asked = processOf(folder, request.pid);
  rmSync(folder.fileOf(asked.id, 'failed'), { force: true });
  writeFileSync(folder.fileOf(asked.id, 'request'), request.label, { mode: 0o600 });
  process.kill(asked.pid, 'SIGUSR2');
  request.onSent(asked);
  return await answerOf(folder, asked, request);
}

function checkLabel(folder: HeapFolder, label: string): void {
  if (!isLabel(label)) throw invalid('The label must have 1 to 50 of the letters A to Z and a to z, digits and "-".');
  const stored = folder.snapshots();
  if (stored.some((one) => one.label === label)) throw invalid(`There is a snapshot "${label}" already.`);
  if (stored.length >= MOST_SNAPSHOTS)
    throw invalid(`${MOST_SNAPSHOTS} snapshots are kept. Remove one first: autovideo heap remove ${stored[0]?.label}`);
}

function processOf(folder: HeapFolder, pid: number | undefined): MarkedProcess {
  const running = folder.processes();
  const [only, ...others] = pid === undefined ? running : running.filter((one) => one.pid === pid);
  if (only && others.length === 0) return only;
  const list = running.map((one) => `${one.pid} (${one.kind})`).join(', ');
  if (only) throw invalid(`Several processes run here; name one with --pid: ${list}.`);
  const which = pid === undefined ? 'No process' : `No process ${pid}`;
  const rest = list === '' ? 'One in another container or on another machine is asked there.' : `Running are: ${list}.`;
  throw new AppError('NOT_FOUND', `${which} of this installation runs here. ${rest}`);
}

async function answerOf(folder: HeapFolder, asked: MarkedProcess, request: SnapshotRequest): Promise<StoredSnapshot> {
  const end = performance.now() + WAIT_MS;
  while (performance.now() < end) {
    // Asked first: a process that has just ended may have finished before.
    const wasRunning = isRunning(asked);
    const taken = folder.snapshots().find(({ label, pid }) => label === request.label && pid === asked.pid);
    if (taken) return taken;
    const failure = textOf(folder.fileOf(asked.id, 'failed'));
    // Created and then written.
    if (failure) throw new AppError('STORAGE_ERROR', `No snapshot was taken. ${failure}`);
    if (!wasRunning) {
      folder.removeFilesOf(asked.id);
      throw new AppError('STORAGE_ERROR', `Process ${asked.pid} has ended without a snapshot. Was it out of memory?`);
    }
    throwIfCanceled(request.signal);
    await sleep(POLL_MS);
  }
  throw new AppError('STORAGE_ERROR', `Process ${asked.pid} has taken no snapshot in 15 minutes. Its log may say why.`);
}

function invalid(message: string): UserFaultError {
  return new UserFaultError({ code: 'INVALID', message });
}
