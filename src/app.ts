import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AttemptLimiter } from './auth/attempt-limiter.ts';
import { PasswordHasher } from './auth/passwords.ts';
import { FieldCipher } from './auth/secrets.ts';
import { TokenSigner } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { FontBook } from './drawing/font-book.ts';
import { freePort } from './embedded/free-port.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { startEmbeddedRedis } from './embedded/redis.ts';
import { EventBus } from './events/event-bus.ts';
import { EventLog } from './events/event-log.ts';
import { NoticeBoard } from './events/notice-board.ts';
import { SessionNotices } from './events/session-notices.ts';
import { StopNotices } from './events/stop-notices.ts';
import { VideoFeed } from './events/video-feed.ts';
import { Doorbell } from './jobs/doorbell.ts';
import { Leases } from './jobs/lease.ts';
import { Outcomes } from './jobs/outcome.ts';
import { Purge } from './jobs/purge.ts';
import { Recovery } from './jobs/recovery.ts';
import { Relay } from './jobs/relay.ts';
import { Sweeper } from './jobs/sweeper.ts';
import { Worker } from './jobs/worker.ts';
import { CaptionPainter, captionSafeHeight } from './media/caption-picture.ts';
import { ClipFolder } from './media/clip-folder.ts';
import { CuttingRoom } from './media/cutting-room.ts';
import { Ffmpeg } from './media/ffmpeg.ts';
import { pictureSizeFor } from './media/motion.ts';
import { MOODS } from './media/music.ts';
import { inspectFilm } from './media/quality.ts';
import { makeThumbnail } from './media/thumbnail.ts';
import { HealthService } from './monitoring/health.ts';
import type { Logger } from './monitoring/logger.ts';
import type { Tools } from './pipeline/job.ts';
import { makeVideo } from './pipeline/make-video.ts';
import { LocalAnalyst } from './providers/local/analyst.ts';
import { LocalArtist } from './providers/local/artist.ts';
import { LocalVoice } from './providers/local/voice.ts';
import { LocalWriter } from './providers/local/writer.ts';
import { hasOutline } from './providers/local/writing/outline.ts';
import type { Providers } from './providers/ports.ts';
import { recorded } from './providers/recorded.ts';
import { createContext } from './resolvers/context.ts';
import { buildAppSchema } from './schema/build-schema.ts';
import { formatError } from './schema/format-error.ts';
import { parseOptions, validationRules } from './schema/limits.ts';
import type { RunningServer } from './server/ports.ts';
import { startServer } from './server/start-server.ts';
import { AccountService } from './services/account.service.ts';
import { FeedService } from './services/feed.service.ts';
import type { FirstAdmin } from './services/first-admin.ts';
import { ProviderService } from './services/provider.service.ts';
import { QueueService } from './services/queue.service.ts';
import { QueueWatch } from './services/queue-watch.ts';
import { QuotaService } from './services/quota.service.ts';
import { RecoveryService } from './services/recovery.service.ts';
import { RunService, type RunServiceParts } from './services/run.service.ts';
import { SessionService } from './services/session.service.ts';
import { UserService } from './services/user.service.ts';
import { VideoService } from './services/video.service.ts';
import { VideoList } from './services/video-list.ts';
import { LocalStorage } from './storage/local-storage.ts';
import { openProcessFolder } from './storage/process-folder.ts';
import { LinkSigner } from './storage/signed-links.ts';

const VERSION = '0.1.0';
const REGISTRATIONS = { limit: 5, windowSeconds: 60 } as const;

/** Everything both the API and the worker stand on. */
interface Base extends ReturnType<typeof operationsOf> {
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
  readonly makers: Providers;
  readonly providers: ProviderService;
  readonly health: HealthService;
  readonly relay: Relay;
}

export interface App {
  readonly accounts: AccountService;
  /** Null where this process serves no API. */
  readonly server: RunningServer | null;
  /** The administrator that this start has made, with the password; null where there was one. */
  readonly firstAdmin: FirstAdmin | null;
  /** Ends everything in the reverse order of its start; what is under way is handed back. */
  close(): Promise<void>;
}

export interface AppParts {
  readonly api: boolean;
  readonly worker: boolean;
  /** False leaves the first administrator to a start that shows their password to somebody. */
  readonly firstAdmin?: boolean;
}

