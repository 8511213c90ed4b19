import { getNamedType, getNullableType, graphql, isCompositeType, isListType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf } from '../../src/auth/role-permissions.ts';
import { FieldCipher } from '../../src/auth/secrets.ts';
import { TokenSigner } from '../../src/auth/tokens.ts';
import { administrationOfCommand } from '../../src/composition/administration.ts';
import { databaseServicesOf } from '../../src/composition/database-services.ts';
import type { Database } from '../../src/db/database.ts';
import { readerOf } from '../../src/db/prepared.ts';
import { createContext } from '../../src/resolvers/context.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { SessionService } from '../../src/services/accounts/session.service.ts';
import { UserService } from '../../src/services/accounts/user.service.ts';
import { AlertService } from '../../src/services/alerts/alert.service.ts';
import { appendAudit } from '../../src/services/audit/audit-store.ts';
import { BackupService } from '../../src/services/backups/backup.service.ts';
import { GenerationReads } from '../../src/services/generations/generation-reads.ts';
import { GenerationRuns } from '../../src/services/generations/generation-runs.ts';
import { ProviderService } from '../../src/services/providers/provider.service.ts';
import { ProviderKeyService } from '../../src/services/providers/provider-key.service.ts';
import { SharedProviderStates } from '../../src/services/providers/shared-provider-states.ts';
import { QueueService } from '../../src/services/queues/queue.service.ts';
import { RecoveryService } from '../../src/services/queues/recovery.service.ts';
import { ServiceQuotaService } from '../../src/services/quotas/service-quota.service.ts';
import { OperationLatencies } from '../../src/services/reports/operation-latencies.ts';
import { ReportService } from '../../src/services/reports/report.service.ts';
import { VideoList } from '../../src/services/videos/list/video-list.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { fillLibrary, statementCounter, userId } from '../helpers/many-videos.ts';
import { videoServicesOn } from '../helpers/video-services.ts';
import { fakeServices } from '../schema/fake-services.ts';
import { DATABASE_LISTS } from './database-lists.ts';

const OWNER =
  'owner { id username fullName roles { role grantedBy { username fullName } } permissions subscription { plan } quotas { used } }';
const WHOLE_VIDEO = `id title progress topic description tags captions seo { title } analysis { chapters { title } }
  quality { width } error { code } scenes { id index narration } stages { stage status startedAt }`;

interface Case {
  readonly document: string;
  /** Statements, however many rows there are. */
  readonly bound: number;
}

