import { looksLikeApiKey } from '../auth/api-keys.ts';
import { EventLog } from '../events/event-log.ts';
import { RedisPlaces } from '../events/redis/redis-places.ts';
import { VideoFeed } from '../events/video-feed.ts';
import { LanguageDetector } from '../language/detection/language-detector.ts';
import { readModelFile } from '../language/detection/model-file.ts';
import { localUrl } from '../local-url.ts';
import { MetricsServer } from '../monitoring/metrics-server.ts';
import { NetworkDiagnosis } from '../monitoring/network/network-diagnosis.ts';
import { ProcessFacts } from '../monitoring/process-facts.ts';
import { createContext } from '../resolvers/context.ts';
import { buildAppSchema } from '../schema/build/build-schema.ts';
import { formatError } from '../schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../schema/limits/limits.ts';
import { OperationCosts } from '../schema/limits/operation-costs.ts';
import { DocumentBudget } from '../server/operations/document-budget.ts';
import type { RunningServer } from '../server/ports.ts';
import { startServer } from '../server/start-server.ts';
import { AccessChanges } from '../services/accounts/access-changes.ts';
import { ApiKeyOwners } from '../services/accounts/api-keys/api-key-owners.ts';
import { GenerationService } from '../services/generations/generation.service.ts';
import { GenerationFeed } from '../services/generations/generation-feed.ts';
import { GenerationReads } from '../services/generations/generation-reads.ts';
import { HealthWatch } from '../services/health/health-watch.ts';
import { OwnedFiles } from '../services/owned-files.ts';
import { ProviderWatch } from '../services/providers/provider-watch.ts';
import { VoiceSamples } from '../services/providers/voice-samples.ts';
import { QueueWatch } from '../services/queues/queue-watch.ts';
import { QuotaWatch } from '../services/quotas/quota-watch.ts';
import { ServiceQuotaService } from '../services/quotas/service-quota.service.ts';
import { ReportService } from '../services/reports/report.service.ts';
import { EstimateService } from '../services/videos/estimate.service.ts';
import { FeedService } from '../services/videos/feed.service.ts';
import { maxSearches, SearchReader } from '../services/videos/list/search-reader.ts';
import { VideoList } from '../services/videos/list/video-list.ts';
import { QueuePositions } from '../services/videos/queue-position.ts';
import { VideoService } from '../services/videos/video.service.ts';
import { LinkSigner } from '../storage/signed-links.ts';
import { abilitiesOf, contentAbilitiesOf } from './abilities.ts';
import { administrationOf } from './administration.ts';
import { alertWatchOf } from './alerts.ts';
import { backupsOf } from './backups.ts';
import { type Base } from './base.ts';
import { builtInLanguages, builtInVoicesOf } from './content-providers.ts';
import { databaseServicesOf } from './database-services.ts';
import { listedDocuments } from './listed-documents.ts';
import { networkTargetsOf } from './network-targets.ts';
import { openReader } from './reader.ts';
import { slackCommandOf } from './slack.ts';
import { videoForecast } from './video-forecast.ts';

