import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { guard } from '../../auth/guard.ts';
import { AppError } from '../../errors.ts';
import { AccountResolver } from '../../resolvers/accounts/account.resolver.ts';
import { AdministrationResolver } from '../../resolvers/accounts/administration.resolver.ts';
import { ApiKeyResolver } from '../../resolvers/accounts/api-key.resolver.ts';
import { MailedAccountResolver } from '../../resolvers/accounts/mailed-account.resolver.ts';
import { OwnAccountResolver } from '../../resolvers/accounts/own-account.resolver.ts';
import { SessionResolver } from '../../resolvers/accounts/session.resolver.ts';
import { RoleGrantResolver, UserResolver } from '../../resolvers/accounts/user.resolver.ts';
import { UsersResolver } from '../../resolvers/accounts/users.resolver.ts';
import { AlertResolver, AlertsResolver } from '../../resolvers/alerts/alert.resolver.ts';
import { AuditEntryResolver, AuditLogResolver } from '../../resolvers/audit/audit-log.resolver.ts';
import { recordActs } from '../../resolvers/audit/recorded-acts.ts';
import { BackupResolver } from '../../resolvers/backups/backup.resolver.ts';
import {
  DatabaseDiagnosticsResolver,
  DatabaseMaintenanceResolver,
  DatabaseSessionsResolver,
} from '../../resolvers/database/database.resolver.ts';
import { GenerateResolver } from '../../resolvers/generations/generate.resolver.ts';
import {
  GenerationAttemptResolver,
  GenerationConnectionResolver,
  GenerationResolver,
} from '../../resolvers/generations/generation.resolver.ts';
import { DiagnosisResolver } from '../../resolvers/health/diagnosis.resolver.ts';
import { DatabaseHealthResolver, HealthResolver, ProcessResolver } from '../../resolvers/health/health.resolver.ts';
import { NodeResolver } from '../../resolvers/node.resolver.ts';
import { ProviderResolver } from '../../resolvers/providers/provider.resolver.ts';
import { ProviderKeyResolver } from '../../resolvers/providers/provider-key.resolver.ts';
import { ActiveJobResolver } from '../../resolvers/queues/active-job.resolver.ts';
import { FailedJobResolver } from '../../resolvers/queues/failed-job.resolver.ts';
import { QueueResolver } from '../../resolvers/queues/queue.resolver.ts';
import { StuckVideoResolver } from '../../resolvers/queues/stuck-video.resolver.ts';
import { QuotaResolver } from '../../resolvers/quotas/quota.resolver.ts';
import { ReportResolver } from '../../resolvers/reports/report.resolver.ts';
import { SceneResolver } from '../../resolvers/videos/scene.resolver.ts';
import { VideoResolver } from '../../resolvers/videos/video.resolver.ts';
import { VideoConnectionResolver } from '../../resolvers/videos/video-connection.resolver.ts';
import { VideoCostResolver } from '../../resolvers/videos/video-cost.resolver.ts';
import { VideoEstimateResolver } from '../../resolvers/videos/video-estimate.resolver.ts';
import { VideoProgressResolver } from '../../resolvers/videos/video-progress.resolver.ts';
import { enforceBounds } from '../limits/enforce-bounds.ts';
import { useDirectResolvers } from './direct-resolvers.ts';

/** type-graphql requires one where there are subscriptions, and uses it only for topics, which this schema does not have. */
const UNUSED_PUB_SUB: PubSub = {
  publish: () => refuseTopics(),
  subscribe: () => refuseTopics(),
};

function refuseTopics(): never {
  throw new AppError('INTERNAL_ERROR', 'Subscriptions of this schema open their own event source.');
}

const ROOTS: Readonly<Record<string, string>> = {
  Query:
    'Reads data. A field that the caller may not read is null, so that one refusal does not make the whole answer null.',
  Mutation: 'Changes data. Errors that the caller can correct are in userErrors.',
  Subscription:
    'Streams of events, over WebSocket (graphql-transport-ws) at /graphql or server-sent events at /graphql/stream. A caller without permission gets an error at once and no event; a stream also ends with its token (close code 4403).',
};

/** The whole schema with its permissions in force, and its acts recorded. Throws where a root field has no rule. */
export function buildAppSchema(): GraphQLSchema {
  return recordActs(guard(buildOpenSchema()));
}

/** The content of schema.graphql. */
export function printAppSchema(): string {
  return `${printSchema(buildAppSchema())}\n`;
}

/** The schema without permissions. */
function buildOpenSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccountResolver,
      AdministrationResolver,
      AlertResolver,
      AlertsResolver,
      ApiKeyResolver,
      AuditEntryResolver,
      AuditLogResolver,
      DatabaseDiagnosticsResolver,
      BackupResolver,
      DatabaseHealthResolver,
      DatabaseMaintenanceResolver,
      DatabaseSessionsResolver,
      ActiveJobResolver,
      DiagnosisResolver,
      FailedJobResolver,
      GenerationAttemptResolver,
      GenerationConnectionResolver,
      GenerateResolver,
      GenerationResolver,
      HealthResolver,
      NodeResolver,
      ProcessResolver,
      ProviderResolver,
      ProviderKeyResolver,
      QueueResolver,
      QuotaResolver,
      ReportResolver,
      RoleGrantResolver,
      SceneResolver,
      SessionResolver,
      OwnAccountResolver,
      MailedAccountResolver,
      StuckVideoResolver,
      UserResolver,
      UsersResolver,
      VideoConnectionResolver,
      VideoCostResolver,
      VideoEstimateResolver,
      VideoProgressResolver,
      VideoResolver,
    ],
    // Services check their input; types are checked by GraphQL itself.
    validate: false,
    disableInferringDefaultValues: true,
    pubSub: UNUSED_PUB_SUB,
  });
  useDirectResolvers(schema);
  enforceBounds(schema);
  describeRoots(schema);
  return lexicographicSortSchema(schema);
}

/** type-graphql cannot describe the root types. */
function describeRoots(schema: GraphQLSchema): void {
  for (const [name, description] of Object.entries(ROOTS)) {
    const root = schema.getType(name);
    if (root) root.description = description;
  }
}