/** `$n` rows of everything. A list field that is not here fails the test below: say what it costs. */
const LISTS: Readonly<Record<string, Case>> = {
  'Query.videos': {
    document: `videos(first: $n, allOwners: true) { nodes { ${WHOLE_VIDEO} owner { username } } }`,
    bound: 1,
  },
  'VideoConnection.nodes': {
    document: `videos(first: $n, allOwners: true) { totalCount pageInfo { endCursor } nodes { ${WHOLE_VIDEO} ${OWNER} } }`,
    bound: 6,
  },
  'VideoConnection.edges': {
    document: `videos(first: $n, allOwners: true) { edges { cursor node { ${WHOLE_VIDEO} owner { id username } } } }`,
    bound: 1,
  },
  'Query.sessions': { document: 'sessions { id userAgent isCurrent }', bound: 1 },
  'Video.scenes': {
    document: 'videos(first: $n, allOwners: true) { nodes { scenes { imageUrl audioUrl } } }',
    bound: 1,
  },
  'Video.stages': {
    document: 'videos(first: $n, allOwners: true) { nodes { stages { attempt completedAt } } }',
    bound: 1,
  },
  'Video.processingHistory': {
    document: 'videos(first: $n, allOwners: true) { nodes { processingHistory { stage status cost } } }',
    bound: 2,
  },
  'VideoAnalysis.chapters': {
    document: 'videos(first: $n, allOwners: true) { nodes { analysis { chapters { title startSeconds } } } }',
    bound: 1,
  },
  'User.videos': {
    document: `videos(first: $n, allOwners: true) { nodes { owner { videos(first: 2) { totalCount nodes { ${WHOLE_VIDEO} owner { username } } } } } }`,
    bound: 4,
  },
  'Query.generations': {
    document: 'generations(first: $n) { totalCount nodes { id parameters cost attempts { status cost } } }',
    bound: 3,
  },
  'GenerationConnection.nodes': { document: 'generations(first: $n) { nodes { resultUrl text } }', bound: 1 },
  'GenerationConnection.edges': { document: 'generations(first: $n) { edges { cursor node { id } } }', bound: 1 },
  'Generation.attempts': {
    document: 'generations(first: $n) { nodes { attempts { provider latencyMs at } } }',
    bound: 2,
  },
  'Video.generations': {
    document:
      'videos(first: $n, allOwners: true) { nodes { cost { reserved spent limit } generations(first: 2) { totalCount nodes { attempts { cost } } } } }',
    bound: 5,
  },
  'User.roles': {
    document: 'videos(first: $n, allOwners: true) { nodes { owner { roles { role grantedBy { bio } } } } }',
    bound: 3,
  },
  'User.quotas': {
    document: 'videos(first: $n, allOwners: true) { nodes { owner { quotas { remaining } } } }',
    bound: 3,
  },
  'VideoEstimate.lines': { document: 'estimateVideo(input: { script: "Bees." }) { lines { cost } }', bound: 0 },
  'Query.serviceQuotas': { document: 'serviceQuotas { service used checkedAt }', bound: 1 },
  'Query.users': {
    document:
      'users(first: $n, search: "wner") { totalCount nodes { id roles { role } permissions subscription { plan } quotas { used } } }',
    bound: 5,
  },
  'UserConnection.nodes': { document: 'users(first: $n) { nodes { id username } }', bound: 1 },
  'UserConnection.edges': { document: 'users(first: $n) { edges { cursor node { isActive updatedAt } } }', bound: 1 },
  'Query.auditLog': {
    document: 'auditLog(first: $n) { totalCount nodes { id action details actor { username } } }',
    bound: 3,
  },
  'AuditEntryConnection.nodes': { document: 'auditLog(first: $n) { nodes { target outcome } }', bound: 1 },
  'AuditEntryConnection.edges': { document: 'auditLog(first: $n) { edges { cursor node { at } } }', bound: 1 },
  'Query.alerts': {
    document: 'alerts(first: $n) { totalCount nodes { id message details acknowledgedBy { username } } }',
    bound: 3,
  },
  'AlertConnection.nodes': { document: 'alerts(first: $n) { nodes { rule state } }', bound: 1 },
  'AlertConnection.edges': { document: 'alerts(first: $n) { edges { cursor node { raisedAt } } }', bound: 1 },
  'Query.apiKeys': { document: 'apiKeys { id name prefix permissions lastUsedAt }', bound: 1 },
  'Query.quotas': { document: 'quotas { type used }', bound: 1 },
  'Query.providerKeys': { document: 'providerKeys { provider lastFour setAt }', bound: 1 },
  'Query.providers': {
    document: 'providers { name health quota { used } lastError { code } metrics { calls p50Ms verdicts { metric } } }',
    bound: 7,
  },
  'ProviderMetrics.verdicts': { document: 'providers { metrics { verdicts { value } } }', bound: 6 },
  'Query.voices': { document: 'voices { id name }', bound: 0 },
  'Query.queues': { document: 'queues { name waiting byPriority { priority waiting } }', bound: 1 },
  'QueueStats.byPriority': { document: 'queues { byPriority { waiting } }', bound: 1 },
  'Query.activeJobs': { document: 'activeJobs(first: $n) { id videoId workerHost stage }', bound: 1 },
  'Query.failedJobs': { document: 'failedJobs(queue: VIDEO, first: $n) { id videoId errorCode }', bound: 1 },
  'Query.stuckVideos': {
    document: `stuckVideos(olderThanSeconds: 0) { stuckSeconds video { ${WHOLE_VIDEO} owner { username } } }`,
    bound: 2,
  },
  'DatabaseHealth.replicas': { document: 'health { checks { database { replicas { name } } } }', bound: 0 },
  'DailyReport.apiCalls': { document: 'dailyReport { apiCalls { service total } }', bound: 10 },
  'DailyReport.quotaUsage': { document: 'dailyReport { quotaUsage { service used } }', bound: 10 },
  'DailyReport.commonErrors': { document: 'dailyReport { commonErrors { code count } }', bound: 10 },
  'Query.apiLatency': { document: 'apiLatency { operation p95Ms }', bound: 1 },
  'Query.networkDiagnostics': { document: 'networkDiagnostics { to ok }', bound: 0 },
  'MetricsDiagnostics.targets': { document: 'metricsDiagnostics { targets { job } }', bound: 0 },
  'MetricsDiagnostics.keyMetrics': { document: 'metricsDiagnostics { keyMetrics { name } }', bound: 0 },
  'MetricsDiagnostics.rules': { document: 'metricsDiagnostics { rules { name } }', bound: 0 },
  'Query.stagePerformance': { document: 'stagePerformance { stage runs }', bound: 1 },
  ...DATABASE_LISTS,
};

