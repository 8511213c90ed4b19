import type { OwnedType } from './owned-objects.ts';

export type CallerName = 'owner' | 'stranger' | 'guest' | 'key without a scope' | 'administrator';

/** A way to an object of another user by its id. */
export interface Path {
  readonly id: OwnedType;
  /** `all` selects everything of a type. */
  readonly ask: (id: string, all: (type: string) => string) => string;
  /** Whose it is, or who may see it by this way. For all others it does not exist. */
  readonly seenBy: readonly CallerName[];
  /** True where it changes the object: it is only tried by others. */
  readonly changes?: true;
  /** True where a part of the object is public. */
  readonly partlyPublic?: true;
}

const BOTH: readonly CallerName[] = ['owner', 'administrator'];

const node = (id: OwnedType, type: string, seenBy: readonly CallerName[]): Path => ({
  id,
  ask: (of, all) => `{ node(id: "${of}") { ... on ${type} ${all(type)} } }`,
  seenBy,
});

const change = (id: OwnedType, call: (of: string) => string, payload: string, seenBy = BOTH): Path => ({
  id,
  changes: true,
  ask: (of, all) => `mutation { ${call(of)} ${all(payload)} }`,
  seenBy,
});

const onVideo = (name: string, rest = '') =>
  change(
    'video',
    (id) => `${name}(id: "${id}"${rest})`,
    name === 'deleteVideo' ? 'DeleteVideoPayload' : 'VideoPayload',
  );
const onUser = (name: string, rest: string, payload = 'UserPayload') =>
  change('user', (id) => `${name}(userId: "${id}"${rest})`, payload);

/** Every root field that takes an id, and `node` for every type of node. Compared with the schema. */
export const PATHS: Readonly<Record<string, Path>> = {
  'Query.node Video': node('video', 'Video', BOTH),
  'Query.node Scene': node('scene', 'Scene', BOTH),
  'Query.node Generation': node('generation', 'Generation', BOTH),
  'Query.node User': { ...node('user', 'User', BOTH), partlyPublic: true },
  'Query.node Session': node('session', 'Session', ['owner']),
  'Query.node ApiKey': node('key', 'ApiKey', ['owner']),
  'Query.node AuditEntry': node('audit', 'AuditEntry', ['administrator']),
  'Query.node Alert': node('alert', 'Alert', ['administrator']),
  'Query.node Backup': node('backup', 'Backup', []),
  'Query.video': { id: 'video', ask: (id, all) => `{ video(id: "${id}") ${all('Video')} }`, seenBy: BOTH },
  'Query.user': {
    id: 'user',
    ask: (id, all) => `{ user(id: "${id}") ${all('User')} }`,
    seenBy: BOTH,
    partlyPublic: true,
  },
  'Query.videos': {
    id: 'user',
    ask: (id, all) => `{ videos(ownerId: "${id}", first: 2) ${all('VideoConnection')} }`,
    seenBy: BOTH,
  },
  'Query.auditLog': {
    id: 'user',
    ask: (id, all) => `{ auditLog(actorId: "${id}", first: 2) ${all('AuditEntryConnection')} }`,
    seenBy: ['administrator'],
  },
  'Mutation.updateVideo': onVideo('updateVideo', ', input: { title: "taken over" }'),
  'Mutation.applySuggestions': onVideo('applySuggestions'),
  'Mutation.cancelVideo': onVideo('cancelVideo'),
  'Mutation.retryVideo': onVideo('retryVideo'),
  'Mutation.deleteVideo': onVideo('deleteVideo'),
  'Mutation.revokeSession': change('session', (id) => `revokeSession(id: "${id}")`, 'OkPayload', ['owner']),
  'Mutation.revokeApiKey': change('key', (id) => `revokeApiKey(id: "${id}")`, 'OkPayload', ['owner']),
  'Mutation.grantRole': onUser('grantRole', ', role: USER'),
  'Mutation.revokeRole': onUser('revokeRole', ', role: PREMIUM'),
  'Mutation.setUserActive': onUser('setUserActive', ', isActive: false'),
  'Mutation.setPlan': onUser('setPlan', ', plan: PREMIUM'),
  'Mutation.setQuota': onUser('setQuota', ', type: VIDEO, period: DAILY, limit: 0'),
  'Mutation.deleteUser': onUser('deleteUser', '', 'OkPayload'),
  'Mutation.recoverStuckVideos': change(
    'video',
    (id) => `recoverStuckVideos(videoIds: ["${id}"], olderThanSeconds: 0)`,
    'RecoverStuckVideosPayload',
  ),
  'Mutation.acknowledgeAlert': change('alert', (id) => `acknowledgeAlert(id: "${id}")`, 'AlertPayload', [
    'administrator',
  ]),
  'Subscription.videoProgress': {
    id: 'video',
    ask: (id, all) => `subscription { videoProgress(videoId: "${id}") ${all('VideoProgressEvent')} }`,
    seenBy: BOTH,
  },
  'Subscription.generationChanged': {
    id: 'generation',
    ask: (id, all) => `subscription { generationChanged(id: "${id}") ${all('Generation')} }`,
    seenBy: BOTH,
  },
};

