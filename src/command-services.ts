import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsOf } from './composition/accounts.ts';
import { administrationOfCommand } from './composition/administration.ts';
import { type GivenParts } from './composition/base.ts';
import { commandDatabaseUrl, openCommandDatabase } from './composition/command-database.ts';
import { contentProvidersOf } from './composition/content-providers.ts';
import { databaseServicesOf, openToolDatabase } from './composition/database-services.ts';
import { jobServicesOf } from './composition/job-services.ts';
import { notifierChannelsOf } from './composition/notifiers.ts';
import { opened } from './composition/opened.ts';
import { pricesOf } from './composition/prices.ts';
import { blockedFailuresOf, providerServicesOf } from './composition/provider-services.ts';
import { schedulerOf } from './composition/tasks.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { JobStore } from './jobs/queue/job-store.ts';
import type { Scheduler } from './jobs/tasks/scheduler.ts';
import { Ffmpeg } from './media/process/ffmpeg.ts';
import { createLogger } from './monitoring/logger.ts';
import { AccountService } from './services/accounts/account.service.ts';
import type { AdministrationService } from './services/accounts/administration/administration.service.ts';
import { UserService } from './services/accounts/user.service.ts';
import type { NotifierChannels } from './services/alerts/notifier-channels.ts';
import type { AuditLogService } from './services/audit/audit-log.service.ts';
import { type AuditVerification, verifyAudit } from './services/audit/audit-verification.ts';
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
  return await opened(async (resources) => {
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
    };
  });
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
  return await opened(async (resources) => {
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
    return { ...operations, db, jobs, blockedFailures };
  });
}

export interface ProviderServices extends ReturnType<typeof providerServicesOf> {
  close(): Promise<void>;
}

/** The providers, for commands that list and test them. Redis is not used: running processes find changes within seconds. */
export async function openProviders(
  config: Config,
  given: Pick<GivenParts, 'contentProviders'> = {},
): Promise<ProviderServices> {
  return await opened(async (resources) => {
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
    return providerServicesOf({ db, services, contentProviders, prices: pricesOf(config), onChange });
  });
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
  return await opened(async (resources) => {
    const db = await openToolDatabase(config, options, resources);
    return databaseServicesOf(db);
  });
}

export interface Tasks {
  readonly scheduler: Scheduler;
  close(): Promise<void>;
}

/** The periodic tasks, for commands that list them or run one; none runs on schedule. */
export async function openTasks(config: Config): Promise<Tasks> {
  return await opened(async (resources) => {
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
    return { scheduler };
  });
}

export interface Deployments {
  readonly db: Database;
  readonly rollback: RollbackService;
  close(): Promise<void>;
}

/** The database as it is: for commands that look at it before its migrations are applied. */
export async function openDeployments(config: Config): Promise<Deployments> {
  return await opened(async (resources) => {
    const url = await commandDatabaseUrl(config, resources);
    const db = await openDatabase({ url, poolMax: 2 });
    resources.defer(() => db.close());
    const channels = await openNotifiers(config);
    const rollback = new RollbackService({ db, channels, version: VERSION });
    return { db, rollback };
  });
}