const schema = buildAppSchema();
let db: Database;
let statements: () => number;
let context: ReturnType<typeof createContext>;

beforeAll(async () => {
  db = await createTestDatabase();
  await fillLibrary(db, { owners: 20, videos: 60, scenes: 3 });
  await sql`insert into user_roles (user_id, role, granted_by) select id, role, id from users, unnest(array['ADMIN', 'CREATOR']) as role`.execute(
    db.sql(),
  );
  await sql`insert into user_subscriptions (user_id, plan, status) select id, 'PREMIUM', 'ACTIVE' from users`.execute(
    db.sql(),
  );
  for (let entry = 1; entry <= 25; entry++)
    await db.transaction((em) => appendAudit(em, { action: 'role.grant', actorId: userId(entry), outcome: 'SUCCESS' }));
  await sql`update videos set status = 'PROCESSING', analysis = '{"summary": "", "suggestedTitle": "", "suggestedDescription": "", "suggestedTags": [], "chapters": [{"title": "One", "startSeconds": 0}]}'`.execute(
    db.sql(),
  );
  await sql`
    insert into jobs (id, queue, video_id, status, lease_expires_at, finished_at)
    select gen_random_uuid(), 'VIDEO', id, case when title < 'Video 4' then 'FAILED' else 'ACTIVE' end, now() - interval '1 hour',
      case when title < 'Video 4' then now() end from videos`.execute(db.sql());
  await sql`
    insert into ai_generations (id, user_id, video_id, type, provider, status)
    select gen_random_uuid(), ${userId(1)}::uuid, id, 'IMAGE', 'local', 'COMPLETED' from videos, generate_series(1, 2)`.execute(
    db.sql(),
  );
  await sql`
    insert into generation_attempts (id, generation_id, provider, number, paid, run)
    select gen_random_uuid(), id, 'local', 1, false, 1 from ai_generations`.execute(db.sql());
  await sql`
    insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by, acknowledged_at, acknowledged_by)
    select gen_random_uuid(), 'redis-lost', id::text, 'P0', '', '', '{}', 1, now(), now(), now(), now(), id from users`.execute(
    db.sql(),
  );
  statements = await statementCounter(db);
  context = contexts();
});
afterAll(() => db.close());

