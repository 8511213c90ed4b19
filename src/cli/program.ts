import { Command } from 'commander';
import { VERSION } from '../version.ts';
import { alertsCommand } from './commands/alerts.command.ts';
import { auditCommand } from './commands/audit.command.ts';
import { backupCommand } from './commands/backup.command.ts';
import { configCommand } from './commands/config.command.ts';
import { dbCommand } from './commands/db.command.ts';
import { deployCommand } from './commands/deploy.command.ts';
import { doctorCommand } from './commands/doctor.command.ts';
import { heapCommand } from './commands/heap.command.ts';
import { keysCommand } from './commands/keys.command.ts';
import { logsCommand } from './commands/logs.command.ts';
import { makeCommand } from './commands/make.command.ts';
import { migrateCommand } from './commands/migrate.command.ts';
import { providersCommand } from './commands/providers.command.ts';
import { queueCommand } from './commands/queue.command.ts';
import { recoverCommand } from './commands/recover.command.ts';
import { restoreCommand } from './commands/restore.command.ts';
import { runCommands } from './commands/run.commands.ts';
import { supportBundleCommand } from './commands/support-bundle.command.ts';
import { tasksCommand } from './commands/tasks.command.ts';
import { userCommand } from './commands/user.command.ts';
import { reportErrors } from './report-errors.ts';

/** Permissions removed from new files and folders: all those of the group and of others. */
const OWNER_ONLY = 0o077;
const NEW_FILE = 0o666;

/** Runs the command that the arguments of the process name. */
export async function runProgram(): Promise<void> {
  // Before any file is written. The umask instead of a mode for each file, since FFmpeg, Redis and their children
  // inherit it as well; it belongs to the whole process, so it is set here, by the program, and never by a part of it.
  const umaskOfUser = process.umask(OWNER_ONLY);
  const program = buildProgram(NEW_FILE & ~umaskOfUser);
  await reportErrors(() => program.parseAsync());
}

/** Every command. `fileMode`: permissions of the films that it saves. */
export function buildProgram(fileMode: number): Command {
  const program = new Command('autovideo')
    .description('Turns a script or an article into a narrated, captioned video.')
    .version(VERSION)
    .showHelpAfterError('Add --help to see the commands and options.');

  const commands = [
    makeCommand(fileMode),
    migrateCommand(),
    userCommand(),
    auditCommand(),
    queueCommand(),
    recoverCommand(),
    providersCommand(),
    alertsCommand(),
    tasksCommand(),
    logsCommand(),
    configCommand(),
    deployCommand(),
    keysCommand(),
    dbCommand(),
    backupCommand(),
    restoreCommand(),
    doctorCommand(),
    heapCommand(),
    supportBundleCommand(),
  ];
  for (const command of [...runCommands(), ...commands]) program.addCommand(command);
  return program;
}
