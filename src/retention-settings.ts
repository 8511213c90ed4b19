import { join, resolve } from 'node:path';
import { z } from 'zod';
import { blankAsMissing, wholeNumber } from './setting-values.ts';

const days = (byDefault: number) => wholeNumber(1, 3_650).default(byDefault);

export const retentionSettings = {
  RETENTION_JOBS_DAYS: blankAsMissing(days(30)),
  RETENTION_EVENTS_DAYS: blankAsMissing(days(7)),
  RETENTION_GENERATIONS_DAYS: blankAsMissing(days(30)),
  RETENTION_IDEMPOTENCY_HOURS: blankAsMissing(wholeNumber(24, 87_600).default(24)),
  RETENTION_SESSIONS_DAYS: blankAsMissing(days(30)),
  RETENTION_SERVICE_QUOTAS_DAYS: blankAsMissing(days(90)),
  RETENTION_ALERTS_DAYS: blankAsMissing(days(90)),
  RETENTION_CLIPS_DAYS: blankAsMissing(days(7)),
  RETENTION_CLIPS_GB: blankAsMissing(z.coerce.number().min(0).max(1_000_000).default(20)),
  RETENTION_ARCHIVE: blankAsMissing(z.stringbool().default(false)),
  RETENTION_ARCHIVE_DIR: blankAsMissing(z.string().optional()),
};

export interface RetentionSettings {
  readonly jobsDays: number;
  /** After a video's end. */
  readonly eventsDays: number;
  /** After they were ordered: contents that belong to no video. */
  readonly generationsDays: number;
  readonly idempotencyHours: number;
  /** After a session's end. */
  readonly sessionsDays: number;
  /** The history of the quotas of outside services. */
  readonly serviceQuotasDays: number;
  /** After they were resolved. */
  readonly alertsDays: number;
  /** After they were last used, on each machine. */
  readonly clipsDays: number;
  readonly clipsBytes: number;
  /** The folder into which rows are written before they are deleted; null where they are not. Absolute. */
  readonly archiveDir: string | null;
}

export function retentionOf(
  settings: z.infer<z.ZodObject<typeof retentionSettings>>,
  dataDir: string,
): RetentionSettings {
  const { RETENTION_ARCHIVE: isArchived, RETENTION_ARCHIVE_DIR: dir } = settings;
  return Object.freeze({
    jobsDays: settings.RETENTION_JOBS_DAYS,
    eventsDays: settings.RETENTION_EVENTS_DAYS,
    generationsDays: settings.RETENTION_GENERATIONS_DAYS,
    idempotencyHours: settings.RETENTION_IDEMPOTENCY_HOURS,
    sessionsDays: settings.RETENTION_SESSIONS_DAYS,
    serviceQuotasDays: settings.RETENTION_SERVICE_QUOTAS_DAYS,
    alertsDays: settings.RETENTION_ALERTS_DAYS,
    clipsDays: settings.RETENTION_CLIPS_DAYS,
    clipsBytes: settings.RETENTION_CLIPS_GB * 1_000_000_000,
    archiveDir: isArchived ? (dir === undefined ? join(dataDir, 'archive') : resolve(dir)) : null,
  });
}
