import { Command } from 'commander';
import { openAccounts } from '../../command-services.ts';
import { settings } from '../settings.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Applies all pending migrations to the database and exits.')
    .action(async () => {
      const { migrated, close } = await openAccounts(settings());
      await close();
      process.stdout.write(
        migrated.length === 0 ? 'The database is up to date.\n' : `Applied ${migrated.join(', ')}.\n`,
      );
    });
}
