import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsOf } from './composition/accounts.ts';
import { administrationOfCommand } from './composition/administration.ts';
import { type GivenParts, openBase } from './composition/base.ts';
import { commandDatabaseUrl, openCommandDatabase } from './composition/command-database.ts';
import { contentProvidersOf } from './composition/content-providers.ts';
import { databaseServicesOf, openToolDatabase } from './composition/database-services.ts';
import { jobServicesOf } from './composition/job-services.ts';
import { notifierChannelsOf } from './composition/notifiers.ts';
import { pricesOf } from './composition/prices.ts';
import { openMetricsPort } from './composition/probes.ts';
import { blockedFailuresOf, providerServicesOf } from './composition/provider-services.ts';
import { openStandaloneWorker } from './composition/standalone-worker.ts';
import { schedulerOf } from './composition/tasks.ts';
import { openWorker } from './composition/worker.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { freePort } from './embedded/free-port.ts';
import { JobStore } from './jobs/queue/job-store.ts';
import type { Scheduler } from './jobs/tasks/scheduler.ts';
import { Ffmpeg } from './media/process/ffmpeg.ts';
import { createLogger, type Logger } from './monitoring/logger.ts';
import type { RunningServer } from './server/ports.ts';
import { AccountService } from './services/accounts/account.service.ts';
import type { AdministrationService } from './services/accounts/administration/administration.service.ts';
import type { FirstAdmin } from './services/accounts/first-admin.ts';
import { UserService } from './services/accounts/user.service.ts';
import type { NotifierChannels } from './services/alerts/notifier-channels.ts';
import type { AuditLogService } from './services/audit/audit-log.service.ts';
import { type AuditVerification, verifyAudit } from './services/audit/audit-verification.ts';
import { recordStart } from './services/deployments/deployment-store.ts';
import { RollbackService } from './services/deployments/rollback.service.ts';
import { type ReEncryptedColumn, reEncrypt } from './services/encryption/re-encryption.ts';
import type { BlockedFailures } from './services/providers/failing-providers.ts';
import { QuotaService } from './services/quotas/quota.service.ts';
import { LocalStorage } from './storage/local-storage.ts';
import { WorkThreads } from './threads/work-threads.ts';
import { VERSION } from './version.ts';

