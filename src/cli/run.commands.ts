import { once } from 'node:events';
import { Command } from 'commander';
import { type App, startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { createLogger } from '../monitoring/logger.ts';
import { settings } from './settings.ts';
import { listenForStop } from './stop-signal.ts';

/** Commands that stay up until they are told to stop. */
export function runCommands(): Command[] {
  return [
    new Command('start')
      .description('Runs the API and a worker in one process.')
      .action(() => run({ api: true, worker: true })),
    new Command('serve')
      .description('Runs the API alone; videos wait until a worker runs.')
      .action(() => run({ api: true, worker: false })),
    new Command('worker')
      .description('Runs a worker alone; settings are the same as those of the API.')
      .action(() => run({ api: false, worker: true })),
  ];
}

async function run(parts: { api: boolean; worker: boolean }): Promise<void> {
  const config = settings();
  const logger = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
  const stop = listenForStop();
  const app = await startApp(config, logger, parts);
  greet(app, config);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  logger.info('stopping; a second signal stops at once');
  await app.close();
  stop.close();
}

/** For whoever reads the terminal. The password is shown this once, and only here: the log never holds it. */
function greet({ server, probes, firstAdmin }: App, config: Config): void {
  const lines = server
    ? [`GraphQL   ${server.url}/graphql`, `GraphiQL  ${server.url}/graphiql`]
    : [`A worker is running and takes up to ${config.workerConcurrency} at once.`];
  if (probes) lines.push(`Probes and metrics: ${probes.url}/readyz, ${probes.url}/metrics`);
  if (firstAdmin) {
    lines.push(
      '',
      'The first administrator (SUPER_ADMIN) was made. Sign in with',
      `  e-mail    ${firstAdmin.email}`,
      `  user      ${firstAdmin.username}`,
    );
    lines.push(
      config.adminPassword
        ? '  password  the ADMIN_PASSWORD you set'
        : `  password  ${firstAdmin.password}   (shown only now)`,
    );
  }
  process.stdout.write(`\n${lines.join('\n')}\n\nCtrl-C stops.\n\n`);
}
