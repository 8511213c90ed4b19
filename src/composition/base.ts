import { join } from 'node:path';
import { Cache } from '../cache/cache.ts';
import type { Config } from '../config.ts';
import { type Database } from '../db/database.ts';
import { startEmbeddedRedis } from '../embedded/redis.ts';
import { EventBus } from '../events/event-bus.ts';
import { NoticeBoard } from '../events/notice-board.ts';
import { SessionNotices } from '../events/session-notices.ts';
import { StopNotices } from '../events/stop-notices.ts';
import { Doorbell } from '../jobs/doorbell.ts';
import { Relay } from '../jobs/relay.ts';
import { Ffmpeg } from '../media/ffmpeg.ts';
import { HealthService } from '../monitoring/health.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { closeDataDir, closeFolder } from '../private-folder.ts';
import { LocalVoice } from '../providers/local/voice.ts';
import type { Providers } from '../providers/ports.ts';
import { AccountService } from '../services/account.service.ts';
import { MakingHistory } from '../services/making-history.ts';
import { ProviderService } from '../services/provider.service.ts';
import { QuotaService } from '../services/quota.service.ts';
import { UserService } from '../services/user.service.ts';
import { LocalStorage } from '../storage/local-storage.ts';
import { WorkThreads } from '../threads/work-threads.ts';
import { accountsOf } from './accounts.ts';
import { keptIn } from './cache.ts';
import { operationsOf } from './operations.ts';
import { openEmbedded, openMigrated, redisStateLog } from './servers.ts';
import { metricsOf } from './tasks.ts';

const VERSION = '0.1.0';
const FOLDERS = ['files', 'clips', 'work'] as const;

/** Everything both the API and the worker stand on. */
export interface Base extends ReturnType<typeof operationsOf> {
  readonly config: Config;
  readonly logger: Logger;
  readonly redisUrl: string;
  readonly db: Database;
  readonly accounts: AccountService;
  readonly sessions: SessionNotices;
  readonly stops: StopNotices;
  readonly users: UserService;
  readonly quotas: QuotaService;
  readonly bus: EventBus;
  readonly storage: LocalStorage;
  readonly ffmpeg: Ffmpeg;
  readonly threads: WorkThreads;
  readonly makers: Providers;
  readonly providers: ProviderService;
  readonly health: HealthService;
  readonly metrics: Metrics;
  /** Opened by who serves clients; until then nothing is kept in it that may not be some seconds old. */
  readonly cache: Cache;
  readonly kept: ReturnType<typeof keptIn>;
  readonly relay: Relay;
  readonly history: MakingHistory;
}

export async function openBase(
  config: Config,
  logger: Logger,
  resources: AsyncDisposableStack,
  givenMakers?: Providers,
): Promise<Base> {
  closeToOthers(config, logger);
  const tell = (sentence: string) => logger.info(sentence);

  const { db } = await openMigrated(config, tell, resources);
  const redisUrl =
    config.redisUrl ??
    (await openEmbedded(startEmbeddedRedis({ dataDir: config.dataDir, onMessage: tell }), resources));

  const board = new NoticeBoard({ redisUrl, prefix: config.queuePrefix, onState: redisStateLog(logger) });
  resources.defer(() => board.close());
  board.open();
  const bus = new EventBus(board);
  resources.defer(() => bus.close());
  const sessions = new SessionNotices(board);
  const stops = new StopNotices(board);
  const uncounted = (thrown: unknown) =>
    logger.warn({ err: thrown }, 'a registration could not be counted and was allowed');
  const { accounts, cipher } = accountsOf(config, db, sessions, board, uncounted);

  const metrics = metricsOf(db, logger);
  const cache = new Cache({
    redisUrl,
    prefix: config.queuePrefix,
    board,
    onAsked: (level, result) => metrics.cacheAsked(level, result),
    onFault: (thrown) => logger.warn({ err: thrown }, 'nothing is taken from the cache until Redis answers again'),
  });
  const kept = keptIn(cache);

  const storage = await LocalStorage.open(join(config.dataDir, 'files'));
  const ffmpeg = new Ffmpeg({ ffmpegPath: config.ffmpegPath, ffprobePath: config.ffprobePath });
  const threads = new WorkThreads({ videos: config.workerConcurrency, taskSeconds: config.localTimeoutSeconds });
  resources.defer(() => threads.close());
  const makers = givenMakers ?? builtInMakers(config, threads, resources);
  const providers = new ProviderService({
    db,
    makers: [
      { name: makers.text.name, models: makers.text.models, capability: 'TEXT' },
      { name: makers.speech.name, models: makers.speech.models, capability: 'SPEECH' },
      { name: makers.image.name, models: makers.image.models, capability: 'IMAGE' },
      { name: makers.analysis.name, models: makers.analysis.models, capability: 'ANALYSIS' },
    ],
    speech: makers.speech,
    onLostRecord: (thrown) => logger.warn({ err: thrown }, 'the record of a provider call is lost'),
    kept: kept.providers,
  });

  const doorbell = new Doorbell({
    redisUrl,
    prefix: config.queuePrefix,
    queue: 'VIDEO',
    onState: redisStateLog(logger),
  });
  resources.defer(() => doorbell.close());
  doorbell.open();
  const relay = new Relay(db, doorbell, logger);
  resources.defer(() => relay.close());
  relay.start();

  const history = new MakingHistory({
    db,
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not read what earlier videos took; times left are rough'),
  });
  const quotas = new QuotaService(db);
  const onWork = () => relay.kick();
  const onStopped = (videoId: string) => stops.announce(videoId);
  const health = new HealthService({
    db,
    redis: board,
    ffmpeg,
    storage,
    providers,
    dataDir: config.dataDir,
    version: VERSION,
  });
  return {
    config,
    logger,
    redisUrl,
    db,
    accounts,
    sessions,
    stops,
    bus,
    storage,
    ffmpeg,
    threads,
    makers,
    providers,
    health,
    metrics,
    cache,
    kept,
    relay,
    users: new UserService(db, cipher),
    quotas,
    history,
    ...operationsOf({ db, quotas, bus, retentionDays: config.retention.jobsDays, onWork, onStopped }, kept.queues),
  };
}

/** The folders that hold films, pictures and sounds; PostgreSQL and Redis close their own. */
function closeToOthers({ dataDir }: Config, logger: Logger): void {
  const outcomes = [closeDataDir(dataDir), ...FOLDERS.map((name) => closeFolder(join(dataDir, name)))];
  for (const err of outcomes.filter((outcome) => outcome !== null))
    logger.warn({ err }, 'a folder of DATA_DIR is open to other accounts and could not be closed: check who owns it');
}

function builtInMakers({ programsAtOnce }: Config, threads: WorkThreads, resources: AsyncDisposableStack): Providers {
  const speech = new LocalVoice({ processes: programsAtOnce }, threads.speechText);
  resources.defer(() => speech.close());
  return { text: threads.writer, speech, image: threads.artist, analysis: threads.analyst };
}
