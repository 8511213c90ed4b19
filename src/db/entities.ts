import { AccountToken } from '../entities/account-token.ts';
import { AiGeneration } from '../entities/ai-generation.ts';
import { AiQuota } from '../entities/ai-quota.ts';
import { Alert, AlertRound } from '../entities/alert.ts';
import { AlertDelivery } from '../entities/alert-delivery.ts';
import { ApiKey } from '../entities/api-key.ts';
import { AuditChain, AuditEntry } from '../entities/audit-entry.ts';
import { Backup } from '../entities/backup.ts';
import { AvailabilityDay, DailyReport } from '../entities/daily-report.ts';
import { Deployment } from '../entities/deployment.ts';
import { EventCursor } from '../entities/event-cursor.ts';
import { GenerationAttempt } from '../entities/generation-attempt.ts';
import { IdempotencyKey } from '../entities/idempotency-key.ts';
import { Job } from '../entities/job.ts';
import { KnownNetwork } from '../entities/known-network.ts';
import { Mail } from '../entities/mail.ts';
import { OperationLatency } from '../entities/operation-latency.ts';
import { OutboxMessage } from '../entities/outbox-message.ts';
import { DailyLatency, ProcessReading } from '../entities/process-reading.ts';
import { ProcessingAttempt } from '../entities/processing-attempt.ts';
import { ProviderKey } from '../entities/provider-key.ts';
import { ProviderState } from '../entities/provider-state.ts';
import { Queue } from '../entities/queue.ts';
import { Registration } from '../entities/registration.ts';
import { RemovedFile } from '../entities/removed-file.ts';
import { Scene } from '../entities/scene.ts';
import { ScheduledTask } from '../entities/scheduled-task.ts';
import { ServiceQuota } from '../entities/service-quota.ts';
import { ServiceQuotaUsage } from '../entities/service-quota-usage.ts';
import { Session } from '../entities/session.ts';
import { SignInFailure } from '../entities/sign-in-failure.ts';
import { SlackCheck, SlackRefusal, SlackReply } from '../entities/slack-command.ts';
import { User } from '../entities/user.ts';
import { UserRole } from '../entities/user-role.ts';
import { UserSubscription } from '../entities/user-subscription.ts';
import { Video } from '../entities/video.ts';
import { VideoEvent } from '../entities/video-event.ts';
import { VideoStage } from '../entities/video-stage.ts';
import { Worker } from '../entities/worker.ts';

/** Every table, as the ORM and the query builder define them. */
export const entities = [
  User,
  UserRole,
  UserSubscription,
  Session,
  ApiKey,
  Video,
  Scene,
  VideoStage,
  ProcessingAttempt,
  VideoEvent,
  EventCursor,
  Job,
  Queue,
  IdempotencyKey,
  OutboxMessage,
  Worker,
  AiQuota,
  AiGeneration,
  GenerationAttempt,
  ProviderKey,
  ProviderState,
  ScheduledTask,
  ServiceQuota,
  ServiceQuotaUsage,
  AuditEntry,
  AuditChain,
  RemovedFile,
  Registration,
  SignInFailure,
  KnownNetwork,
  AccountToken,
  Mail,
  Alert,
  AlertRound,
  AlertDelivery,
  ProcessReading,
  DailyLatency,
  OperationLatency,
  AvailabilityDay,
  DailyReport,
  Deployment,
  Backup,
  SlackReply,
  SlackCheck,
  SlackRefusal,
] as const;
