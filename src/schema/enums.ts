import { registerEnumType } from 'type-graphql';
import { Permission } from '../auth/viewer.ts';
import {
  AlertPriority,
  AspectRatio,
  AuditOutcome,
  CaptionStyle,
  GenerationStatus,
  GenerationType,
  JobPriority,
  PipelineStage,
  Plan,
  Platform,
  PresenterLayout,
  QueueName,
  QuotaPeriod,
  Resolution,
  Role,
  StageAttemptStatus,
  StageStatus,
  SubscriptionStatus,
  VideoStatus,
} from '../entities/enums.ts';
import type { AlertState as AlertStateName } from '../services/alerts/alert-reads-sql.ts';
import type { QueueStatus as QueueDepth } from '../services/queues/queue-stats-sql.ts';
import type { UserFaultCode } from '../services/user-fault.ts';

export const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
export type OrderDirection = keyof typeof OrderDirection;

export const VideoOrderField = {
  CREATED_AT: 'CREATED_AT',
  UPDATED_AT: 'UPDATED_AT',
  PUBLISHED_AT: 'PUBLISHED_AT',
  TITLE: 'TITLE',
  DURATION: 'DURATION',
} as const;
export type VideoOrderField = keyof typeof VideoOrderField;

export const CaptionFormat = { SRT: 'SRT', VTT: 'VTT', ASS: 'ASS' } as const;
export type CaptionFormat = keyof typeof CaptionFormat;

export const Capability = {
  TEXT: 'TEXT',
  IMAGE: 'IMAGE',
  SPEECH: 'SPEECH',
  TRANSCRIPTION: 'TRANSCRIPTION',
  AVATAR: 'AVATAR',
  ANALYSIS: 'ANALYSIS',
  PUBLISH: 'PUBLISH',
  NOTIFICATION: 'NOTIFICATION',
} as const;
export type Capability = keyof typeof Capability;

export const HealthStatus = {
  HEALTHY: 'HEALTHY',
  DEGRADED: 'DEGRADED',
  UNHEALTHY: 'UNHEALTHY',
  UNKNOWN: 'UNKNOWN',
} as const;
export type HealthStatus = keyof typeof HealthStatus;

export const AlertState = { FIRING: 'FIRING', ACKNOWLEDGED: 'ACKNOWLEDGED', RESOLVED: 'RESOLVED' } as const satisfies {
  readonly [state in AlertStateName]: state;
};
export type AlertState = keyof typeof AlertState;

export const CircuitState = { CLOSED: 'CLOSED', HALF_OPEN: 'HALF_OPEN', OPEN: 'OPEN' } as const;
export type CircuitState = keyof typeof CircuitState;

export const QuotaStatus = {
  HEALTHY: 'HEALTHY',
  WARNING: 'WARNING',
  CRITICAL: 'CRITICAL',
  EXCEEDED: 'EXCEEDED',
} as const;
export type QuotaStatus = keyof typeof QuotaStatus;

export const QueueStatus = {
  NORMAL: 'NORMAL',
  WARNING: 'WARNING',
  CRITICAL: 'CRITICAL',
} as const satisfies { [status in QueueDepth]: status };
export type QueueStatus = keyof typeof QueueStatus;

export const Verdict = { GOOD: 'GOOD', FAIR: 'FAIR', WARNING: 'WARNING', CRITICAL: 'CRITICAL' } as const;
export type Verdict = keyof typeof Verdict;

/** Every code that a service may put into a fault: `satisfies` keeps the two sets equal. */
export const UserErrorCode = {
  INVALID: 'INVALID',
  REQUIRED: 'REQUIRED',
  TOO_LONG: 'TOO_LONG',
  TOO_SHORT: 'TOO_SHORT',
  TAKEN: 'TAKEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  INVALID_STATE: 'INVALID_STATE',
  INVALID_CREDENTIALS: 'INVALID_CREDENTIALS',
  ACCOUNT_LOCKED: 'ACCOUNT_LOCKED',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  BUDGET_EXCEEDED: 'BUDGET_EXCEEDED',
  IDEMPOTENCY_MISMATCH: 'IDEMPOTENCY_MISMATCH',
  UNSUPPORTED: 'UNSUPPORTED',
  PROVIDER_UNAVAILABLE: 'PROVIDER_UNAVAILABLE',
} as const satisfies { [code in UserFaultCode]: code };

registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'Direction of an order.' });
registerEnumType(VideoOrderField, {
  name: 'VideoOrderField',
  description: 'Fields by which a list of videos can be sorted.',
});
registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'How a recorded act ended.',
  valuesConfig: {
    SUCCESS: { description: 'It was done.' },
    DENIED: { description: 'The caller may not do it.' },
    FAILURE: { description: 'It could not be done.' },
  },
});
registerEnumType(AlertPriority, {
  name: 'AlertPriority',
  description: 'How urgent an alert is.',
  valuesConfig: {
    P0: { description: 'Recipients are notified at once.' },
    P1: { description: 'Recipients get a summary each hour.' },
    P2: { description: 'Recipients get a summary each day.' },
  },
});
registerEnumType(AlertState, {
  name: 'AlertState',
  description: 'Whether an alert lasts.',
  valuesConfig: {
    FIRING: { description: 'Its cause lasts, and it is not acknowledged.' },
    ACKNOWLEDGED: { description: 'Its cause lasts, and someone has taken it on.' },
    RESOLVED: { description: 'Its cause is gone.' },
  },
});
registerEnumType(CaptionFormat, { name: 'CaptionFormat', description: 'File formats of captions.' });
registerEnumType(Capability, { name: 'Capability', description: 'A kind of content that a provider can make.' });
registerEnumType(HealthStatus, {
  name: 'HealthStatus',
  description: 'DEGRADED means that a part fails which the core does not need.',
  valuesConfig: { UNKNOWN: { description: 'Not checked yet, or not configured.' } },
});
registerEnumType(CircuitState, {
  name: 'CircuitState',
  description: 'State of a provider’s circuit breaker: OPEN allows no call, HALF_OPEN allows one trial call.',
});
registerEnumType(QuotaStatus, {
  name: 'QuotaStatus',
  description: 'HEALTHY under 80 percent, WARNING from 80, CRITICAL from 90, EXCEEDED at 100.',
});
registerEnumType(QueueStatus, {
  name: 'QueueStatus',
  description: 'How full a queue is: NORMAL below 100 waiting, WARNING from 100, CRITICAL from 500.',
});
registerEnumType(Verdict, { name: 'Verdict', description: 'A measured value compared with its target.' });
registerEnumType(UserErrorCode, { name: 'UserErrorCode', description: 'What is wrong with an input.' });

registerEnumType(Permission, { name: 'Permission', description: 'A single right; roles are sets of them.' });
registerEnumType(Role, {
  name: 'Role',
  description: 'Role of a user; each role but GUEST contains the one before it.',
});
registerEnumType(Plan, { name: 'Plan', description: 'What a user subscribes to.' });
registerEnumType(SubscriptionStatus, { name: 'SubscriptionStatus', description: 'Whether a plan is in force.' });
registerEnumType(VideoStatus, { name: 'VideoStatus', description: 'Status of a video.' });
registerEnumType(PipelineStage, {
  name: 'PipelineStage',
  description:
    'The steps of making a video, in order. Progress as each begins: SCRIPT 10, SPEECH 30, VISUALS 50, CAPTIONS 75, ASSEMBLY 80, ANALYSIS 97. An accepted video is at 0, a finished one at 100.',
});
registerEnumType(StageStatus, {
  name: 'StageStatus',
  description: 'State of one stage.',
  valuesConfig: {
    RETRYING: { description: 'Waits for its next attempt.' },
    FAILED: { description: 'Final for this run.' },
  },
});
registerEnumType(StageAttemptStatus, {
  name: 'StageAttemptStatus',
  description: 'State of one attempt at a stage.',
  valuesConfig: {
    ABORTED: { description: 'Its run was canceled, or its worker was stopped, crashed or made no progress.' },
  },
});
registerEnumType(AspectRatio, { name: 'AspectRatio', description: 'Shape of the picture.' });
registerEnumType(CaptionStyle, {
  name: 'CaptionStyle',
  description: 'How captions in the picture look.',
  valuesConfig: {
    BLOCK: { description: 'One or two lines on a plate.' },
    WORD_HIGHLIGHT: { description: 'A few large words at a time; the word that is spoken is marked.' },
  },
});
registerEnumType(PresenterLayout, {
  name: 'PresenterLayout',
  description: 'Where a presenter is in the picture.',
  valuesConfig: {
    CORNER: { description: 'In a corner, above the captions.' },
    FULL: { description: 'In place of the scenes’ pictures, behind the captions.' },
  },
});
registerEnumType(Resolution, { name: 'Resolution', description: 'Length of the picture’s shorter side in pixels.' });
registerEnumType(JobPriority, { name: 'JobPriority', description: 'Priority of a waiting job.' });
registerEnumType(Platform, { name: 'Platform', description: 'Platforms for publishing videos.' });
registerEnumType(GenerationStatus, {
  name: 'GenerationStatus',
  description: 'Whether a content is made. UNCERTAIN: the answer was lost, and the request may have been paid for.',
});
registerEnumType(GenerationType, { name: 'GenerationType', description: 'Kinds of generated content.' });
registerEnumType(QuotaPeriod, { name: 'QuotaPeriod', description: 'How often a quota is reset.' });
registerEnumType(QueueName, { name: 'QueueName', description: 'The kind of work in a queue.' });
