import type { ErrorCode, ProviderFailure, ProviderService } from '../errors.ts';

/** Under docs/operations. */
const PAGES: Readonly<Record<Exclude<ErrorCode, `${ProviderService}_${ProviderFailure}`>, string>> = {
  CONFIG_INVALID: 'settings.md',
  DATABASE_CONNECTION_FAILED: 'alerts.md#database-lost',
  REDIS_CONNECTION_FAILED: 'alerts.md#redis-lost',
  FFMPEG_NOT_FOUND: 'alerts.md#ffmpeg-failing',
  FFMPEG_FAILED: 'alerts.md#ffmpeg-failing',
  STORAGE_ERROR: 'alerts.md#storage-failing',
  DISK_SPACE_INSUFFICIENT: 'disk-full.md',
  WORKER_DOWN: 'queues.md',
  STALLED: 'queues.md',
  NOTIFICATION_FAILED: 'notifications.md',
  FILE_DOWNLOAD_FAILED: 'file-download-failed.md',
  ALL_PROVIDERS_FAILED: 'all-providers-failed.md',
  BUDGET_EXCEEDED: 'budget-exceeded.md',
  ANSWER_LOST: 'answer-lost.md',
  PROVIDER_UNAVAILABLE: 'error-codes.md#provider_unavailable',
  UNKNOWN_VOICE: 'error-codes.md#unknown_voice',
  UNSUPPORTED_LANGUAGE: 'error-codes.md#unsupported_language',
  QUOTA_EXCEEDED: 'error-codes.md#quota_exceeded',
  RATE_LIMITED: 'error-codes.md#rate_limited',
  LEASE_LOST: 'error-codes.md#lease_lost',
  CANCELED: 'error-codes.md#canceled',
  VIDEO_FAILED: 'error-codes.md#video_failed',
  QUALITY_CHECK_FAILED: 'error-codes.md#quality_check_failed',
  DATABASE_ERROR: 'error-codes.md#database_error',
  API_UNREACHABLE: 'error-codes.md#api_unreachable',
  API_UNAUTHENTICATED: 'error-codes.md#api_unauthenticated',
  API_REFUSED: 'error-codes.md#api_refused',
  INVALID_INPUT: 'error-codes.md#invalid_input',
  NOT_FOUND: 'error-codes.md#not_found',
  CURSOR_INVALID: 'error-codes.md#cursor_invalid',
  CURSOR_EXPIRED: 'error-codes.md#cursor_expired',
  INTERNAL_ERROR: 'error-codes.md#internal_error',
};
/** Of errors of services, by how their codes end. */
const PAGES_OF_SERVICES: Readonly<Record<ProviderFailure, string>> = {
  INVALID_API_KEY: 'invalid-api-key.md',
  QUOTA_EXCEEDED: 'quota-exceeded.md',
  RATE_LIMITED: 'rate-limited.md',
  TIMEOUT: 'timeout.md',
  API_ERROR: 'api-error.md',
  CONTENT_REJECTED: 'content-rejected.md',
};

/** The page for operators of an error; undefined for a code of another version. */
export function pageOfError(code: string): string | undefined {
  const pages = [
    ...Object.entries(PAGES).filter(([name]) => name === code),
    ...Object.entries(PAGES_OF_SERVICES).filter(([kind]) => code.endsWith(`_${kind}`)),
  ];
  const [found] = pages;
  return found === undefined ? undefined : `docs/operations/${found[1]}`;
}
