import { Command } from 'commander';
export function makeCommand(): Command {
  return new Command('make');
}
