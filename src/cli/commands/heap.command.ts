import { rmSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../errors.ts';
import { bytesAs } from '../bytes.ts';
import { escapeControls } from '../escape.ts';
import { type Growth, growthsOf, sumOf, type Tallies, talliesOf } from '../heap/growth.ts';
import { HeapFolder, type StoredSnapshot } from '../heap/heap-folder.ts';
import { requestSnapshot } from '../heap/request-snapshot.ts';
import { dataDir } from '../settings.ts';
import { listenForStop } from '../stop-signal.ts';
import { tableOf } from '../table.ts';

export interface HeapContext {
  readonly dataDir: () => string;
  readonly print: (text: string) => void;
  /** While it waits. */
  readonly note: (text: string) => void;
}

const ownInstallation: HeapContext = {
  dataDir,
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

const GROWTHS = 10;

/** Finds what grows in the memory of a process; works without a database and whatever other settings say. */
export function heapCommand(context: HeapContext = ownInstallation): Command {
  const folder = () => new HeapFolder(context.dataDir());
  const command = new Command('heap').description('Shows what grows in the memory of a running process.');
  command.addCommand(
    new Command('list').description('Shows the snapshots.').action(() => list(context, folder())),
    { isDefault: true },
  );
  command.addCommand(
    new Command('snapshot')
      .description(
        'Takes a snapshot of the JavaScript heap of a process that runs here, to DATA_DIR/heap. Meanwhile the process does nothing ' +
          'else, up to 20 seconds for each 100 MB of its heap, and needs 4 to 15 times the memory of its heap. The file contains ' +
          'secrets and what users have written.',
      )
      .requiredOption('--label <name>', 'letters, digits and "-", at most 50')
      .option('--pid <number>', 'which process, where several run', processId)
      .action((options: SnapshotOptions) => snapshot(context, folder(), options)),
  );
  command.addCommand(
    new Command('compare')
      .description(`Shows the ${GROWTHS} constructors whose objects have grown most, in bytes.`)
      .argument('<before>', 'label of the earlier snapshot')
      .argument('<after>', 'label of the later snapshot')
      .option('--json', 'for programs', false)
      .action((before: string, after: string, { json }: { json: boolean }) =>
        compare(context, folder(), { before, after, json }),
      ),
  );
  command.addCommand(
    new Command('remove')
      .description('Removes a snapshot.')
      .argument('<label>', 'as shown by autovideo heap list')
      .action((label: string) => remove(context, folder(), label)),
  );
  return command;
}

interface SnapshotOptions {
  readonly label: string;
  readonly pid?: number;
}

async function snapshot({ print, note }: HeapContext, folder: HeapFolder, options: SnapshotOptions): Promise<void> {
  const stop = listenForStop();
  try {
    const { label, size, path } = await requestSnapshot(folder, {
      ...options,
      signal: stop.signal,
      onSent: ({ pid, kind }) => note(`Process ${pid} (${kind}) writes the snapshot, and does nothing else meanwhile.`),
    });
    print(`"${label}" is taken: ${path}, ${bytesAs(size)}. It contains secrets: keep it on this machine.`);
  } finally {
    stop.close();
  }
}

function list({ print }: HeapContext, folder: HeapFolder): void {
  const rows = folder.snapshots().map((one) => [one.label, one.takenAt.toISOString(), bytesAs(one.size), ownerOf(one)]);
  const running = folder.processes().map(({ pid, kind }) => `${pid} (${kind})`);
  if (rows.length > 0) print(tableOf([['LABEL', 'TAKEN', 'SIZE', 'PROCESS'], ...rows]));
  else print('There is no snapshot.');
  print(`Processes that run here: ${running.length > 0 ? running.join(', ') : 'none'}.`);
}

async function compare(
  { print, note }: HeapContext,
  folder: HeapFolder,
  { before, after, json }: { readonly before: string; readonly after: string; readonly json: boolean },
): Promise<void> {
  const [earlier, later] = [snapshotOf(folder, before), snapshotOf(folder, after)];
  // One after the other, for their memory.
  const then = await talliesOf(earlier);
  const now = await talliesOf(later);
  const growths = growthsOf(then, now, GROWTHS);
  if (ownerOf(earlier) !== ownerOf(later)) note('The snapshots are of different processes.');
  if (later.takenAt < earlier.takenAt) note(`"${after}" was taken before "${before}".`);
  if (json)
    return print(JSON.stringify({ before: factsOf(earlier, then), after: factsOf(later, now), growths }, null, 2));
  print(tableOf([['', 'TAKEN', 'BYTES', 'OBJECTS', 'PROCESS'], rowOf(earlier, then), rowOf(later, now)]));
  print(growths.length > 0 ? `\n${tableOf([HEADINGS, ...growths.map(cellsOf)])}` : '\nNothing has grown.');
}

function remove({ print }: HeapContext, folder: HeapFolder, label: string): void {
  rmSync(snapshotOf(folder, label).path);
  print(`"${label}" is removed.`);
}

const HEADINGS = ['GROWTH', 'BYTES BEFORE', 'AFTER', 'OBJECTS BEFORE', 'AFTER', 'CONSTRUCTOR OR (TYPE)'];

function cellsOf({ name, bytes, before, after }: Growth): string[] {
  const counts = [before, after].map(({ count }) => numberOf(count));
  return [`+${bytesAs(bytes)}`, bytesAs(before.bytes), bytesAs(after.bytes), ...counts, escapeControls(name)];
}

function rowOf(snapshot: StoredSnapshot, tallies: Tallies): string[] {
  const { bytes, count } = sumOf(tallies);
  return [snapshot.label, snapshot.takenAt.toISOString(), bytesAs(bytes), numberOf(count), ownerOf(snapshot)];
}

function factsOf(snapshot: StoredSnapshot, tallies: Tallies) {
  const { label, takenAt, kind, pid } = snapshot;
  return { label, takenAt, kind, pid, ...sumOf(tallies) };
}

function snapshotOf(folder: HeapFolder, label: string): StoredSnapshot {
  const found = folder.snapshots().find((one) => one.label === label);
  if (!found)
    throw new AppError('NOT_FOUND', `There is no snapshot "${label}". autovideo heap list shows those there are.`);
  return found;
}

function ownerOf({ kind, pid }: StoredSnapshot): string {
  return `${pid} (${kind})`;
}

function numberOf(count: number): string {
  return count.toLocaleString('en');
}

function processId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It must be the id of a process.');
  return Number(text);
}
