import type { ProviderReadings } from '../providers/provider.service.ts';
import type { ServiceQuotaFacts } from '../quotas/service-quota.service.ts';
import type { SlackFacts } from '../slack/slack-facts-store.ts';

/**
 * What the rules read in one round. A field that is left out was not read: its alerts stay as they are. Null means that there is nothing
 * to measure, which counts as good. Percentages are 0 to 100.
 */
export interface AlertReadings {
  /** As the process that evaluates sees the installation. */
  readonly health?: HealthReadings;
  /** The last known quota of each external service. */
  readonly quotas?: readonly ServiceQuotaFacts[];
  /** Providers that are configured and enabled, in the last 15 minutes. */
  readonly services?: readonly ProviderReadings[];
  readonly work?: WorkReadings;
  readonly database?: DatabaseReadings;
  /** Why the newest backup in BACKUP_DIR failed; null where it succeeded, and where there is none. */
  readonly backupFailure?: string | null;
  readonly processes?: ProcessReadings;
  /** The slash command; without faults where it is not set. */
  readonly slackCommand?: SlackFacts;
  /** The share of good rounds of the last 30 days; null before the first day is over. */
  readonly availability30dPercent?: number | null;
  /** Mean time from a video's start to its film, of those completed in the last 24 hours. */
  readonly meanMakingSeconds?: number | null;
  /** Active users of each of the last whole days (UTC), the oldest first; four are needed to judge. */
  readonly dailyActiveUsers?: readonly number[] | null;
}

/** A part of the installation, as the health check sees it. */
export interface PartReadings {
  readonly status: 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';
  readonly message: string | null;
}

export interface HealthReadings {
  readonly database: PartReadings;
  readonly redis: PartReadings;
  readonly ffmpeg: PartReadings;
  readonly storage: PartReadings;
  readonly workers: PartReadings & {
    readonly activeWorkers: number;
    readonly pendingJobs: number;
    /** The workers could not be counted. */
    readonly isUnread?: boolean;
  };
  readonly disk: PartReadings & { readonly totalBytes: number; readonly percentageUsed: number };
}

/** Jobs and videos. */
export interface WorkReadings {
  /** Jobs of all queues that may begin now. */
  readonly waiting: number;
  /** Jobs that ended in the last hour, and how many of them failed. */
  readonly endedJobs: number;
  readonly failedJobs: number;
  /** Failed jobs of the last 24 hours that operators are still shown. */
  readonly shownFailures: number;
  /** Videos that were completed or failed in the last 24 hours, and how many failed. */
  readonly endedVideos: number;
  readonly failedVideos: number;
  /** Videos without progress for over an hour. */
  readonly stuckVideos: number;
}

export interface DatabaseReadings {
  /** Of the connections that the server allows. */
  readonly connectionsPercent: number;
  /** Of the statement that takes longest on average, where pg_stat_statements is installed and it was called often enough. */
  readonly slowestMeanMs: number | null;
}

/** The worst of the processes that reported in the last minutes; null where none did. */
export interface ProcessReadings {
  readonly cpuPercent: number | null;
  /** Of the container's limit where there is one, else of the machine's memory. */
  readonly memoryPercent: number | null;
  /** Of the machine whose disk is fullest; the disk of the process that evaluates is also in `health`. */
  readonly lowestFreeDiskPercent?: number | null;
  /** 95 % of the operations and of the statements took no longer. */
  readonly apiP95Ms: number | null;
  readonly sqlP95Ms: number | null;
  /** The operation that took longest; `name` is its registered name, or its type. */
  readonly slowestOperation: { readonly name: string; readonly seconds: number } | null;
}
