import { Command, InvalidArgumentError } from 'commander';
import { type DatabaseTools, openDatabaseTools } from '../../command-services.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { readDiagnosis } from '../../services/database/diagnosis.ts';
import type { IdleSession } from '../../services/database/maintenance-sql.ts';
import { UserFaultError } from '../../services/user-fault.ts';
import { ageOf } from '../age.ts';
import { reportOf } from '../database-report.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface DatabaseContext {
  /** The caller closes it. */
  readonly open: (options: { readonly toChange: boolean }) => Promise<DatabaseTools>;
  readonly print: (text: string) => void;
}

const IDLE_SECONDS = 300;

const operatedInstallation = (): DatabaseContext => ({
  open: (options) => openDatabaseTools(settings(), options),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** Diagnoses of the database; `idle` and `vacuum` mend two of the faults. */
export function dbCommand(context: DatabaseContext = operatedInstallation()): Command {
  const command = new Command('db').description('Shows what is wrong with the database, and mends it.');
  command.addCommand(
    new Command('show')
      .description('Lock waits, slow statements, dead rows, indexes and sessions; changes nothing.')
      .option('--json', 'everything, for programs', false)
      .action(({ json }: { json: boolean }) => show(context, json)),
    { isDefault: true },
  );
  command.addCommand(
    new Command('idle')
      .description('Shows sessions that do nothing; with --end it ends those that belong to no running Auto Video.')
      .option('--seconds <number>', 'for how long they have done nothing, 1 to 86400', wholeNumber, IDLE_SECONDS)
      .option('--end', 'end them', false)
      .action(({ seconds, end }: { seconds: number; end: boolean }) => idle(context, seconds, end)),
  );
  command.addCommand(
    new Command('vacuum')
      .description('Removes dead rows (VACUUM ANALYZE) where there are many, or of the given tables.')
      .argument('[table...]', 'as shown by autovideo db')
      .action((tables: string[]) => vacuum(context, tables)),
  );
  return command;
}

async function show(context: DatabaseContext, json: boolean): Promise<void> {
  await withTools(context, false, async ({ database }) => {
    const diagnosis = await readDiagnosis(database);
    context.print(json ? JSON.stringify(diagnosis, null, 2) : reportOf(diagnosis));
  });
}

async function idle(context: DatabaseContext, seconds: number, end: boolean): Promise<void> {
  await withTools(context, end, async ({ idleSessions }) => {
    if (end) {
      const ended = await idleSessions.end(COMMAND_LINE, seconds);
      context.print(`${sessionsOf(ended)} ended that had been idle for ${ageOf(seconds)} or longer.`);
    } else {
      const found = await idleSessions.list(seconds);
      const endable = found.filter(({ spared }) => spared === null).length;
      if (found.length > 0) context.print(tableOf([HEADINGS, ...found.map(cellsOf)]));
      context.print(`${sessionsOf(endable)} can be ended with --end.`);
    }
  });
}

async function vacuum(context: DatabaseContext, tables: readonly string[]): Promise<void> {
  await withTools(context, true, async ({ databaseMaintenance }) => {
    const done = await databaseMaintenance.run(COMMAND_LINE, tables.length === 0 ? null : tables);
    for (const name of done.tables) context.print(`${name} is vacuumed and analyzed.`);
    if (done.tables.length + done.faults.length === 0) context.print('No table has many dead rows.');
    if (done.faults.length > 0) throw new UserFaultError(...done.faults);
  });
}

async function withTools(
  { open }: DatabaseContext,
  toChange: boolean,
  work: (tools: DatabaseTools) => Promise<void>,
): Promise<void> {
  const opened = await open({ toChange });
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

const HEADINGS = ['PID', 'USER', 'CLIENT', 'PROGRAM', 'STATE', 'FOR', 'WITH --end'];

function cellsOf({ pid, user, client, application, state, idleSeconds, spared }: IdleSession): string[] {
  const fate = spared === null ? 'ends' : `stays: ${spared}`;
  return [String(pid), user ?? '–', client ?? '–', application ?? '–', state, ageOf(idleSeconds), fate];
}

function sessionsOf(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(text);
}
