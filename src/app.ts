import { type GivenParts, openBase } from './composition/base.ts';
import { opened } from './composition/opened.ts';
import { openMetricsPort } from './composition/probes.ts';
import { openStandaloneWorker } from './composition/standalone-worker.ts';
import { openWorker } from './composition/worker.ts';
import type { Config } from './config.ts';
import { freePort } from './embedded/free-port.ts';
import { type Logger } from './monitoring/logger.ts';
import type { RunningServer } from './server/ports.ts';
import { AccountService } from './services/accounts/account.service.ts';
import type { FirstAdmin } from './services/accounts/first-admin.ts';
import { recordStart } from './services/deployments/deployment-store.ts';
import { VERSION } from './version.ts';

export interface App {
  readonly accounts: AccountService;
  /** Null where this process serves no API. */
  readonly server: RunningServer | null;
  /** Probes and metrics: of a worker without an API at WORKER_PORT, of an API at METRICS_PORT; null where that is not set. */
  readonly probes: RunningServer | null;
  /** The administrator that this start has created, with the password; null where there was one. */
  readonly firstAdmin: FirstAdmin | null;
  /** Ends everything in the reverse order of its start, but API and worker together; running work is released. */
  close(): Promise<void>;
}

export interface AppParts extends GivenParts {
  readonly api: boolean;
  readonly worker: boolean;
  /** False leaves the creation of the first administrator to a start that displays the password. */
  readonly firstAdmin?: boolean;
}

/** Builds every long-lived object of a process once, in order. A failure closes what was opened before. */
export async function startApp(requested: Config, logger: Logger, parts: AppParts): Promise<App> {
  // A worker has no use for the schema and for all that serves it. Loading takes long, so that no connection may wait for it.
  const api = parts.api ? await import('./composition/api.ts') : null;
  return await opened(async (resources) => {
    // Links contain the port, and are made by objects that are built before the server listens: so it is chosen now.
    const config = requested.port === 0 && parts.api ? { ...requested, port: await freePort() } : requested;
    const base = await openBase(config, logger, resources, parts);
    const adminCredentials = { email: config.adminEmail, password: config.adminPassword };
    const firstAdmin = parts.firstAdmin === false ? null : await base.accounts.ensureFirstAdmin(adminCredentials);
    const [working, serving] = [new AsyncDisposableStack(), new AsyncDisposableStack()];
    // While the server still answers, so that load balancers can redirect requests, the worker takes no more videos.
    resources.defer(() => endTogether(working, serving));
    const metricsPort = api ? await openMetricsPort(base, serving) : null;
    const probes = parts.worker && !parts.api ? await openStandaloneWorker(base, working) : metricsPort;
    if (parts.worker && parts.api) await openWorker(base, working);
    const server = api ? await api.openApi(base, serving) : null;
    await recordStart(base.db, VERSION).catch((thrown: unknown) =>
      logger.warn({ err: thrown }, 'the start of this version could not be recorded'),
    );
    base.healthMonitor.open();
    return { accounts: base.accounts, server, probes, firstAdmin };
  });
}

async function endTogether(...stacks: readonly AsyncDisposableStack[]): Promise<void> {
  const ends = await Promise.allSettled(stacks.map((stack) => stack.disposeAsync()));
  const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything could be closed.');
}
