import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { ArchiveSecret } from '../../backups/archive/archive-key.ts';
import { type OpenBackups, openBackups } from '../../command-services.ts';
import type { Config } from '../../config.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { archiveName } from '../../services/backups/backup.service.ts';
import { archiveSecret } from '../archive-secret.ts';
import { bytesAs } from '../bytes.ts';
import { settings } from '../settings.ts';
import { listenForStop } from '../stop-signal.ts';
import { tableOf } from '../table.ts';

export interface BackupContext {
  readonly config: () => Config;
  /** The caller closes it. */
  readonly open: (config: Config, secret?: ArchiveSecret) => Promise<OpenBackups>;
  readonly print: (text: string) => void;
}

const ownInstallation: BackupContext = {
  config: settings,
  open: openBackups,
  print: (text) => void process.stdout.write(`${text}\n`),
};

interface BackupOptions {
  readonly to?: string;
  readonly encrypt: boolean;
  readonly passphraseFile?: string;
  readonly json: boolean;
}

/** `backup` takes one now; `backup list` shows those that were begun. */
export function backupCommand(context: BackupContext = ownInstallation): Command {
  const command = new Command('backup').description('Copies the database and the files to one archive.');
  command.addCommand(
    new Command('take')
      .description('Takes a backup and reads it back. The installation may be running.')
      .option('--to <path>', 'a folder, or the name of a new file; BACKUP_DIR by default')
      .option('--no-encrypt', 'anyone who has the archive can then read it')
      .option('--passphrase-file <file>', 'encrypts with the passphrase in the file instead of ENCRYPTION_KEYS')
      .option('--json', 'prints the backup as JSON', false)
      .action((options: BackupOptions) => take(context, options)),
    { isDefault: true },
  );
  command.addCommand(
    new Command('list')
      .description('Shows the backups that were begun, newest first.')
      .option('--json', 'prints them as JSON', false)
      .action((options: Pick<BackupOptions, 'json'>) => list(context, options)),
  );
  return command;
}

/** Ctrl-C ends it; no archive is left then. */
async function take({ config, open, print }: BackupContext, options: BackupOptions): Promise<void> {
  const own = config();
  const opened = await open(own, await archiveSecret(own, options));
  const stop = listenForStop();
  try {
    const place = options.to === undefined ? ({ kind: 'REGULAR' } as const) : await placeOf(options.to);
    const { location, size, verified } = await opened.backups.take(COMMAND_LINE, { ...place, signal: stop.signal });
    if (options.json) print(JSON.stringify({ location, size, verified }));
    else print(`${location}\n${bytesAs(size ?? 0)}, read back and complete.\n${keyNote(own, options)}`);
  } finally {
    stop.close();
    await opened.close();
  }
}

/** What opens it, which must not be lost. */
function keyNote({ encryptionKeys }: Config, { encrypt, passphraseFile }: BackupOptions): string {
  if (!encrypt) return 'It is not encrypted: anyone who has it can read it.';
  if (passphraseFile !== undefined) return 'Only the passphrase opens it: keep it elsewhere than the archive.';
  return `Only the key "${encryptionKeys[0]?.id}" of ENCRYPTION_KEYS (or secrets.json in DATA_DIR) opens it: keep a copy of it elsewhere.`;
}

/** A new name where the path is a folder. */
async function placeOf(to: string): Promise<{ readonly kind: 'ELSEWHERE'; readonly path: string }> {
  const path = resolve(to);
  const isFolder =
    /[/\\]$/.test(to) ||
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  return { kind: 'ELSEWHERE', path: isFolder ? join(path, archiveName('ELSEWHERE', new Date())) : path };
}

async function list({ config, open, print }: BackupContext, { json }: Pick<BackupOptions, 'json'>): Promise<void> {
  const opened = await open(config());
  try {
    const backups = await opened.backups.list(100);
    if (json) return print(JSON.stringify(backups));
    const rows = backups.map(({ startedAt, completedAt, size, verified, location, errorMessage }) => [
      startedAt.toISOString(),
      completedAt === null ? 'running' : verified ? 'complete' : 'failed',
      size === null ? '–' : bytesAs(size),
      location ?? errorMessage ?? '–',
    ]);
    print(tableOf([['STARTED', 'STATE', 'SIZE', 'ARCHIVE'], ...rows]));
  } finally {
    await opened.close();
  }
}
