import { Command } from 'commander';
import { openProviders, type ProviderServices } from '../../command-services.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface ProvidersContext {
  /** The caller closes it. */
  readonly open: () => Promise<ProviderServices>;
  readonly print: (text: string) => void;
}

type Facts = Awaited<ReturnType<ProviderServices['providers']['list']>>[number];

/** The installation of the settings, with output to the terminal. */
const operatedInstallation = (): ProvidersContext => ({
  open: () => openProviders(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** Lists the providers; `test NAME` calls one. */
export function providersCommand(context: ProvidersContext = operatedInstallation()): Command {
  const command = new Command('providers').description('Shows the providers of content and tests them.');
  command.addCommand(
    new Command('list')
      .description('Shows each provider with its state, the one that is tried first on top.')
      .option('--json', 'as JSON', false)
      .action(({ json }: { json: boolean }) => list(context, json)),
    { isDefault: true },
  );
  command.addCommand(
    new Command('test')
      .description('Calls a provider once, for real, which may cost money: connection, key and a short generation.')
      .argument('<name>', 'as shown by the list')
      .option('--prompt <text>', 'what it is to write, speak or draw')
      .action((name: string, { prompt }: { prompt?: string }) => test(context, name, prompt)),
  );
  return command;
}

async function list(context: ProvidersContext, json: boolean): Promise<void> {
  await withProviders(context, async ({ providers }) => {
    const found = await providers.list();
    context.print(json ? JSON.stringify(found.map(shownOf), null, 2) : tableOf([HEADINGS, ...found.map(cellsOf)]));
  });
}

async function test(context: ProvidersContext, name: string, prompt: string | undefined): Promise<void> {
  await withProviders(context, async ({ providerTests }) => {
    const { message, reply, error } = await providerTests.test(COMMAND_LINE, name, prompt);
    if (error) throw error;
    context.print(message);
    if (reply !== null) context.print(reply);
  });
}

async function withProviders(
  { open }: ProvidersContext,
  work: (opened: ProviderServices) => Promise<void>,
): Promise<void> {
  const opened = await open();
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

const HEADINGS = ['PROVIDER', 'CONFIGURED', 'ENABLED', 'PRIORITY', 'CIRCUIT', 'HEALTH', 'CAPABILITIES'];

function cellsOf({ name, configured, enabled, priority, circuit, health, capabilities }: Facts): string[] {
  const yesNo = (state: boolean) => (state ? 'yes' : 'no');
  return [name, yesNo(configured), yesNo(enabled), String(priority), circuit, health, capabilities.join(', ')];
}

/** Without the id, which only clients of the API need. */
function shownOf({ id: _id, ...shown }: Facts): Omit<Facts, 'id'> {
  return shown;
}
