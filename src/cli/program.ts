import { Command } from 'commander';
import { makeCommand } from './make.command.ts';
import { migrateCommand } from './migrate.command.ts';
import { queueCommand } from './queue.command.ts';
import { recoverCommand } from './recover.command.ts';
import { runCommands } from './run.commands.ts';
import { saying } from './saying.ts';
import { tasksCommand } from './tasks.command.ts';
import { userCommand } from './user.command.ts';

/** The command that the arguments of the process name. */
export async function runProgram(): Promise<void> {
  const program = new Command('autovideo')
    .description('Turns a topic, a script or an article into a narrated, captioned video.')
    .version('0.1.0')
    .showHelpAfterError('Add --help to see what there is.');

  const commands = [makeCommand(), migrateCommand(), userCommand(), queueCommand(), recoverCommand(), tasksCommand()];
  for (const command of [...runCommands(), ...commands]) program.addCommand(command);

  await saying(() => program.parseAsync());
}
