import { Command } from 'commander';
import { type Deployments, openDeployments } from '../../command-services.ts';
import { type Config, loadConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { type DeploymentFacts, readDeployments } from '../../services/deployments/deployment-store.ts';
import { type Confirm, confirmAtTerminal } from '../confirm.ts';
import { checkAfter } from '../deploy/check-after.ts';
import { checkBefore, checkSettings } from '../deploy/check-before.ts';
import { type CheckResult, checked } from '../deploy/check-result.ts';
import { filmCheck } from '../deploy/film-check.ts';
import { rollbackSteps } from '../deploy/rollback-steps.ts';
import { environment } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface DeployContext {
  readonly env: () => Readonly<Record<string, string | undefined>>;
  /** The caller closes it. */
  readonly open: (config: Config) => Promise<Deployments>;
  /** Makes a short film with the installation. */
  readonly film: () => Promise<CheckResult>;
  readonly print: (text: string) => void;
  readonly confirm?: Confirm | undefined;
}

const ownInstallation = (): DeployContext => ({
  env: environment,
  open: openDeployments,
  film: () => filmCheck(environment()),
  print: (text) => void process.stdout.write(`${text}\n`),
  confirm: confirmAtTerminal(),
});

const MOST_LISTED = 50;

/** `check|history|rollback`: none of them changes the database but the record of a rollback. */
export function deployCommand(context: DeployContext = ownInstallation()): Command {
  const command = new Command('deploy').description('Checks an update before and after it, and prepares a rollback.');
  command.addCommand(
    new Command('check')
      .description(
        'With the program of the new version: settings, running jobs, pending migrations and what they lock. Exit status 1 where something has failed.',
      )
      .option('--after', 'once it runs: health, errors since its start, key figures', false)
      .option('--film', 'with --after: makes a film of some seconds too', false)
      .option('--json', 'for scripts', false)
      .action((options: CheckOptions) => check(context, options)),
  );
  command.addCommand(
    new Command('history')
      .description('Shows which version ran since when, and with which migrations.')
      .option('--json', 'for scripts', false)
      .action(({ json }: { json: boolean }) => history(context, json)),
  );
  command.addCommand(
    new Command('rollback')
      .description(
        'Verifies that a version that ran before fits the database, prints the steps, records the decision and notifies. It replaces no files.',
      )
      .argument('<version>', 'as shown by the history')
      .option('--dry-run', 'only verifies and prints', false)
      .option('--yes', 'does not ask', false)
      .action((version: string, options: RollbackOptions) => rollback(context, version, options)),
  );
  return command;
}

interface CheckOptions {
  readonly after: boolean;
  readonly film: boolean;
  readonly json: boolean;
}

async function check(context: DeployContext, { after, film, json }: CheckOptions): Promise<void> {
  const env = context.env();
  const settings = checkSettings(env);
  const results = [settings];
  if (settings.result !== 'FAILED') {
    const config = loadConfig(env);
    const others = checked('database', () =>
      withDeployments(context, config, (opened) => (after ? checkAfter(config, opened) : checkBefore(opened))),
    );
    results.push(...(await others));
    if (after && film) results.push(...(await checked('film', context.film)));
  }
  context.print(json ? JSON.stringify(results, null, 2) : tableOf([HEADINGS, ...results.map(cellsOf)]));
  const failures = results.filter(({ result }) => result === 'FAILED').length;
  if (failures > 0) throw new AppError('CONFIG_INVALID', `${failures} of ${results.length} checks failed.`);
}

const HEADINGS = ['CHECK', 'RESULT', 'DETAIL'];

function cellsOf({ check: name, result, detail }: CheckResult): string[] {
  return [name, result, detail];
}

async function history(context: DeployContext, json: boolean): Promise<void> {
  const found = await withDeployments(context, loadConfig(context.env()), ({ db }) =>
    readDeployments(db.sql(), MOST_LISTED),
  );
  if (json) return context.print(JSON.stringify(found, null, 2));
  if (found.length === 0) return context.print('No start was recorded yet.');
  context.print(tableOf([['VERSION', 'SINCE', 'LAST START', 'MIGRATION'], ...found.map(historyCells)]));
}

function historyCells({ version, firstSeenAt, lastSeenAt, migration }: DeploymentFacts): string[] {
  return [version, firstSeenAt.toISOString(), lastSeenAt.toISOString(), migration];
}

interface RollbackOptions {
  readonly dryRun: boolean;
  readonly yes: boolean;
}

async function rollback(context: DeployContext, version: string, { dryRun, yes }: RollbackOptions): Promise<void> {
  const { print, confirm } = context;
  await withDeployments(context, loadConfig(context.env()), async (opened) => {
    const plan = await opened.rollback.plan(version);
    print(rollbackSteps(plan));
    if (dryRun) return;
    if (!yes && !confirm)
      throw new AppError('INVALID_INPUT', 'There is no terminal to ask at: add --yes to record the rollback.');
    if (!yes && !(await confirm?.('Record the rollback in the audit log, and notify?')))
      return print('Nothing was recorded.');
    const outcomes = await opened.rollback.decide(COMMAND_LINE, plan);
    print('The rollback is recorded in the audit log.');
    for (const { notifier, error } of outcomes) print(`${notifier}: ${error?.message ?? 'notified'}`);
  });
}

async function withDeployments<T>(
  { open }: DeployContext,
  config: Config,
  work: (opened: Deployments) => Promise<T>,
): Promise<T> {
  const opened = await open(config);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
