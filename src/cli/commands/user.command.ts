import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { type AccountServices, openAccounts } from '../../command-services.ts';
import { Role } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { settings } from '../settings.ts';

const ROLES = Object.keys(Role).filter((role) => role !== 'GUEST');

export function userCommand(): Command {
  const user = new Command('user').description('Creates accounts and grants roles.');
  user
    .command('create')
    .description(
      'Creates an account. The password is read from standard input, so that it does not appear in a process list or shell history.',
    )
    .requiredOption('--username <name>', '3 to 40 letters, digits, ".", "_" or "-"')
    .requiredOption('--email <address>')
    .addOption(new Option('--role <role>').choices(ROLES).default('CREATOR'))
    .action(async ({ username, email, role }: { username: string; email: string; role: Role }) => {
      if (process.stdin.isTTY) process.stderr.write('Password, then Ctrl-D: ');
      const password = (await text(process.stdin)).replace(/\r?\n$/, '');
      await withAccounts(({ accounts }) => accounts.createUser({ username, email, password, role }));
      process.stdout.write(`${username} has an account with the role ${role}.\n`);
    });
  user
    .command('grant')
    .description('Grants a role, permanently or until a given time.')
    .requiredOption('--user <name or e-mail>')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .option('--until <time>', 'end of the role, RFC 3339, e.g. 2030-01-31T00:00:00Z')
    .action(async ({ user: identifier, role, until }: { user: string; role: Role; until?: string }) => {
      const expiresAt = until === undefined ? null : timeOf(until);
      await withAccounts(async ({ administration, users }) => {
        const found = await users.findByIdentifier(identifier);
        if (!found) throw new AppError('NOT_FOUND', `There is no user ${identifier}.`);
        await administration.grantRole(COMMAND_LINE, { userId: found.id, role, expiresAt });
      });
      process.stdout.write(`${identifier} has the role ${role}${until === undefined ? '' : ` until ${until}`}.\n`);
    });
  return user;
}

function timeOf(until: string): Date {
  const time = new Date(until);
  if (Number.isNaN(time.getTime()))
    throw new AppError('INVALID_INPUT', 'The option --until needs a time such as 2030-01-31T00:00:00Z.');
  return time;
}

async function withAccounts(work: (opened: AccountServices) => Promise<unknown>): Promise<void> {
  const opened = await openAccounts(settings());
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}
