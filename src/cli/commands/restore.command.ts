import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { type ArchiveFacts, checkArchive } from '../../backups/archive-check.ts';
import { type PresentState, refuseNewer, refuseWhileRunning } from '../../backups/restore.ts';
import {
  notifyOfRestore,
  type OpenRestore,
  openRestore,
  type RestoreRequest,
  writeRestoredSettings,
} from '../../command-services.ts';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { archiveSecret } from '../archive-secret.ts';
import { bytesAs } from '../bytes.ts';
import { settings } from '../settings.ts';
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import { tableOf } from '../table.ts';

export interface RestoreContext {
  readonly config: () => Config;
  /** The caller closes it. */
  readonly open: (config: Config) => Promise<OpenRestore>;
  readonly print: (text: string) => void;
  /** What the operator types; undefined where there is no terminal. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  readonly listenForStop: () => Pick<StopSignal, 'signal' | 'close'>;
}

const ownInstallation = (): RestoreContext => ({
  config: settings,
  open: openRestore,
  print: (text) => void process.stdout.write(`${text}\n`),
  ask: process.stdin.isTTY ? askAtTerminal : undefined,
  listenForStop,
});

interface RestoreOptions {
  readonly verify: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly passphraseFile?: string;
}

export function restoreCommand(context: RestoreContext = ownInstallation()): Command {
  return new Command('restore')
    .description('Replaces the database and the files by those of an archive. Every process has to be stopped before.')
    .argument('<file>', 'the archive')
    .option('--verify', 'only reads the whole archive, and says what it holds', false)
    .option('--dry-run', 'also says what would be replaced, and changes nothing', false)
    .option('--passphrase-file <file>', 'for an archive that was encrypted with a passphrase')
    .option('--yes', 'does not ask', false)
    .action((file: string, options: RestoreOptions) => run(context, file, options));
}

async function run(context: RestoreContext, file: string, options: RestoreOptions): Promise<void> {
  const config = context.config();
  const stop = context.listenForStop();
  try {
    const secret = await archiveSecret(config, options);
    const facts = await checkArchive(file, secret, stop.signal);
    const request = { path: file, secret, signal: stop.signal, facts };
    context.print(contentOf(facts));
    if (options.verify && !options.dryRun) return;
    refuseNewer(facts);
    const opened = await context.open(config);
    try {
      const present = await opened.present();
      context.print(replacedOf(present));
      if (options.dryRun) return context.print('Nothing was changed.');
      refuseWhileRunning(present.processes);
      // Before the present state is backed up: an archive of it would be left for nothing.
      if (!options.yes && !context.ask)
        throw new AppError(
          'INVALID_INPUT',
          'There is no terminal to ask at: nothing was changed. Add --yes to restore.',
        );
      await replace({ ...context, config, opened, isAgreed: options.yes }, request);
    } finally {
      await opened.close();
    }
  } finally {
    stop.close();
  }
}

interface Replacement extends Pick<RestoreContext, 'print' | 'ask'> {
  readonly config: Config;
  readonly opened: OpenRestore;
  readonly isAgreed: boolean;
}

async function replace({ config, opened, isAgreed, print, ask }: Replacement, request: RestoreRequest): Promise<void> {
  const { facts } = request;
  const before = await opened.backUpFirst(request.signal);
  print(`The present state is in ${before.location}.`);
  if (!isAgreed && ask) await askFirst(ask, request.signal);
  await opened.restore(request).catch((thrown: unknown) => {
    const isUnknown = thrown instanceof AppError && thrown.code === 'ANSWER_LOST';
    if (!isUnknown) print(UNCHANGED);
    throw thrown;
  });
  print('Restored.');
  const settingsPath = await writeRestoredSettings(config, facts);
  if (settingsPath !== null)
    print(
      `The data needs other secrets than are set: put the lines of ${settingsPath} into .env or your secret store before the start, then delete the file.`,
    );
  for (const { notifier, error } of await notifyOfRestore(config, facts, before))
    print(error === null ? `Notified ${notifier}.` : `${notifier} could not be notified: ${error.message}`);
}

const UNCHANGED =
  'The restore has failed, and every row is as it was before. Files of the archive that were missing may have been put back, which changes nothing. Mend what is said next, and run the same command again.';

async function askFirst(ask: NonNullable<RestoreContext['ask']>, signal: AbortSignal): Promise<void> {
  const answer = await ask('Replace everything by the content of the archive? Type yes: ', signal);
  if (answer.trim().toLowerCase() !== 'yes') throw new AppError('CANCELED', 'Nothing was replaced.');
}

/** Ctrl-C, Ctrl-D and a signal are no yes. */
async function askAtTerminal(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const asked = terminal.question(question, { signal }).catch(() => '');
  try {
    return await Promise.race([asked, ended]);
  } finally {
    terminal.close();
  }
}

function contentOf({ createdAt, product, encryption, manifest }: ArchiveFacts): string {
  const rows = manifest.tables.filter((table) => table.rows > 0).map((table) => [table.name, String(table.rows)]);
  const encrypted = { none: 'not encrypted', key: 'encrypted with a key', passphrase: 'encrypted with a passphrase' };
  const { count, bytes } = manifest.files;
  return [
    `The archive is complete: of ${createdAt}, by version ${product}, ${encrypted[encryption.kind]}.`,
    tableOf([['TABLE', 'ROWS'], ...rows]),
    `Files: ${count}, ${bytesAs(bytes)}.`,
  ].join('\n');
}

function replacedOf({ rows, processes }: PresentState): string {
  const filled = [...rows].filter(([, count]) => count > 0).map(([name, count]) => [name, String(count)]);
  const lines =
    filled.length === 0
      ? ['The database is empty.']
      : ['These rows would be replaced:', tableOf([['TABLE', 'ROWS'], ...filled])];
  return [...lines, ...processes.map((process) => `Stop what uses the database before: ${process}.`)].join('\n');
}
