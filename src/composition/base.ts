import { join } from 'node:path';
import { CostBuckets } from '../auth/cost-buckets.ts';
import type { PasswordHasher } from '../auth/passwords.ts';
import type { FieldCipher } from '../auth/secrets.ts';
import { Cache } from '../cache/cache.ts';
import type { Config } from '../config.ts';
import { type Database } from '../db/database.ts';
import { QueryTimes } from '../db/query-times.ts';
import { startEmbeddedRedis } from '../embedded/redis/embedded-redis.ts';
import { CostLevels } from '../events/redis/cost-levels.ts';
import { EventBus } from '../events/redis/event-bus.ts';
import { ProviderChanges } from '../events/redis/provider-changes.ts';
import { QuotaChanges } from '../events/redis/quota-changes.ts';
import { RedisPubSub } from '../events/redis/redis-pub-sub.ts';
import { SessionRevocations } from '../events/redis/session-revocations.ts';
import { VideoStops } from '../events/redis/video-stops.ts';
import { restrictDataDir, restrictFolder } from '../folder-permissions.ts';
import { JobNotifier } from '../jobs/queue/job-notifier.ts';
import { JobStore } from '../jobs/queue/job-store.ts';
import { OutboxRelay } from '../jobs/queue/outbox-relay.ts';
import { QueueNotifiers, type WorkedQueue } from '../jobs/queue/queue-notifiers.ts';
import { ChildStarter } from '../media/process/child-starter.ts';
import { Ffmpeg } from '../media/process/ffmpeg.ts';
import { musicProblem } from '../media/sound/music-files.ts';
import { HealthService } from '../monitoring/health.ts';
import type { HealthMonitor } from '../monitoring/health-monitor.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { LoopDelay } from '../monitoring/loop-delay.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import type { SystemReport } from '../monitoring/system-report.ts';
import type { Tracing } from '../monitoring/tracing.ts';
import type { Providers } from '../providers/ports.ts';
import { PriceTable } from '../providers/prices/price-table.ts';
import { ProviderKeyService } from '../services/providers/provider-key.service.ts';
import { QuotaService } from '../services/quotas/quota.service.ts';
import type { OperationLatencies } from '../services/reports/operation-latencies.ts';
import { RunHistory } from '../services/videos/run-history.ts';
import { LocalStorage } from '../storage/local-storage.ts';
import { WorkThreads } from '../threads/work-threads.ts';
import { VERSION } from '../version.ts';
import { accountsOf } from './accounts.ts';
import { type AlertsParts, alertsOf } from './alerts.ts';
import { createReadCaches } from './cache.ts';
import { contentProvidersOf, externalPortsOf } from './content-providers.ts';
import { externalProviders } from './external-providers.ts';
import { jobServicesOf } from './job-services.ts';
import { mailRelayOf } from './mail.ts';
import { openMonitoring } from './monitoring.ts';
import { type Music, musicOf } from './music.ts';
import { type Notifications, openNotifications } from './notifiers.ts';
import { keyFormsOf, OwnProviders } from './own-providers.ts';
import { pricesOf, warnOfMissingPrices } from './prices.ts';
import { providerServicesOf } from './provider-services.ts';
import { openEmbedded, openMigrated, redisStateLog } from './servers.ts';
import { metricsOf } from './tasks.ts';
import { openTracing } from './tracing.ts';

const FOLDERS = ['files', 'clips', 'work'] as const;