/** Tested by themselves: what they give after a place in the log of another user. */
export const PATHS_OF_EVENTS = ['Subscription.videoEvents'];

/** Lists without an id: no one but the owner, and administrators where it says so, finds anything of the owner in them. */
export const LISTS: Readonly<Record<string, { readonly type: string; readonly seenBy: readonly CallerName[] }>> = {
  viewer: { type: 'User', seenBy: ['owner'] },
  'videos(first: 2)': { type: 'VideoConnection', seenBy: ['owner'] },
  'videos(allOwners: true, first: 2)': { type: 'VideoConnection', seenBy: ['administrator'] },
  'generations(first: 2)': { type: 'GenerationConnection', seenBy: ['owner'] },
  sessions: { type: 'Session', seenBy: ['owner'] },
  apiKeys: { type: 'ApiKey', seenBy: ['owner'] },
  providerKeys: { type: 'ProviderKey', seenBy: ['owner'] },
  'users(first: 5)': { type: 'UserConnection', seenBy: ['administrator'] },
  'auditLog(first: 5, action: "video.test")': { type: 'AuditEntryConnection', seenBy: ['administrator'] },
  'backups(first: 5)': { type: 'Backup', seenBy: [] },
  'alerts(first: 5)': { type: 'AlertConnection', seenBy: ['administrator'] },
  'stuckVideos(olderThanSeconds: 0)': { type: 'StuckVideo', seenBy: ['administrator'] },
  'activeJobs(queue: VIDEO)': { type: 'ActiveJob', seenBy: ['administrator'] },
  'failedJobs(queue: VIDEO)': { type: 'FailedJob', seenBy: ['administrator'] },
};

/** Objects that belong to no user. Every other type is taken for private: each field that leads to one has to be in a case. */
export const BELONG_TO_NOBODY = [
  ...['Health', 'HealthChecks', 'DatabaseHealth', 'DiskHealth', 'FfmpegHealth', 'ProvidersHealth', 'RedisHealth'],
  ...['StorageHealth', 'WorkersHealth', 'PoolStats', 'CacheStats', 'ProcessDiagnostics'],
  ...['Provider', 'ProviderError', 'ProviderMetrics', 'MetricVerdict', 'ProviderPayload', 'ServiceQuota', 'Voice'],
  ...['QueueStats', 'QueuePayload', 'PriorityCount', 'StagePerformance', 'PageInfo', 'UserError'],
  ...['DailyReport', 'DailyPerformance', 'ServiceCalls', 'ErrorCount', 'ReplicaHealth'],
  ...['DatabaseDiagnostics', 'DatabaseSessions', 'DatabaseSession', 'SlowQuery', 'TableStats', 'IndexStats'],
  ...['IndexSuggestion', 'LockWait', 'MaintenancePayload', 'EndSessionsPayload'],
  ...['OperationLatency', 'NetworkProbe', 'MetricsDiagnostics', 'ScrapeTarget', 'KeyMetric', 'RuleState'],
];

/** Fields to private objects that take no id of one: they give what the caller has just made or done. */
export const OF_THE_CALLER: Readonly<Record<string, string>> = {
  'Subscription.alertChanged': 'alerts as they change, for administrators; permissions-matrix.test.ts',
  'Mutation.startBackup': 'the backup that was just begun, for administrators; permissions-matrix.test.ts',
  'BackupPayload.backup': 'the backup that was just begun',
  'Query.estimateVideo': 'an estimate of the input',
  'VideoEstimate.lines': 'an estimate of the input',
  'Query.quotas': 'the quotas of the caller',
  'Subscription.quotaChanged': 'the quotas of the caller',
  'Subscription.videoEvents': 'tested by itself',
  'AuthPayload.user': 'who signs in',
  'AuthPayload.tokens': 'who signs in',
  'CreateApiKeyPayload.apiKey': 'the new key',
  'GenerationPayload.generation': 'the new generation',
  'ProviderKeyPayload.providerKey': 'the new key',
};
