/** The enums that are stored. Each is an object (for GraphQL and zod) and a union type of the same name. */

export const Role = {
  GUEST: 'GUEST',
  USER: 'USER',
  CREATOR: 'CREATOR',
  PREMIUM: 'PREMIUM',
  ADMIN: 'ADMIN',
  SUPER_ADMIN: 'SUPER_ADMIN',
} as const;
export type Role = keyof typeof Role;

export const Plan = { FREE: 'FREE', CREATOR: 'CREATOR', PREMIUM: 'PREMIUM' } as const;
export type Plan = keyof typeof Plan;

export const SubscriptionStatus = { ACTIVE: 'ACTIVE', CANCELED: 'CANCELED', EXPIRED: 'EXPIRED' } as const;
export type SubscriptionStatus = keyof typeof SubscriptionStatus;

export const AuditOutcome = { SUCCESS: 'SUCCESS', DENIED: 'DENIED', FAILURE: 'FAILURE' } as const;
export type AuditOutcome = keyof typeof AuditOutcome;

export const VideoStatus = {
  PENDING: 'PENDING',
  PROCESSING: 'PROCESSING',
  AWAITING_APPROVAL: 'AWAITING_APPROVAL',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
} as const;
export type VideoStatus = keyof typeof VideoStatus;

/** In the order in which they run. */
export const PipelineStage = {
  SCRIPT: 'SCRIPT',
  SPEECH: 'SPEECH',
  VISUALS: 'VISUALS',
  CAPTIONS: 'CAPTIONS',
  ASSEMBLY: 'ASSEMBLY',
  ANALYSIS: 'ANALYSIS',
} as const;
export type PipelineStage = keyof typeof PipelineStage;

export const StageStatus = {
  PENDING: 'PENDING',
  RUNNING: 'RUNNING',
  RETRYING: 'RETRYING',
  COMPLETED: 'COMPLETED',
  SKIPPED: 'SKIPPED',
  FAILED: 'FAILED',
} as const;
export type StageStatus = keyof typeof StageStatus;

/** How an attempt at a stage ended; ABORTED where its run was canceled, or its worker was stopped or has gone. */
export const StageAttemptStatus = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
} as const;
export type StageAttemptStatus = keyof typeof StageAttemptStatus;

export const AspectRatio = {
  LANDSCAPE_16_9: 'LANDSCAPE_16_9',
  PORTRAIT_9_16: 'PORTRAIT_9_16',
  SQUARE_1_1: 'SQUARE_1_1',
} as const;
export type AspectRatio = keyof typeof AspectRatio;

export const Resolution = { SD_480: 'SD_480', HD_720: 'HD_720', FULL_HD_1080: 'FULL_HD_1080' } as const;
export type Resolution = keyof typeof Resolution;

/** How captions in the picture look. */
export const CaptionStyle = { BLOCK: 'BLOCK', WORD_HIGHLIGHT: 'WORD_HIGHLIGHT' } as const;
export type CaptionStyle = keyof typeof CaptionStyle;

/** Where a presenter is in the picture. */
export const PresenterLayout = { CORNER: 'CORNER', FULL: 'FULL' } as const;
export type PresenterLayout = keyof typeof PresenterLayout;

export const JobPriority = { URGENT: 'URGENT', NORMAL: 'NORMAL', LOW: 'LOW' } as const;
export type JobPriority = keyof typeof JobPriority;

export const Platform = {
  YOUTUBE: 'YOUTUBE',
  TIKTOK: 'TIKTOK',
  INSTAGRAM: 'INSTAGRAM',
  FACEBOOK: 'FACEBOOK',
  X: 'X',
} as const;
export type Platform = keyof typeof Platform;

/** WAITING for a worker (or for its next attempt), ACTIVE under a lease, then DONE, FAILED or CANCELED until it is run again. */
export const JobStatus = {
  WAITING: 'WAITING',
  ACTIVE: 'ACTIVE',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
} as const;
export type JobStatus = keyof typeof JobStatus;

export const QueueName = { VIDEO: 'VIDEO', AI: 'AI', SOCIAL: 'SOCIAL', ANALYTICS: 'ANALYTICS' } as const;
export type QueueName = keyof typeof QueueName;

export const GenerationType = {
  TEXT: 'TEXT',
  IMAGE: 'IMAGE',
  AUDIO: 'AUDIO',
  TRANSCRIPT: 'TRANSCRIPT',
  VIDEO: 'VIDEO',
} as const;
export type GenerationType = keyof typeof GenerationType;

export const GenerationStatus = {
  PENDING: 'PENDING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  UNCERTAIN: 'UNCERTAIN',
} as const;
export type GenerationStatus = keyof typeof GenerationStatus;

/** State of a request to a provider. SENT is uncertain as soon as its sender has ended. */
export const AttemptState = { SENT: 'SENT', SETTLED: 'SETTLED', REFUSED: 'REFUSED', UNCERTAIN: 'UNCERTAIN' } as const;
export type AttemptState = keyof typeof AttemptState;

/** How a run of a periodic task ended; ABORTED when its process stops, or when the connection to the database is lost. */
export const TaskOutcome = { SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED', ABORTED: 'ABORTED' } as const;
export type TaskOutcome = keyof typeof TaskOutcome;

/** How urgent an alert is: P0 is sent at once, P1 in a summary each hour, P2 each day. */
export const AlertPriority = { P0: 'P0', P1: 'P1', P2: 'P2' } as const;
export type AlertPriority = keyof typeof AlertPriority;

export const QuotaPeriod = { DAILY: 'DAILY', MONTHLY: 'MONTHLY' } as const;
export type QuotaPeriod = keyof typeof QuotaPeriod;

/** The keys of one of the objects above as a tuple, for zod and for columns. */
export function valuesOf<T extends string>(set: Readonly<Record<T, T>>): readonly T[] {
  return Object.values<T>(set);
}