/** Everything that both the API and the worker need. */
export interface Base
  extends Omit<ReturnType<typeof accountsOf>, 'cipher'>,
    ReturnType<typeof alertsOf>,
    ReturnType<typeof jobServicesOf>,
    ReturnType<typeof providerServicesOf>,
    Notifications {
  readonly config: Config;
  readonly logger: Logger;
  readonly redisUrl: string;
  readonly db: Database;
  readonly pubSub: RedisPubSub;
  readonly costBuckets: CostBuckets;
  readonly cipher: FieldCipher;
  readonly sessions: SessionRevocations;
  readonly stops: VideoStops;
  readonly quotas: QuotaService;
  readonly quotaChanges: QuotaChanges;
  readonly bus: EventBus;
  readonly storage: LocalStorage;
  readonly ffmpeg: Ffmpeg;
  readonly music: Music;
  readonly threads: WorkThreads;
  readonly contentProviders: Providers;
  readonly providerKeys: ProviderKeyService;
  /** Those of a user's own keys, then the installation's. Waits for an unreachable database until the signal, where there is one. */
  readonly providersOf: (userId: string, until?: AbortSignal) => Promise<Providers>;
  readonly prices: PriceTable;
  readonly generationWaitMs: number;
  readonly providerChanges: ProviderChanges;
  readonly health: HealthService;
  readonly system: SystemReport;
  /** Opened once everything of the process has begun. */
  readonly healthMonitor: HealthMonitor;
  readonly loopDelay: LoopDelay;
  readonly operationLatencies: OperationLatencies;
  readonly metrics: Metrics;
  /** Undefined where tracing is off. */
  readonly tracing: Tracing | undefined;
  /** Opened by processes that serve clients; until then it caches only what may be some seconds old. */
  readonly cache: Cache;
  readonly readCaches: ReturnType<typeof createReadCaches>;
  readonly jobs: JobStore;
  readonly relay: OutboxRelay;
  readonly history: RunHistory;
}

/** Used instead of what is built by default. */
export interface GivenParts {
  readonly contentProviders?: Providers;
  readonly passwords?: PasswordHasher;
  /** What this process does. */
  readonly api?: boolean;
  readonly worker?: boolean;
  /** How long requests wait for contents that they order; 60 s by default. */
  readonly generationWaitMs?: number;
  /** Between two checks of the health in the background; 30 s by default. */
  readonly healthEveryMs?: number;
  readonly alertTimes?: AlertsParts['times'];
}

const GENERATION_WAIT_MS = 60_000;