/** The services that read, on the database; the others answer from memory. */
function contexts(): ReturnType<typeof createContext> {
  const { jobs, quotas, runs, videos } = videoServicesOn(db);
  const ignore = () => undefined;
  const bus = { publish: ignore, publishGeneration: ignore };
  const maker = { name: 'local', capability: 'TEXT', models: [], priority: 0 } as const;
  const providers = new ProviderService({
    db,
    contentProviders: [maker, { ...maker, name: 'other' }],
    services: [],
    states: new SharedProviderStates({ db, onChange: ignore }),
    speech: [{ name: 'local', voices: async () => [] }],
  });
  const providerKeys = new ProviderKeyService({
    db,
    cipher: new FieldCipher([{ id: 'k', key: Buffer.alloc(32) }]),
    forms: [],
    test: async () => null,
    onFault: ignore,
  });
  const serviceQuotas = new ServiceQuotaService(db);
  const generationRuns = new GenerationRuns({ jobs, quotas });
  const queues = new QueueService({ db, jobs, runs, generationRuns, bus, retentionDays: 30, onWork: ignore });
  const recovery = new RecoveryService({ db, jobs, bus, onWork: ignore, onStopped: ignore });
  const cipher = new FieldCipher([{ id: 'k', key: Buffer.alloc(32) }]);
  const users = new UserService(db, cipher);
  const { apiKeys, auditLog, userDirectory } = administrationOfCommand(db, cipher);
  const alerts = new AlertService({ db, queueNotification: async () => undefined, onChanged: ignore });
  const videoList = new VideoList(readerOf(db));
  const generations = new GenerationReads(readerOf(db));
  return createContext({
    services: fakeServices({
      users,
      apiKeys,
      reports: new ReportService(db),
      operationLatencies: new OperationLatencies({ db, take: () => [] }),
      auditLog,
      userDirectory,
      alerts,
      backups: new BackupService({ db, dir: '', keep: 1, write: async () => undefined, onFault: ignore }),
      videos,
      videoList,
      quotas,
      serviceQuotas,
      providerKeys,
      sessions: new SessionService(db, new TokenSigner('a secret of these tests, long enough for HS256'), {
        revoked: async () => undefined,
      }),
      providers,
      queues,
      ...databaseServicesOf(db),
      recovery,
      generations,
    }),
  });
}

/** Runs it as an administrator and gives how many statements that took. */
async function ask(document: string, rows: number): Promise<number> {
  const roles = ['SUPER_ADMIN'] as const;
  const viewer = {
    userId: userId(1),
    username: 'owner-1',
    roles,
    permissions: permissionsOf(roles),
    sessionId: userId(1),
    tokenExpiresAt: new Date(Date.now() + 900_000),
  };
  const contextValue = context({
    viewer,
    traceId: '0'.repeat(32),
    spanId: '0'.repeat(16),
    parentSpanId: null,
    device: { ipAddress: '192.0.2.1', userAgent: 'test' },
  });
  const before = statements();
  const source = `query ${document.includes('$n') ? '($n: Int!)' : ''} { ${document} }`;
  const { errors } = await graphql({ schema, source, contextValue, variableValues: { n: rows } });
  expect(errors).toBeUndefined();
  return statements() - before;
}

/** Fields that clients can reach by queries and that give rows. */
function listFields(): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const look = (name: string) => {
    const type = schema.getType(name);
    if (seen.has(name) || !isObjectType(type)) return;
    seen.add(name);
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      const isRows =
        isListType(getNullableType(field.type)) || (isObjectType(inner) && 'pageInfo' in inner.getFields());
      if (isCompositeType(inner) && isRows) found.push(`${name}.${field.name}`);
      look(inner.name);
    }
  };
  look('Query');
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && type.getInterfaces().length > 0) look(type.name);
  return found.toSorted();
}

describe('However many rows there are', () => {
  it('the number of statements is known for every list of the schema', () => {
    expect(Object.keys(LISTS).toSorted()).toEqual(listFields());
  });

  it.each(Object.entries(LISTS))('%s costs the same few statements', async (_field, { document, bound }) => {
    const few = await ask(document, 2);
    const many = await ask(document, 20);
    expect([few, many]).toEqual([bound, bound]);
  });
});
