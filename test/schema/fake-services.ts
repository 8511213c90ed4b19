import type { Viewer } from '../../src/auth/viewer.ts';
import { type Context, createContext } from '../../src/resolvers/context.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { API_KEY, AUDIT_ENTRY, apiKey, auditEntry } from './administration-rows.ts';
import { fakeDatabase } from './database-rows.ts';
import {
  attempt,
  events,
  GENERATION,
  generation,
  generationChanges,
  OTHER_USER,
  processFacts,
  providerKey,
  quota,
  quotaChanges,
  SCENE,
  SESSION,
  SPAN,
  scene,
  serviceQuota,
  session,
  signedInUser,
  THEN,
  TRACE,
  user,
  VIDEO,
  video,
} from './fake-rows.ts';
import {
  ALERT,
  activeJob,
  alertChanges,
  alertView,
  BACKUP,
  backupView,
  checks,
  dailyReport,
  failedJob,
  healthChanges,
  metrics,
  operationLatency,
  provider,
  providerChanges,
  queue,
  snapshots,
  stuckVideo,
} from './operations-rows.ts';

export interface Call {
  /** E.g. "videos.find". */
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Services with the users, video, scene and provider above. Any of them can be replaced. */
export function fakeServices(replaced: Partial<Services> = {}): Services {
  const services: Services = {
    accounts: {
      register: async () => signedInUser(),
      login: async () => signedInUser(),
      refresh: async () => signedInUser(),
      logout: async () => 2,
      findSession: async (_viewer, id) => (id === SESSION ? session() : null),
    },
    ownAccounts: { changePassword: async () => signedInUser(), deleteAccount: async () => [] },
    mailedAccounts: {
      requestVerification: async () => undefined,
      requestReset: async () => undefined,
      resetPassword: async () => undefined,
      verifyEmail: async () => undefined,
      changeEmail: async () => undefined,
    },
    profiles: { update: async () => user() },
    sessions: { list: async () => [session()], revoke: async () => undefined },
    users: {
      loadByIds: async (ids) => ids.map((id) => user({ id })),
      rolesOf: async (ids) =>
        ids.map((userId) => [{ userId, role: 'CREATOR', grantedAt: THEN, grantedBy: OTHER_USER, expiresAt: null }]),
      subscriptionsOf: async (ids) =>
        ids.map((userId) => ({
          userId,
          plan: 'FREE',
          status: 'ACTIVE',
          startedAt: THEN,
          endsAt: null,
          autoRenew: true,
        })),
      privateFacts: () => ({ email: 'me@example.org', phone: '+49 30 1234' }),
    },
    userDirectory: {
      page: async () => ({ rows: [user({ id: OTHER_USER })], hasNextPage: false, hasPreviousPage: false }),
      count: async () => 1,
    },
    apiKeys: {
      create: async () => ({ apiKey: apiKey(), secret: 'av_0123456789ab_secret' }),
      revoke: async () => undefined,
      list: async () => [apiKey()],
      find: async (_viewer, id) => (id === API_KEY ? apiKey() : null),
    },
    administration: {
      grantRole: async () => undefined,
      revokeRole: async () => undefined,
      setActive: async () => undefined,
      setPlan: async () => undefined,
      deleteUser: async () => undefined,
    },
    auditLog: {
      page: async () => ({ rows: [auditEntry()], hasNextPage: false, hasPreviousPage: false }),
      count: async () => 1,
      find: async (id) => (id === AUDIT_ENTRY ? auditEntry() : null),
      recordRefusal: async () => undefined,
    },
    videos: {
      create: async () => video(),
      warningsOf: () => [],
      update: async () => video(),
      applySuggestions: async () => video(),
      remove: async () => {},
      find: async (_viewer, id) => (id === VIDEO ? video() : null),
      findMany: async (_viewer, ids) => ids.map((id) => (id === VIDEO ? video() : null)),
      findScene: async (_viewer, id) => (id === SCENE ? scene() : null),
      scenesOf: async (ids) => ids.map(() => [scene()]),
      stagesOf: async (ids) => ids.map(() => []),
      historyOf: async (ids) => ids.map(() => []),
    },
    waiting: { of: async (ids) => ids.map(() => ({ position: 3, etaSeconds: 90 })) },
    videoList: {
      page: async () => ({
        rows: [video()],
        hasNextPage: false,
        hasPreviousPage: false,
        cursorOf: (row) => `cursor of ${row.id}`,
      }),
      pages: async (_viewer, ids) =>
        ids.map(() => ({
          rows: [video()],
          hasNextPage: false,
          hasPreviousPage: false,
          cursorOf: (row) => `cursor of ${row.id}`,
        })),
      count: async () => 1,
      counts: async (_viewer, ids) => ids.map(() => 1),
    },
    generations: {
      find: async (_viewer, id) => (id === GENERATION ? generation() : null),
      pages: async (_scope, ids) =>
        ids.map(() => ({ rows: [generation()], hasNextPage: false, hasPreviousPage: false })),
      counts: async (_scope, ids) => ids.map(() => 1),
      attemptsOf: async (ids) => ids.map((generationId) => [attempt({ generationId })]),
      costsOf: async (ids) => ids.map(() => ({ reserved: '0.0300', spent: '0.0250', limit: '2.0000' })),
    },
    contents: {
      generateText: async () => generation(),
      generateImage: async () => generation(),
      generateSpeech: async () => generation(),
    },
    generationFeed: { watch: async () => generationChanges() },
    runs: { cancel: async () => video(), retry: async () => video() },
    onVideosDeleted: async () => undefined,
    queues: {
      stats: async () => [queue()],
      pause: async () => queue(),
      resume: async () => queue(),
      activeJobs: async () => [activeJob()],
      failedJobs: async () => [failedJob()],
      retryFailed: async () => ({ retried: 1, faults: [] }),
      clearFailed: async () => 1,
      stagePerformance: async () => [],
    },
    queueWatch: { open: () => snapshots() },
    recovery: { stuck: async () => [stuckVideo()], recover: async () => [stuckVideo()] },
    feed: { watchVideo: async () => events(), watchOwner: async () => events() },
    quotas: {
      quotasOf: async () => [quota()],
      quotasOfEach: async (ids) => ids.map(() => [quota()]),
      setLimit: async () => undefined,
    },
    quotaWatch: { open: () => quotaChanges() },
    replicas: { list: () => [] },
    operationLatencies: { since: async () => [operationLatency()] },
    reports: { daily: async () => dailyReport() },
    serviceQuotas: {
      list: async () => [serviceQuota()],
      ofEach: async (names) => names.map(() => serviceQuota()),
    },
    estimates: {
      estimate: async () => ({
        cost: '0.0000',
        currency: 'USD',
        durationSeconds: 4,
        processingSeconds: 3,
        lines: [],
        quotaSufficient: true,
      }),
    },
    providers: {
      list: async () => [provider()],
      setEnabled: async () => provider(),
      voices: async () => [],
      metricsOfEach: async (names) => names.map(() => metrics()),
    },
    providerKeys: {
      list: async () => [providerKey()],
      set: async () => ({ providerKey: providerKey(), warnings: [] }),
      remove: async () => undefined,
    },
    providerTests: {
      test: async () => ({ ok: true, latencyMs: 7, message: 'local answered in 7 ms.', reply: 'Bees.' }),
    },
    providerWatch: { open: async () => providerChanges() },
    voiceSamples: { keyOf: () => null },
    health: {
      status: async () => ({ status: 'HEALTHY', version: '0.1.0', uptimeSeconds: 7, timestamp: THEN }),
      checks: async () => checks(),
    },
    healthWatch: { open: () => healthChanges() },
    alerts: {
      page: async () => ({ rows: [alertView()], hasNextPage: false, hasPreviousPage: false }),
      count: async () => 1,
      find: async (id) => (id === ALERT ? alertView() : null),
      acknowledge: async () => alertView(),
    },
    alertWatch: { open: async () => alertChanges() },
    backups: {
      list: async () => [backupView()],
      find: async (id) => (id === BACKUP ? backupView() : null),
      start: async () => backupView(),
    },
    network: { run: async () => [] },
    metricsServer: { read: async () => ({ targets: [], keyMetrics: [], rules: [], message: null }) },
    process: { read: async () => processFacts() },
    ...fakeDatabase(),
    links: { url: (key) => `https://files.example.org/${key}` },
    stageAttempts: 4,
  };
  return { ...services, ...replaced };
}

/** The services, and every call to one of them from now on; those that write to the audit log by themselves. */
export function recorded(services: Services): { services: Services; calls: Call[]; audited: Call[] } {
  const calls: Call[] = [];
  const audited: Call[] = [];
  const recording = (name: string, service: object): object =>
    new Proxy(service, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const call = { name: `${name}.${String(key)}`, args };
          (call.name.startsWith('auditLog.record') ? audited : calls).push(call);
          return Reflect.apply(member, target, args);
        };
      },
    });
  const get = (target: Services, key: string | symbol): unknown => {
    const member: unknown = Reflect.get(target, key);
    return member instanceof Object ? recording(String(key), member) : member;
  };
  return { calls, audited, services: new Proxy(services, { get }) };
}

export function contextFor(services: Services, viewer: Viewer | null): Context {
  const trace = { traceId: TRACE, spanId: SPAN, parentSpanId: null };
  return createContext({ services })({ viewer, ...trace, device: { ipAddress: '192.0.2.7', userAgent: 'test' } });
}