export async function openBase(
  config: Config,
  logger: Logger,
  resources: AsyncDisposableStack,
  given: GivenParts = {},
): Promise<Base> {
  restrictFolders(config, logger);
  const logInfo = (sentence: string) => logger.info(sentence);

  const queryTimes = new QueryTimes();
  const { db } = await openMigrated(config, logInfo, resources, { times: queryTimes });
  const redisUrl =
    config.redisUrl ??
    (await openEmbedded(startEmbeddedRedis({ dataDir: config.dataDir, onMessage: logInfo }), resources));

  const pubSub = new RedisPubSub({ redisUrl, prefix: config.queuePrefix, onState: redisStateLog(logger) });
  resources.defer(() => pubSub.close());
  pubSub.open();
  const bus = new EventBus(pubSub);
  resources.defer(() => bus.close());
  const sessions = new SessionRevocations(pubSub);
  const stops = new VideoStops(pubSub);
  const onCounterFault = (thrown: unknown) =>
    logger.warn({ err: thrown }, 'Redis did not count an attempt: this process counts for itself');
  const { cipher, ...accountServices } = accountsOf(
    config,
    db,
    sessions,
    pubSub,
    onCounterFault,
    () => mails.trigger(),
    given.passwords,
  );
  const mails = await mailRelayOf(config, db, cipher, logger);
  resources.defer(() => mails.close());
  mails.trigger();
  const notifications = await openNotifications(config, db, logger, resources);

  const costBuckets = new CostBuckets({
    limit: config.costLimit,
    perSecond: config.costPerSecond,
    shared: new CostLevels(pubSub),
    onUnavailable: (thrown) =>
      logger.warn({ err: thrown }, 'Redis does not count the cost of operations: this process counts for itself'),
  });

  const metrics = metricsOf(db, logger);
  queryTimes.listen((time) => metrics.queryEnded(time));
  const cache = new Cache({
    redisUrl,
    prefix: config.queuePrefix,
    pubSub,
    onLookup: (level, result) => metrics.cacheRequested(level, result),
    onFault: (thrown) => logger.warn({ err: thrown }, 'the cache is not used until Redis answers again'),
  });
  const readCaches = createReadCaches(cache);

  const storage = await LocalStorage.open(join(config.dataDir, 'files'));
  const starter = new ChildStarter();
  resources.defer(() => starter.close());
  const ffmpeg = new Ffmpeg({ ffmpegPath: config.ffmpegPath, ffprobePath: config.ffprobePath }, starter.run);
  const music = await musicOf(config, ffmpeg);
  const threads = new WorkThreads({ videos: config.workerConcurrency, taskSeconds: config.localTimeoutSeconds });
  resources.defer(() => threads.close());
  const contentProviders = given.contentProviders ?? (await contentProvidersOf({ config, threads, ffmpeg }, resources));
  const prices = pricesOf(config);
  warnOfMissingPrices(contentProviders, prices, logger);
  const ports = externalPortsOf({ config, threads, ffmpeg });
  const ownProviders = new OwnProviders({
    services: config.services,
    installation: contentProviders,
    external: (services) => externalProviders(services, ports),
  });
  const providerKeys = new ProviderKeyService({
    db,
    cipher,
    forms: keyFormsOf(config.services),
    test: (...given) => ownProviders.test({ db, prices, metrics }, ...given),
    onFault: (err, provider) => logger.error({ err, provider }, 'a key of a user cannot be decrypted, and is not used'),
  });
  const providerChanges = new ProviderChanges(pubSub);
  const providerServices = providerServicesOf({
    db,
    services: config.services,
    contentProviders,
    prices,
    metrics,
    onChange: (name) => providerChanges.publish(name),
    onVoicesFault: (provider, err) => logger.warn({ provider, err }, 'a service did not list its voices'),
    readCaches: readCaches.providers,
  });

  const notifierOf = (queue: WorkedQueue) => {
    const notifier = new JobNotifier({ redisUrl, prefix: config.queuePrefix, queue, onState: redisStateLog(logger) });
    resources.defer(() => notifier.close());
    notifier.open();
    return notifier;
  };
  const notifiers = new QueueNotifiers({ VIDEO: notifierOf('VIDEO'), AI: notifierOf('AI') });
  const jobs = new JobStore(db, config.leaseSeconds);
  const relay = new OutboxRelay(jobs, notifiers, logger);
  resources.defer(() => relay.close());
  relay.start();

  const history = new RunHistory({
    db,
    onFault: (thrown) =>
      logger.warn({ err: thrown }, 'could not read the durations of earlier videos; estimated times are rough'),
  });
  const quotaChanges = new QuotaChanges(pubSub);
  const quotas = new QuotaService(db, config.quotaLimits, (userId) => quotaChanges.publish(userId));
  const onWork = () => relay.trigger();
  const onStopped = (videoId: string) => stops.publish(videoId);
  const health = new HealthService({
    db,
    redis: pubSub,
    ffmpeg,
    music: { problem: () => musicProblem(music.files) },
    storage,
    providers: { list: () => providerServices.providers.listUncached() },
    dataDir: config.dataDir,
    version: VERSION,
  });
  const monitoring = openMonitoring({ config, db, health, metrics, logger, given }, resources);
  const alertParts = { db, health, providers: providerServices.providers, pubSub, logger, times: given.alertTimes };
  const alertServices = alertsOf({ ...alertParts, notifications }, resources);
  return {
    config,
    logger,
    redisUrl,
    db,
    ...accountServices,
    pubSub,
    costBuckets,
    cipher,
    sessions,
    stops,
    bus,
    storage,
    ffmpeg,
    music,
    threads,
    contentProviders,
    providerKeys,
    providersOf: (userId, until) => ownProviders.of(userId, providerKeys, until),
    providerChanges,
    ...providerServices,
    ...alertServices,
    prices,
    generationWaitMs: given.generationWaitMs ?? GENERATION_WAIT_MS,
    health,
    ...monitoring,
    metrics,
    tracing: await openTracing(config, logger, resources),
    cache,
    readCaches,
    jobs,
    relay,
    ...notifications,
    quotas,
    quotaChanges,
    history,
    ...jobServicesOf(
      { db, jobs, quotas, bus, retentionDays: config.retention.jobsDays, onWork, onStopped },
      readCaches.queues,
    ),
  };
}

/** The folders that hold films, pictures and sounds; PostgreSQL and Redis close their own. */
function restrictFolders({ dataDir }: Config, logger: Logger): void {
  const outcomes = [restrictDataDir(dataDir), ...FOLDERS.map((name) => restrictFolder(join(dataDir, name)))];
  for (const err of outcomes.filter((outcome) => outcome !== null))
    logger.warn({ err }, 'a folder of DATA_DIR is open to other accounts and could not be restricted: check its owner');
}