export async function openApi(base: Base, resources: AsyncDisposableStack): Promise<RunningServer> {
  const {
    config,
    logger,
    db,
    bus,
    accounts,
    cipher,
    stops,
    providers,
    providerTests,
    providerChanges,
    health,
    system,
    metrics,
    tracing,
    loopDelay,
    operationLatencies,
    contentProviders,
    providersOf,
    providerKeys,
    music,
    storage,
    jobs,
    alerts,
    alertChanges,
    quotas,
    quotaChanges,
    users,
    relay,
    sessions,
    pubSub,
    ownSessions,
    ownAccounts,
    mailedAccounts,
    profiles,
    runs,
    queues,
    recovery,
    cache,
    readCaches,
    history,
    prices,
    providerStates,
    costBuckets,
  } = base;
  resources.defer(() => cache.close());
  cache.open();
  const subscriptions = new Set<object>();
  const log = new EventLog(db);
  const { reader, replicas } = openReader(base, resources);
  const queueWatch = new QueueWatch({
    read: () => queues.stats(),
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read the queues'),
  });
  resources.defer(() => queueWatch.close());
  const providerWatch = new ProviderWatch({
    read: () => providers.list(),
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read the providers'),
  });
  resources.defer(() => providerWatch.close());
  resources.defer(providerChanges.onChange(() => providerWatch.wake()));
  const quotaWatch = new QuotaWatch({
    read: (userId) => quotas.quotasOf(userId),
    isNotified: () => quotaChanges.connected,
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read the quotas of a user'),
  });
  resources.defer(() => quotaWatch.close());
  resources.defer(quotaChanges.onChange((userId) => quotaWatch.wake(userId)));
  const healthWatch = new HealthWatch({
    read: () => health.status(),
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read the state of the installation'),
  });
  resources.defer(() => healthWatch.close());
  const alertWatch = alertWatchOf(db, logger);
  resources.defer(() => alertWatch.close());
  resources.defer(alertChanges.onChange(() => alertWatch.wake()));
  const backups = backupsOf(base);
  resources.defer(() => backups.close());
  const links = new LinkSigner({
    secret: config.linkSecret,
    publicUrl: config.publicUrl ?? localUrl(config),
  });
  const others = { languages: await builtInLanguages(config), musicMoods: music.moods };
  const abilities = abilitiesOf({ contentProviders, ...others });
  const abilitiesOfUser = async (userId: string) => {
    const providers = await providersOf(userId);
    return providers === contentProviders ? abilities : abilitiesOf({ contentProviders: providers, ...others });
  };
  const finder = new LanguageDetector(readModelFile);
  const voiceSamples = new VoiceSamples({
    files: new OwnedFiles(db, storage),
    storage,
    voices: builtInVoicesOf(contentProviders),
  });
  const generationFeed = new GenerationFeed(db, bus);
  const keyOwners = new ApiKeyOwners({
    db,
    changes: config.databaseReplicaUrls.length > 0,
    onFault: (thrown) => logger.warn({ err: thrown }, 'the use of an API key could not be recorded'),
  });
  const onVideosDeleted = async (videoIds: readonly string[]) => {
    for (const id of videoIds) {
      await readCaches.videos.withInvalidation(id, async () => undefined);
      stops.publish(id);
    }
  };
  const services = {
    accounts,
    onVideosDeleted,
    sessions: ownSessions,
    ownAccounts,
    mailedAccounts,
    profiles,
    users,
    ...administrationOf({
      db,
      cipher,
      notices: sessions,
      onPlanChanged: (userId) => quotaChanges.publish(userId),
      onVideosDeleted,
      onSuppressed: (userId, count) =>
        logger.warn({ userId, count }, 'refused acts of a user were too many for the audit log'),
    }),
    videos: new VideoService({
      db,
      jobs,
      quotas,
      reader,
      readCache: readCaches.videos,
      runs,
      abilities,
      abilitiesOf: abilitiesOfUser,
      finder,
      bus,
      onWork: () => relay.trigger(),
    }),
    runs,
    queues,
    queueWatch,
    recovery,
    videoList: new VideoList(reader, readCaches.counts, new SearchReader(reader, { most: maxSearches(db.poolMax) })),
    generations: new GenerationReads(reader),
    generationFeed,
    contents: new GenerationService({
      db,
      jobs,
      quotas,
      feed: generationFeed,
      abilitiesOf: async (userId) => contentAbilitiesOf(await providersOf(userId), await abilitiesOfUser(userId)),
      finder,
      onWork: () => relay.trigger(),
      waitMs: base.generationWaitMs,
    }),
    estimates: new EstimateService({
      abilities,
      abilitiesOf: abilitiesOfUser,
      finder,
      quotas,
      forecast: videoForecast({ providersOf, prices, states: providerStates, history }),
    }),
    waiting: new QueuePositions(db, history),
    feed: new FeedService(db, log, new VideoFeed(log, bus)),
    quotas,
    quotaWatch,
    serviceQuotas: new ServiceQuotaService(db),
    operationLatencies,
    reports: new ReportService(db),
    providers,
    providerTests,
    providerKeys,
    providerWatch,
    voiceSamples,
    health,
    healthWatch,
    alerts,
    alertWatch,
    backups,
    replicas,
    ...databaseServicesOf(db),
    network: new NetworkDiagnosis({
      kind: 'api',
      targets: () => networkTargetsOf(config, { databaseUrl: db.url, redisUrl: base.redisUrl }),
    }),
    metricsServer: new MetricsServer(config.prometheusUrl),
    process: new ProcessFacts({
      eventLoopDelayP99Ms: () => loopDelay.p99Ms,
      activeSubscriptions: () => subscriptions.size,
      cacheStats: () => cache.stats(),
    }),
    links,
    stageAttempts: 1 + config.jobRetries,
  };
  const schema = buildAppSchema();
  const server = await startServer({
    config,
    schema,
    rules: { validationRules, parseOptions, formatError },
    authenticate: (token) => (looksLikeApiKey(token) ? keyOwners.viewerOf(token) : accounts.viewerOf(token)),
    createContext: createContext({ services }),
    links,
    storage: voiceSamples,
    health,
    slackCommand: slackCommandOf(base, resources),
    system,
    metrics,
    tracing,
    sessions,
    accessChanges: new AccessChanges(db),
    subscriptions,
    persisted: {
      listed: listedDocuments(config.persistedDocumentsFile),
      onlyListed: config.persistedDocuments === 'only',
    },
    sharedPlaces: new RedisPlaces(pubSub),
    documentBudget: documentBudgetOf(config),
    ...(config.costLimit > 0 && { costLimits: { costs: new OperationCosts(schema), buckets: costBuckets } }),
    logger,
  });
  resources.defer(() => server.close());
  // The server waits for the requests that are running.
  resources.defer(() => generationFeed.stopWaiting());
  return server;
}

/** As points are raised, so is the time for unknown documents: 5 s at once and a fifth of a second each second by default. */
function documentBudgetOf({ costLimit, costPerSecond }: Base['config']): DocumentBudget {
  if (costLimit === 0) return new DocumentBudget({ capacityMs: Number.POSITIVE_INFINITY });
  return new DocumentBudget({ capacityMs: costLimit / 2, perSecondMs: (2 * costPerSecond) / 5 });
}
