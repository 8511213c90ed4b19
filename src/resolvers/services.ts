import type { Viewer } from '../auth/viewer.ts';
import type { VideoEvent } from '../entities/video-event.ts';
import type { Capability } from '../schema/enums.ts';
import type { HealthType } from '../schema/health/health.type.ts';
import type { HealthChecksType, ReplicaHealthType } from '../schema/health/health-checks.type.ts';
import type { MetricsDiagnosticsType } from '../schema/health/metrics-diagnostics.type.ts';
import type { NetworkProbeType } from '../schema/health/network-probe.type.ts';
import type { ProcessDiagnosticsType } from '../schema/health/process-diagnostics.type.ts';
import type { ProviderType, VoiceType } from '../schema/providers/provider.type.ts';
import type { ProviderMetricsType } from '../schema/providers/provider-metrics.type.ts';
import type { ProviderTestPayloadType } from '../schema/providers/provider-payloads.type.ts';
import type { AccountService } from '../services/accounts/account.service.ts';
import type { AdministrationService } from '../services/accounts/administration/administration.service.ts';
import type { ApiKeyService } from '../services/accounts/api-keys/api-key.service.ts';
import type { MailedAccountService } from '../services/accounts/mailed-account.service.ts';
import type { OwnAccountService } from '../services/accounts/own-account.service.ts';
import type { ProfileService } from '../services/accounts/profile.service.ts';
import type { SessionService } from '../services/accounts/session.service.ts';
import type { UserService } from '../services/accounts/user.service.ts';
import type { UserDirectory } from '../services/accounts/user-directory.ts';
import type { AlertService } from '../services/alerts/alert.service.ts';
import type { AlertWatch } from '../services/alerts/alert-watch.ts';
import type { Actor } from '../services/audit/actor.ts';
import type { AuditLogService } from '../services/audit/audit-log.service.ts';
import type { BackupService } from '../services/backups/backup.service.ts';
import type { DatabaseDiagnosticsService } from '../services/database/database-diagnostics.service.ts';
import type { DatabaseMaintenance } from '../services/database/database-maintenance.ts';
import type { IdleSessions } from '../services/database/idle-sessions.ts';
import type { GenerationService } from '../services/generations/generation.service.ts';
import type { GenerationFeed } from '../services/generations/generation-feed.ts';
import type { GenerationReads } from '../services/generations/generation-reads.ts';
import type { HealthWatch } from '../services/health/health-watch.ts';
import type { ProviderKeyService } from '../services/providers/provider-key.service.ts';
import type { QueueService } from '../services/queues/queue.service.ts';
import type { QueueWatch } from '../services/queues/queue-watch.ts';
import type { RecoveryService } from '../services/queues/recovery.service.ts';
import type { QuotaService } from '../services/quotas/quota.service.ts';
import type { QuotaWatch } from '../services/quotas/quota-watch.ts';
import type { ServiceQuotaService } from '../services/quotas/service-quota.service.ts';
import type { OperationLatencies } from '../services/reports/operation-latencies.ts';
import type { ReportService } from '../services/reports/report.service.ts';
import type { EstimateService } from '../services/videos/estimate.service.ts';
import type { VideoList } from '../services/videos/list/video-list.ts';
import type { QueuePositions } from '../services/videos/queue-position.ts';
import type { RunService } from '../services/videos/run.service.ts';
import type { VideoService } from '../services/videos/video.service.ts';
import type { LinkSigner } from '../storage/signed-links.ts';

/** `id` is a UUID that stays the same for a provider's name. */
export type ProviderFacts = Omit<ProviderType, 'metrics' | 'quota'>;

export interface ProviderCatalog {
  list(capability?: Capability): Promise<readonly ProviderFacts[]>;
  /** Throws NOT_FOUND. */
  setEnabled(actor: Actor, name: string, enabled: boolean): Promise<ProviderFacts | null>;
  /** All voices, or those that speak the language. */
  voices(language?: string): Promise<readonly VoiceType[]>;
  /** In the order of the names. */
  metricsOfEach(names: readonly string[], windowMinutes: number): Promise<ProviderMetricsType[]>;
}

/** Implemented by `ProviderTests`. */
export interface ProviderTesting {
  test(actor: Actor, name: string, prompt?: string): Promise<Omit<ProviderTestPayloadType, 'userErrors'>>;
}

/** Implemented by `ProviderWatch`. */
export interface ProviderStreams {
  open(name?: string): Promise<AsyncIterable<ProviderFacts>>;
}

export interface HealthReports {
  status(): Promise<Omit<HealthType, 'checks'>>;
  checks(): Promise<HealthChecksType>;
}

/** Implemented by `NetworkDiagnosis`. */
export interface NetworkReports {
  run(): Promise<NetworkProbeType[]>;
}

/** Implemented by `MetricsServer`. */
export interface MetricsServerReports {
  read(): Promise<MetricsDiagnosticsType>;
}

export interface ProcessReports {
  read(): Promise<ProcessDiagnosticsType>;
}

/** What is known of the replicas of the database. */
export interface ReplicaReports {
  list(): readonly ReplicaHealthType[];
}

