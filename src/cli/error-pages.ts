/** What to read of an error, by its code or, of a service's, by how the code ends. */
const PAGES: Readonly<Record<string, string>> = {
  CONFIG_INVALID: 'settings.md',
  DATABASE_CONNECTION_FAILED: 'alerts.md#database-lost',
  REDIS_CONNECTION_FAILED: 'alerts.md#redis-lost',
  FFMPEG_NOT_FOUND: 'alerts.md#ffmpeg-failing',
  FFMPEG_FAILED: 'alerts.md#ffmpeg-failing',
  STORAGE_ERROR: 'alerts.md#storage-failing',
  DISK_SPACE_INSUFFICIENT: 'disk-full.md',
  WORKER_DOWN: 'queues.md',
  STALLED: 'queues.md',
  ALL_PROVIDERS_FAILED: 'all-providers-failed.md',
  BUDGET_EXCEEDED: 'budget-exceeded.md',
  ANSWER_LOST: 'answer-lost.md',
};
const PAGES_OF_SERVICES: Readonly<Record<string, string>> = {
  INVALID_API_KEY: 'invalid-api-key.md',
  QUOTA_EXCEEDED: 'quota-exceeded.md',
  RATE_LIMITED: 'rate-limited.md',
  TIMEOUT: 'timeout.md',
  API_ERROR: 'api-error.md',
  CONTENT_REJECTED: 'content-rejected.md',
};

/** The page for operators of an error; undefined where it has none. */
export function pageOfError(code: string): string | undefined {
  const kind = Object.keys(PAGES_OF_SERVICES).find((name) => code.endsWith(`_${name}`)) ?? '';
  const page = PAGES[code] ?? PAGES_OF_SERVICES[kind];
  return page === undefined ? undefined : `docs/operations/${page}`;
}
