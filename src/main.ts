import { Command } from 'commander';
import { makeCommand } from './cli/make.command.ts';
import { migrateCommand } from './cli/migrate.command.ts';
import { queueCommand } from './cli/queue.command.ts';
import { recoverCommand } from './cli/recover.command.ts';
import { runCommands } from './cli/run.commands.ts';
import { saying } from './cli/saying.ts';
import { tasksCommand } from './cli/tasks.command.ts';
import { userCommand } from './cli/user.command.ts';

const program = new Command('autovideo')
  .description('Turns a topic, a script or an article into a narrated, captioned video.')
  .version('0.1.0')
  .showHelpAfterError('Add --help to see what there is.');

const commands = [makeCommand(), migrateCommand(), userCommand(), queueCommand(), recoverCommand(), tasksCommand()];
for (const command of [...runCommands(), ...commands]) program.addCommand(command);

await saying(() => program.parseAsync());
