import type { Permission, Viewer } from '../../src/auth/viewer.ts';
import { Role, valuesOf } from '../../src/entities/enums.ts';
import { encodeId } from '../../src/ids.ts';
import { ACCOUNT_CASES } from './account-cases.ts';
import { ADMINISTRATION_CASES } from './administration-cases.ts';
import { API_KEY, AUDIT_ENTRY } from './administration-rows.ts';
import { DATABASE_CASES } from './database-cases.ts';
import { GENERATION, OTHER_USER, PROVIDER, SCENE, SESSION, VIDEO, viewerWith } from './fake-rows.ts';
import { GENERATE_CASES } from './generate-cases.ts';
import { ALERT, BACKUP } from './operations-rows.ts';
import type { Case, InnerCase } from './permission-case.ts';
import { HOLDS } from './role-table.ts';

const id = encodeId('video', VIDEO);

const node = (of: string) => `{ node(id: "${of}") { __typename } }`;

const NEW_USER = '{ username: "bee", email: "bee@example.org", password: "a long password" }';

/**
 * Who may use each root field, and each field of an object that requires more than the object. Written by hand: it is compared with
 * the code, so it may use nothing of `src/auth/permissions.ts`.
 */
export const PERMISSION_CASES: Readonly<Record<string, readonly (Case | InnerCase)[]>> = {
  'Query.viewer': [{ who: 'ANYONE', document: '{ viewer { __typename } }', asks: 'users.loadByIds' }],
  'Query.node': [
    { who: 'VIDEO_READ', document: node(id), asks: 'videos.find' },
    { who: 'VIDEO_READ', document: node(encodeId('scene', SCENE)), asks: 'videos.findScene' },
    { who: 'VIDEO_READ', document: node(encodeId('generation', GENERATION)), asks: 'generations.find' },
    { who: 'USER_READ', document: node(encodeId('user', OTHER_USER)), asks: 'users.loadByIds' },
    { who: 'SIGNED_IN', document: node(encodeId('provider', PROVIDER)), asks: 'providers.list' },
    { who: 'SIGNED_IN', document: node(encodeId('session', SESSION)), asks: 'accounts.findSession' },
    { who: 'SIGNED_IN', document: node(encodeId('key', API_KEY)), asks: 'apiKeys.find' },
    { who: 'ADMIN_USER_MANAGE', document: node(encodeId('audit', AUDIT_ENTRY)), asks: 'auditLog.find' },
    { who: 'ADMIN_ANALYTICS_VIEW', document: node(encodeId('alert', ALERT)), asks: 'alerts.find' },
    { who: 'ADMIN_SYSTEM_CONFIG', document: node(encodeId('backup', BACKUP)), asks: 'backups.find' },
  ],
  'Query.video': [{ who: 'VIDEO_READ', document: `{ video(id: "${id}") { __typename } }`, asks: 'videos.find' }],
  'Query.videos': [{ who: 'VIDEO_READ', document: '{ videos { __typename } }', asks: 'videoList.page' }],
  'Query.estimateVideo': [
    {
      who: 'VIDEO_CREATE',
      document: '{ estimateVideo(input: { script: "Bees." }) { __typename } }',
      asks: 'estimates.estimate',
    },
  ],
  'Query.quotas': [{ who: 'SIGNED_IN', document: '{ quotas { __typename } }', asks: 'quotas.quotasOf' }],
  'Query.serviceQuotas': [
    { who: 'SIGNED_IN', document: '{ serviceQuotas { __typename } }', asks: 'serviceQuotas.list' },
  ],
  'Query.providers': [{ who: 'SIGNED_IN', document: '{ providers { __typename } }', asks: 'providers.list' }],
  'Query.health': [{ who: 'ANYONE', document: '{ health { status } }', asks: 'health.status' }],
  'Query.voices': [
    { who: 'VIDEO_READ', document: '{ voices(language: "en") { __typename } }', asks: 'providers.voices' },
  ],
  'Query.queues': [{ who: 'ADMIN_ANALYTICS_VIEW', document: '{ queues { __typename } }', asks: 'queues.stats' }],
  'Query.activeJobs': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: '{ activeJobs { __typename } }', asks: 'queues.activeJobs' },
  ],
  'Query.failedJobs': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: '{ failedJobs(queue: VIDEO) { __typename } }',
      asks: 'queues.failedJobs',
    },
  ],
  'Query.stuckVideos': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: '{ stuckVideos { __typename } }', asks: 'recovery.stuck' },
  ],
  'Query.stagePerformance': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: '{ stagePerformance { __typename } }', asks: 'queues.stagePerformance' },
  ],
  'Query.alerts': [{ who: 'ADMIN_ANALYTICS_VIEW', document: '{ alerts { nodes { rule } } }', asks: 'alerts.page' }],
  'Mutation.acknowledgeAlert': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: `mutation { acknowledgeAlert(id: "${encodeId('alert', ALERT)}") { userErrors { message } } }`,
      asks: 'alerts.acknowledge',
    },
  ],
  'Subscription.alertChanged': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: 'subscription { alertChanged { rule } }', asks: 'alertWatch.open' },
  ],
  'Query.dailyReport': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: '{ dailyReport { __typename } }', asks: 'reports.daily' },
  ],
  'Query.apiLatency': [
    { who: 'ADMIN_ANALYTICS_VIEW', document: '{ apiLatency { __typename } }', asks: 'operationLatencies.since' },
  ],
  'Query.networkDiagnostics': [
    { who: 'ADMIN_SYSTEM_CONFIG', document: '{ networkDiagnostics { __typename } }', asks: 'network.run' },
  ],
  'Query.metricsDiagnostics': [
    { who: 'ADMIN_SYSTEM_CONFIG', document: '{ metricsDiagnostics { __typename } }', asks: 'metricsServer.read' },
  ],
  'Query.processDiagnostics': [
    { who: 'ADMIN_SYSTEM_CONFIG', document: '{ processDiagnostics { __typename } }', asks: 'process.read' },
  ],
  'Query.backups': [{ who: 'ADMIN_SYSTEM_CONFIG', document: '{ backups { __typename } }', asks: 'backups.list' }],
  'Mutation.startBackup': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { startBackup { backup { __typename } } }',
      asks: 'backups.start',
    },
  ],
  'Query.providerKeys': [{ who: 'SIGNED_IN', document: '{ providerKeys { __typename } }', asks: 'providerKeys.list' }],
  'Mutation.setProviderKey': [
    {
      who: 'USER_UPDATE',
      document: 'mutation { setProviderKey(provider: "openai", key: "sk-1") { __typename } }',
      asks: 'providerKeys.set',
    },
  ],
  'Mutation.removeProviderKey': [
    {
      who: 'USER_UPDATE',
      document: 'mutation { removeProviderKey(provider: "openai") { __typename } }',
      asks: 'providerKeys.remove',
    },
  ],
  'Mutation.setQuota': [
    {
      who: 'ADMIN_USER_MANAGE',
      document: `mutation { setQuota(userId: "${encodeId('user', OTHER_USER)}", type: VIDEO, period: DAILY, limit: 5) { __typename } }`,
      asks: 'quotas.setLimit',
    },
  ],
  ...ADMINISTRATION_CASES,
  ...GENERATE_CASES,
  ...DATABASE_CASES,
  ...ACCOUNT_CASES,
  'Mutation.pauseQueue': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { pauseQueue(queue: VIDEO) { __typename } }',
      asks: 'queues.pause',
    },
  ],
  'Mutation.resumeQueue': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { resumeQueue(queue: VIDEO) { __typename } }',
      asks: 'queues.resume',
    },
  ],
  'Mutation.retryFailedJobs': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { retryFailedJobs(queue: VIDEO) { retried } }',
      asks: 'queues.retryFailed',
    },
  ],
  'Mutation.clearFailedJobs': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { clearFailedJobs(queue: VIDEO) { cleared } }',
      asks: 'queues.clearFailed',
    },
  ],
  'Mutation.recoverStuckVideos': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { recoverStuckVideos { __typename } }',
      asks: 'recovery.recover',
    },
  ],
  'Mutation.setProviderEnabled': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { setProviderEnabled(name: "local", enabled: false) { __typename } }',
      asks: 'providers.setEnabled',
    },
  ],
  'Mutation.testProvider': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { testProvider(name: "local") { ok } }',
      asks: 'providerTests.test',
    },
  ],
  'Mutation.cancelVideo': [
    { who: 'VIDEO_UPDATE', document: `mutation { cancelVideo(id: "${id}") { __typename } }`, asks: 'runs.cancel' },
  ],
  'Mutation.retryVideo': [
    { who: 'VIDEO_UPDATE', document: `mutation { retryVideo(id: "${id}") { __typename } }`, asks: 'runs.retry' },
  ],
  'Mutation.register': [
    { who: 'ANYONE', document: `mutation { register(input: ${NEW_USER}) { __typename } }`, asks: 'accounts.register' },
  ],
  'Mutation.login': [
    {
      who: 'ANYONE',
      document: 'mutation { login(input: { identifier: "bee", password: "x" }) { __typename } }',
      asks: 'accounts.login',
    },
  ],
  'Mutation.refreshTokens': [
    {
      who: 'ANYONE',
      document: 'mutation { refreshTokens(refreshToken: "x") { __typename } }',
      asks: 'accounts.refresh',
    },
  ],
  'Mutation.logout': [{ who: 'SIGNED_IN', document: 'mutation { logout { ended } }', asks: 'accounts.logout' }],
  'Mutation.createVideo': [
    {
      who: 'VIDEO_CREATE',
      document: 'mutation { createVideo(input: { script: "Bees." }) { __typename } }',
      asks: 'videos.create',
    },
  ],
  'Mutation.updateVideo': [
    {
      who: 'VIDEO_UPDATE',
      document: `mutation { updateVideo(id: "${id}", input: { title: "B" }) { __typename } }`,
      asks: 'videos.update',
    },
  ],
  'Mutation.applySuggestions': [
    {
      who: 'VIDEO_UPDATE',
      document: `mutation { applySuggestions(id: "${id}") { __typename } }`,
      asks: 'videos.applySuggestions',
    },
  ],
  'Mutation.deleteVideo': [
    { who: 'VIDEO_DELETE', document: `mutation { deleteVideo(id: "${id}") { deletedId } }`, asks: 'videos.remove' },
  ],
  'Subscription.videoProgress': [
    {
      who: 'VIDEO_READ',
      document: `subscription { videoProgress(videoId: "${id}") { progress } }`,
      asks: 'feed.watchVideo',
    },
  ],
  'Subscription.queueStatsChanged': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: 'subscription { queueStatsChanged { name } }',
      asks: 'queueWatch.open',
    },
  ],
  'Subscription.providerStatusChanged': [
    {
      who: 'SIGNED_IN',
      document: 'subscription { providerStatusChanged { name } }',
      asks: 'providerWatch.open',
    },
  ],
  'Subscription.quotaChanged': [
    { who: 'SIGNED_IN', document: 'subscription { quotaChanged { used } }', asks: 'quotaWatch.open' },
  ],
  'Subscription.healthChanged': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: 'subscription { healthChanged { status } }',
      asks: 'healthWatch.open',
    },
  ],
  'Subscription.videoEvents': [
    { who: 'VIDEO_READ', document: 'subscription { videoEvents { progress } }', asks: 'feed.watchOwner' },
  ],
  'Health.checks': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: '{ health { status checks { database { status } } } }',
      asks: 'health.checks',
      outer: 'ANYONE',
      path: ['health', 'checks'],
      beside: 'HEALTHY',
    },
  ],
  'Provider.metrics': [
    {
      who: 'ADMIN_ANALYTICS_VIEW',
      document: '{ providers { name metrics { calls } } }',
      asks: 'providers.metricsOfEach',
      outer: 'SIGNED_IN',
      path: ['providers', 0, 'metrics'],
      beside: 'local',
    },
  ],
};

export const CALLERS: readonly {
  readonly name: string;
  readonly viewer: Viewer | null;
  readonly holds: readonly Permission[];
}[] = [
  { name: 'a caller who is not signed in', viewer: null, holds: [] },
  ...valuesOf(Role).map((role) => ({
    name: `a ${role}`,
    viewer: viewerWith(role),
    holds: HOLDS[role],
  })),
];