/** Builds every long-lived object of a process once, in order. What fails on the way closes what was opened before. */
export async function startApp(wished: Config, logger: Logger, parts: AppParts): Promise<App> {
  const resources = new AsyncDisposableStack();
  try {
    // Links name the port, and are made by what is built before the server listens: so it is chosen now.
    const config = wished.port === 0 && parts.api ? { ...wished, port: await freePort() } : wished;
    const base = await openBase(config, logger, resources);
    const wish = { email: config.adminEmail, password: config.adminPassword };
    const firstAdmin = parts.firstAdmin === false ? null : await base.accounts.ensureFirstAdmin(wish);
    if (parts.worker) await openWorker(base, resources);
    const server = parts.api ? await openApi(base, resources) : null;
    return { accounts: base.accounts, server, firstAdmin, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

export interface Accounts {
  readonly accounts: AccountService;
  readonly users: UserService;
  /** Migrations that this start has applied. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
}

/** The database alone, migrated: for commands that only need accounts. */
export async function openAccounts(config: Config): Promise<Accounts> {
  const resources = new AsyncDisposableStack();
  try {
    const { db, migrated } = await openMigrated(config, () => undefined, resources);
    const { accounts, cipher } = accountsOf(
      config,
      db,
      { revoked: async () => undefined },
      { count: async () => null },
      () => undefined,
    );
    return { accounts, users: new UserService(db, cipher), migrated, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

export interface Operations extends ReturnType<typeof operationsOf> {
  close(): Promise<void>;
}

/**
 * The queues, for commands that operate them. Redis is not asked: running processes find what is left in the outbox within
 * a second, and a worker that lost its video learns it with its next heartbeat.
 */
export async function openOperations(config: Config): Promise<Operations> {
  const resources = new AsyncDisposableStack();
  try {
    const { db } = await openMigrated(config, () => undefined, resources);
    const nobody = () => undefined;
    const quotas = new QuotaService(db);
    const operations = operationsOf({ db, quotas, bus: { announce: nobody }, onWork: nobody, onStopped: nobody });
    return { ...operations, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

async function openBase(config: Config, logger: Logger, resources: AsyncDisposableStack): Promise<Base> {
  await mkdir(config.dataDir, { recursive: true });
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

  const storage = await LocalStorage.open(join(config.dataDir, 'files'));
  const ffmpeg = new Ffmpeg({ ffmpegPath: config.ffmpegPath, ffprobePath: config.ffprobePath });
  const voice = new LocalVoice();
  resources.defer(() => voice.close());
  const makers: Providers = {
    text: new LocalWriter(),
    speech: voice,
    image: new LocalArtist(new FontBook()),
    analysis: new LocalAnalyst(),
  };
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
    makers,
    providers,
    health,
    relay,
    users: new UserService(db, cipher),
    quotas,
    ...operationsOf({ db, quotas, bus, onWork, onStopped }),
  };
}

async function openApi(base: Base, resources: AsyncDisposableStack): Promise<RunningServer> {
  const {
    config,
    logger,
    db,
    bus,
    accounts,
    providers,
    health,
    makers,
    storage,
    quotas,
    users,
    relay,
    sessions,
    runs,
    queues,
    recovery,
  } = base;
  const log = new EventLog(db);
  const queueWatch = new QueueWatch({
    read: () => queues.stats(),
    onFault: (thrown) => logger.warn({ err: thrown }, 'could not look at the queues'),
  });
  resources.defer(() => queueWatch.close());
  const links = new LinkSigner({
    secret: config.linkSecret,
    publicUrl: config.publicUrl ?? localUrl(config),
  });
  const abilities = {
    speaks: (language: string) => makers.speech.voices(language).length > 0,
    writes: hasOutline,
    hasVoice: (language: string, voiceId: string | undefined, provider = makers.speech.name) =>
      provider === makers.speech.name &&
      makers.speech.voices(language).some(({ id }) => voiceId === undefined || id === voiceId),
    musicMoods: MOODS,
  };
  const services = {
    accounts,
    users,
    videos: new VideoService({ db, quotas, runs, abilities, bus, onWork: () => relay.kick() }),
    runs,
    queues,
    queueWatch,
    recovery,
    videoList: new VideoList(db),
    feed: new FeedService(db, log, new VideoFeed(log, bus)),
    quotas,
    providers,
    health,
    links,
  };
  const server = await startServer({
    config,
    schema: buildAppSchema(),
    rules: { validationRules, parseOptions, formatError },
    authenticate: (token) => accounts.viewerOf(token),
    createContext: createContext({ services }),
    links,
    storage,
    health,
    sessions,
    logger,
  });
  resources.defer(() => server.close());
  return server;
}

async function openWorker(base: Base, resources: AsyncDisposableStack): Promise<void> {
  const { config, logger, redisUrl, db, bus, quotas, relay, stops, storage, recovery } = base;
  const tools = await openTools(base);
  const worker = new Worker({
    db,
    bus,
    leases: new Leases(db, config.leaseSeconds),
    outcomes: new Outcomes(db, quotas, bus, { retries: config.jobRetries, firstDelaySeconds: config.jobRetrySeconds }),
    logger,
    slots: config.workerConcurrency,
    make: (brief, desk, stop) => makeVideo({ brief, desk, tools, signal: stop.now, stopAfterStage: stop.afterStage }),
    graceSeconds: config.stopGraceSeconds,
    onWork: () => relay.kick(),
  });
  resources.defer(() => worker.close());
  await worker.start();
  resources.defer(stops.onStopped((videoId) => worker.check(videoId)));

  const listener = { slots: config.workerConcurrency, answer: () => worker.answer('VIDEO') };
  const ear = new Doorbell({
    redisUrl,
    prefix: config.queuePrefix,
    queue: 'VIDEO',
    listener,
    onState: redisStateLog(logger),
  });
  resources.defer(() => ear.close());
  ear.open();
  const sweeper = new Sweeper(db, () => relay.kick(), logger);
  resources.defer(() => sweeper.close());
  sweeper.start();
  const purge = new Purge(db, storage, logger);
  resources.defer(() => purge.close());
  purge.start();
  const recovering = new Recovery({ db, recovery, logger, olderThanSeconds: config.stuckSeconds });
  resources.defer(() => recovering.close());
  recovering.start();
}

/** What starts, ends and operates runs; the same for the API, for workers and for commands. */
function operationsOf(parts: RunServiceParts) {
  const { db, bus, onWork, onStopped } = parts;
  const runs = new RunService(parts);
  const queues = new QueueService({ db, runs, bus, onWork });
  return { runs, queues, recovery: new RecoveryService({ db, bus, onWork, onStopped }) };
}

async function openTools({ config, ffmpeg, makers, providers, storage }: Base): Promise<Tools> {
  const tempDir = await openProcessFolder(join(config.dataDir, 'work'));
  const cuttingRoom = new CuttingRoom({
    ffmpeg,
    captions: new CaptionPainter(new FontBook()),
    clips: new ClipFolder(join(config.dataDir, 'clips')),
    tempDir,
    parallel: 2,
  });
  return {
    providers: recorded(makers, providers),
    storage,
    cuttingRoom,
    inspect: (path, expected, signal) => inspectFilm(ffmpeg, path, expected, signal),
    poster: (order) => makeThumbnail(ffmpeg, { ...order, tempDir }),
    captionSafeHeight,
    pictureSize: pictureSizeFor,
    tempDir,
  };
}

async function openMigrated(config: Config, tell: (sentence: string) => void, resources: AsyncDisposableStack) {
  const url =
    config.databaseUrl ??
    (await openEmbedded(startEmbeddedPostgres({ dataDir: config.dataDir, onMessage: tell }), resources));
  const db = await openDatabase({ url, poolMax: config.databasePoolMax });
  resources.defer(() => db.close());
  return { db, migrated: await db.migrate() };
}

async function openEmbedded(
  starting: Promise<{ url: string; close(): Promise<void> }>,
  resources: AsyncDisposableStack,
): Promise<string> {
  const server = await starting;
  resources.defer(() => server.close());
  return server.url;
}

function accountsOf(
  config: Config,
  db: Database,
  notices: ConstructorParameters<typeof SessionService>[2],
  counter: ConstructorParameters<typeof AttemptLimiter>[0],
  uncounted: (thrown: unknown) => void,
) {
  const cipher = new FieldCipher(config.encryptionKeys);
  const tokens = new TokenSigner(config.jwtSecret);
  const accounts = new AccountService({
    db,
    sessions: new SessionService(db, tokens, notices),
    passwords: new PasswordHasher(),
    tokens,
    cipher,
    registrations: new AttemptLimiter(counter, REGISTRATIONS, uncounted),
    defaultRole: config.defaultRole,
  });
  return { accounts, cipher };
}

/** How this machine itself reaches the server, where nobody said what clients see. */
function localUrl({ host, port }: Config): string {
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
}

function redisStateLog(logger: Logger) {
  return (state: 'connected' | 'lost', cause?: Error) =>
    state === 'lost'
      ? logger.warn({ err: cause }, 'Redis is lost; trying again until it is back')
      : logger.info('Redis is connected');
}
