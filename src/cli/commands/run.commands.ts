import cluster from 'node:cluster';
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { Command } from 'commander';
import { type App, startApp } from '../../app.ts';
import { checkContentProviders } from '../../composition/content-providers.ts';
import type { Config } from '../../config.ts';
import { freePort } from '../../embedded/free-port.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { Providers } from '../../providers/ports.ts';
import { checkPort } from '../../server/http/listen.ts';
import { VERSION } from '../../version.ts';
import { answerSnapshotRequests } from '../heap/answer-requests.ts';
import { runGroup } from '../process-group.ts';
import { openProcessLog } from '../process-log.ts';
import { settingsLogged, startLogged } from '../start-failure.ts';
import { releaseStartMemory } from '../start-memory.ts';
import { listenForStop } from '../stop-signal.ts';

/** Commands that run until they get a stop signal. */
export function runCommands(): Command[] {
  return [
    new Command('start')
      .description('Runs the API and a worker in one process.')
      .action(() => runParts({ api: true, worker: true })),
    new Command('serve')
      .description('Runs only the API; videos wait until a worker runs.')
      .action(() => runParts({ api: true, worker: false })),
    new Command('worker')
      .description('Runs only a worker; settings are the same as those of the API.')
      .action(() => runParts({ api: false, worker: true })),
  ];
}

/** What a process runs. `contentProviders` replace the built-in ones, in tests. */
export interface RunParts {
  readonly api: boolean;
  readonly worker: boolean;
  readonly contentProviders?: Providers;
}

/** Runs until a stop signal. */
export async function runParts(parts: RunParts): Promise<void> {
  const config = await settingsLogged();
  const log = openProcessLog(config, VERSION);
  const { logger } = log;
  if (parts.api && !cluster.isWorker) await startLogged(logger, () => checkPort(config));
  // In a group by its first process: a worker that fails at its start is replaced again and again.
  if (parts.worker && !cluster.isWorker) await startLogged(logger, () => checkContentProviders(config));
  const stop = listenForStop();
  if (parts.api && config.webConcurrency > 1 && cluster.isPrimary) {
    const commands = [
      ...Array.from({ length: config.webConcurrency }, () => 'serve'),
      ...(parts.worker ? ['worker'] : []),
    ];
    await runGroup({ commands, port: config.port || (await freePort()), stop: stop.signal, logger });
    stop.close();
    return await log.close();
  }
  try {
    await runProcess(config, parts, logger, stop.signal);
  } finally {
    stop.close();
    await log.close();
    // Otherwise the channel to the parent process would keep this process running.
    cluster.worker?.disconnect();
  }
}

/** Runs until the signal. */
async function runProcess(config: Config, parts: RunParts, logger: Logger, stop: AbortSignal): Promise<void> {
  const app = await startLogged(logger, () => startApp(config, logger, parts));
  // Now and not at exit, which a killed process does not reach.
  flushCompileCache();
  const leaveMemory = releaseStartMemory();
  const kind = !parts.worker ? 'api' : parts.api ? 'all' : 'worker';
  const refuseSnapshots = answerSnapshotRequests({ dataDir: config.dataDir, kind, logger });
  // Of several serving processes only the first prints the greeting, and any that has a password to show.
  if (!cluster.isWorker || cluster.worker?.id === 1 || app.firstAdmin) greet(app, config);
  if (!stop.aborted) await once(stop, 'abort');
  logger.info('stopping; a second signal stops at once');
  leaveMemory();
  refuseSnapshots();
  await app.close();
}

/** For the user of the terminal. The password is shown only once, and only here: it is never logged. */
function greet({ server, probes, firstAdmin }: App, config: Config): void {
  const lines = server
    ? [`GraphQL   ${server.url}/graphql`, ...(config.introspection ? [`GraphiQL  ${server.url}/graphiql`] : [])]
    : [`A worker is running and takes up to ${config.workerConcurrency} at once.`];
  if (probes) lines.push(`Probes and metrics: ${probes.url}/readyz, ${probes.url}/metrics`);
  if (firstAdmin) {
    lines.push(
      '',
      'The first administrator (SUPER_ADMIN) was created. Sign in with',
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