/** Implemented by `FeedService`. */
export interface Feeds {
  watchVideo(viewer: Viewer, videoId: string, after?: string): Promise<AsyncIterable<VideoEvent>>;
  watchOwner(viewer: Viewer, after?: string): Promise<AsyncIterable<VideoEvent>>;
}

/** Which stored file is the sample of a built-in voice. */
export interface VoiceSampleKeys {
  /** Null for voices of services. */
  keyOf(provider: string, voice: { readonly id: string; readonly languages: readonly string[] }): string | null;
}

/** What resolvers call. Each interface is as small as they need, so that a test can replace any of them. */
export interface Services {
  readonly accounts: Pick<AccountService, 'register' | 'login' | 'refresh' | 'logout' | 'findSession'>;
  readonly ownAccounts: Pick<OwnAccountService, 'changePassword' | 'deleteAccount'>;
  readonly mailedAccounts: Pick<
    MailedAccountService,
    'requestVerification' | 'requestReset' | 'resetPassword' | 'verifyEmail' | 'changeEmail'
  >;
  readonly profiles: Pick<ProfileService, 'update'>;
  readonly sessions: Pick<SessionService, 'list' | 'revoke'>;
  readonly users: Pick<UserService, 'loadByIds' | 'rolesOf' | 'subscriptionsOf' | 'privateFacts'>;
  readonly userDirectory: Pick<UserDirectory, 'page' | 'count'>;
  readonly apiKeys: Pick<ApiKeyService, 'create' | 'revoke' | 'list' | 'find'>;
  readonly administration: Pick<
    AdministrationService,
    'grantRole' | 'revokeRole' | 'setActive' | 'setPlan' | 'deleteUser'
  >;
  readonly auditLog: Pick<AuditLogService, 'page' | 'count' | 'find' | 'recordRefusal'>;
  readonly videos: Pick<
    VideoService,
    | 'create'
    | 'update'
    | 'applySuggestions'
    | 'remove'
    | 'find'
    | 'findMany'
    | 'findScene'
    | 'scenesOf'
    | 'stagesOf'
    | 'historyOf'
    | 'warningsOf'
  >;
  readonly estimates: Pick<EstimateService, 'estimate'>;
  readonly waiting: Pick<QueuePositions, 'of'>;
  readonly videoList: Pick<VideoList, 'page' | 'pages' | 'count' | 'counts'>;
  readonly generations: Pick<GenerationReads, 'find' | 'pages' | 'counts' | 'attemptsOf' | 'costsOf'>;
  readonly contents: Pick<GenerationService, 'generateText' | 'generateImage' | 'generateSpeech'>;
  readonly generationFeed: Pick<GenerationFeed, 'watch'>;
  readonly runs: Pick<RunService, 'cancel' | 'retry'>;
  /** After an account with these videos was deleted: nothing shows them from a cache, and no worker goes on with them. */
  readonly onVideosDeleted: (videoIds: readonly string[]) => Promise<void>;
  readonly feed: Feeds;
  readonly queues: Pick<
    QueueService,
    'stats' | 'pause' | 'resume' | 'activeJobs' | 'failedJobs' | 'retryFailed' | 'clearFailed' | 'stagePerformance'
  >;
  readonly reports: Pick<ReportService, 'daily'>;
  readonly operationLatencies: Pick<OperationLatencies, 'since'>;
  readonly queueWatch: Pick<QueueWatch, 'open'>;
  readonly recovery: Pick<RecoveryService, 'stuck' | 'recover'>;
  readonly quotas: Pick<QuotaService, 'quotasOf' | 'quotasOfEach' | 'setLimit'>;
  readonly quotaWatch: Pick<QuotaWatch, 'open'>;
  readonly serviceQuotas: Pick<ServiceQuotaService, 'list' | 'ofEach'>;
  readonly providers: ProviderCatalog;
  readonly providerKeys: Pick<ProviderKeyService, 'list' | 'set' | 'remove'>;
  readonly providerTests: ProviderTesting;
  readonly providerWatch: ProviderStreams;
  readonly voiceSamples: VoiceSampleKeys;
  readonly health: HealthReports;
  readonly replicas: ReplicaReports;
  readonly healthWatch: Pick<HealthWatch, 'open'>;
  readonly alerts: Pick<AlertService, 'page' | 'count' | 'find' | 'acknowledge'>;
  readonly alertWatch: Pick<AlertWatch, 'open'>;
  readonly backups: Pick<BackupService, 'list' | 'find' | 'start'>;
  readonly process: ProcessReports;
  readonly database: Pick<
    DatabaseDiagnosticsService,
    'version' | 'slowQueries' | 'message' | 'tables' | 'indexes' | 'locks' | 'sessionCounts' | 'sessions'
  >;
  readonly databaseMaintenance: Pick<DatabaseMaintenance, 'run'>;
  readonly idleSessions: Pick<IdleSessions, 'end'>;
  readonly network: NetworkReports;
  readonly metricsServer: MetricsServerReports;
  readonly links: Pick<LinkSigner, 'url'>;
  /** Attempts of each stage in a run: one, and one more for each of JOB_RETRIES. */
  readonly stageAttempts: number;
}