export {
  notifyOfRestore,
  type OpenBackups,
  type OpenRestore,
  openBackups,
  openRestore,
  type RestoreRequest,
  writeRestoredSettings,
} from './composition/backup-commands.ts';

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
  const resources = new AsyncDisposableStack();
  try {
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
    return { accounts: base.accounts, server, probes, firstAdmin, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

async function endTogether(...stacks: readonly AsyncDisposableStack[]): Promise<void> {
  const ends = await Promise.allSettled(stacks.map((stack) => stack.disposeAsync()));
  const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything could be closed.');
}

export interface AccountServices {
  readonly accounts: AccountService;
  readonly users: UserService;
  readonly administration: AdministrationService;
  readonly auditLog: AuditLogService;
  /** Migrations that this start applied. */
  readonly migrated: readonly string[];
  /** Reads the whole audit log. */
  verifyAudit(): Promise<AuditVerification>;
  /** Encrypts every stored field with the current key. */
  reEncrypt(): Promise<ReEncryptedColumn[]>;
  close(): Promise<void>;
}

/** The database alone, migrated: for commands that only need accounts. */
export async function openAccounts(config: Config): Promise<AccountServices> {
  const resources = new AsyncDisposableStack();
  try {
    const { db, migrated } = await openCommandDatabase(config, resources);
    const { accounts, cipher } = accountsOf(
      config,
      db,
      { revoked: async () => undefined },
      { count: async () => null },
      () => undefined,
      () => undefined,
    );
    return {
      accounts,
      users: new UserService(db, cipher),
      ...administrationOfCommand(db, cipher),
      migrated,
      verifyAudit: () => verifyAudit(db),
      reEncrypt: () => reEncrypt(db, cipher),
      close: () => resources.disposeAsync(),
    };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

const COMMAND_LOCK_SECONDS = 5;
/** As long as a statement may run. */
const TASK_LOCK_SECONDS = 30;

export interface JobServices extends ReturnType<typeof jobServicesOf> {
  readonly db: Database;
  readonly jobs: JobStore;
  /** Failures that running again would repeat, because their provider still fails. */
  blockedFailures(): Promise<readonly BlockedFailures[]>;
  close(): Promise<void>;
}

/**
 * The queues, for commands that operate them. Redis is not used: running processes find the messages in the outbox within
 * a second, and a worker that lost its video notices it with its next heartbeat. A statement that waits for a lock fails after
 * `lockSeconds`.
 */
export async function openJobServices(
  config: Config,
  { lockSeconds = COMMAND_LOCK_SECONDS }: { readonly lockSeconds?: number } = {},
): Promise<JobServices> {
  const resources = new AsyncDisposableStack();
  try {
    const { db } = await openCommandDatabase(config, resources, lockSeconds);
    const noop = () => undefined;
    const quotas = new QuotaService(db, config.quotaLimits);
    const jobs = new JobStore(db, config.leaseSeconds);
    const operations = jobServicesOf({
      db,
      jobs,
      quotas,
      bus: { publish: noop, publishGeneration: noop },
      retentionDays: config.retention.jobsDays,
      onWork: noop,
      onStopped: noop,
    });
    const blockedFailures = () => blockedFailuresOf(db, config.services);
    return { ...operations, db, jobs, blockedFailures, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

export interface ProviderServices extends ReturnType<typeof providerServicesOf> {
  close(): Promise<void>;
}

/** The providers, for commands that list and test them. Redis is not used: running processes find changes within seconds. */
export async function openProviders(
  config: Config,
  given: Pick<GivenParts, 'contentProviders'> = {},
): Promise<ProviderServices> {
  const resources = new AsyncDisposableStack();
  try {
    const { db } = await openCommandDatabase(config, resources);
    const threads = new WorkThreads({ videos: 1, taskSeconds: config.localTimeoutSeconds });
    resources.defer(() => threads.close());
    const { ffmpegPath, ffprobePath } = config;
    const ffmpeg = new Ffmpeg({ ffmpegPath, ffprobePath });
    // The sound of an external voice is decoded there.
    await mkdir(join(config.dataDir, 'work'), { recursive: true, mode: 0o700 });
    const contentProviders =
      given.contentProviders ?? (await contentProvidersOf({ config, threads, ffmpeg }, resources));
    const onChange = () => undefined;
    const { services } = config;
    const opened = providerServicesOf({ db, services, contentProviders, prices: pricesOf(config), onChange });
    return { ...opened, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

/** The notifiers, for commands that test them: without a log, a database or Redis. */
export async function openNotifiers(config: Config): Promise<NotifierChannels> {
  const noop = () => undefined;
  return await notifierChannelsOf(config, { info: noop, error: noop });
}

export interface DatabaseTools extends ReturnType<typeof databaseServicesOf> {
  close(): Promise<void>;
}

/** The database, for commands that diagnose it or, with `toChange`, mend it. Redis is not used. */
export async function openDatabaseTools(
  config: Config,
  options: { readonly toChange: boolean },
): Promise<DatabaseTools> {
  const resources = new AsyncDisposableStack();
  try {
    const db = await openToolDatabase(config, options, resources);
    return { ...databaseServicesOf(db), close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

export interface Tasks {
  readonly scheduler: Scheduler;
  close(): Promise<void>;
}

/** The periodic tasks, for commands that list them or run one; none runs on schedule. */
export async function openTasks(config: Config): Promise<Tasks> {
  const resources = new AsyncDisposableStack();
  try {
    const { recovery, db, jobs, close } = await openJobServices(config, { lockSeconds: TASK_LOCK_SECONDS });
    resources.defer(close);
    const storage = await LocalStorage.open(join(config.dataDir, 'files'));
    const metrics = { taskEnded: () => undefined };
    const scheduler = schedulerOf({
      config,
      db,
      jobs,
      storage,
      recovery,
      // An operator who runs the call by hand wants to see it arrive.
      isHealthy: async () => true,
      metrics,
      logger: createLogger({ level: 'silent' }),
    });
    resources.defer(() => scheduler.close());
    return { scheduler, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

export interface Deployments {
  readonly db: Database;
  readonly rollback: RollbackService;
  close(): Promise<void>;
}

/** The database as it is: for commands that look at it before its migrations are applied. */
export async function openDeployments(config: Config): Promise<Deployments> {
  const resources = new AsyncDisposableStack();
  try {
    const url = await commandDatabaseUrl(config, resources);
    const db = await openDatabase({ url, poolMax: 2 });
    resources.defer(() => db.close());
    const channels = await openNotifiers(config);
    const rollback = new RollbackService({ db, channels, version: VERSION });
    return { db, rollback, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}
