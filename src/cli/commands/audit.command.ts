import { Command } from 'commander';
import { type AccountServices, openAccounts } from '../../command-services.ts';
import { AppError } from '../../errors.ts';
import { settings } from '../settings.ts';

export interface AuditContext {
  /** The caller closes it. */
  readonly open: () => Promise<Pick<AccountServices, 'verifyAudit' | 'close'>>;
  readonly print: (text: string) => void;
}

const operatedInstallation = (): AuditContext => ({
  open: () => openAccounts(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** `verify` reads the whole audit log. */
export function auditCommand(context: AuditContext = operatedInstallation()): Command {
  const audit = new Command('audit').description('Checks the log of sign-ins, grants, keys and administrative acts.');
  audit
    .command('verify')
    .description(
      'Compares every entry with its digest and with the chain; exit status 1 where one does not fit. Keep the printed hash elsewhere: it shows later whether the log was replaced as a whole.',
    )
    .action(async () => await verify(context));
  return audit;
}

async function verify({ open, print }: AuditContext): Promise<void> {
  const opened = await open();
  try {
    const { entries, erased, hash, problem } = await opened.verifyAudit();
    if (problem)
      throw new AppError('DATABASE_ERROR', `The audit log was changed at entry ${problem.seq}: ${problem.reason}.`);
    print(`${entries} entries fit, ${erased} of them without the personal data of deleted accounts.`);
    print(`Hash of the last entry: ${hash}`);
  } finally {
    await opened.close();
  }
}
