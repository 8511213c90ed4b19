import type { AlertRule } from './alert-rule.ts';
import { BACKUP_FAILED } from './backup-rule.ts';
import { SLOW_STATEMENT, SQL_LATENCY } from './database-rules.ts';
import {
  apiLatency,
  connections,
  cpu,
  failedJobs,
  failing,
  fallingUsers,
  figure,
  freeDisk,
  memory,
  noWorker,
  slowOperation,
  stuckVideos,
  tooFewVideos,
  unavailable,
} from './installation-causes.ts';
import { errorRates, failuresInARow, figuresBeyondMarks, invalidKeys, quotasFrom } from './service-causes.ts';
import { SLACK_BAD_SIGNATURES, SLACK_COMMAND, SLACK_RATE_LIMITS } from './slack-rules.ts';

/** The marks of the rules; those of providers are in provider-targets.ts. Percentages are 0 to 100. */
const QUOTA_PERCENT = { warning: 80, critical: 90 };
const FAILURES_IN_A_ROW = { warning: 5, critical: 10 };
const FREE_DISK_PERCENT = { warning: 20, critical: 10 };
const MACHINE_PERCENT = { warning: 80, critical: 90 };
const CONNECTIONS_PERCENT = { warning: 80, critical: 95 };
/** For services without a mark of their own. */
const ERROR_RATE_PERCENT = 10;
const VIDEO_SUCCESS_PERCENT = 80;
const JOB_FAILURE_PERCENT = 5;
const WAITING_JOBS = 50;
const AVAILABILITY_PERCENT = 99.9;
const API_P95_MS = 200;
const OPERATION_SECONDS = 5;
const MAKING_MINUTES = 20;
const FALLING_USERS = { percent: 20, days: 3, atLeast: 10 };

/** A rate of fewer says nothing: one failure of two calls would be an error rate of 50 %. */
const SAMPLES = { calls: 10, videos: 5, jobs: 20 };

const P0 = { priority: 'P0', respondWithinMinutes: 0, logLevel: 'error', errorCode: null } as const;
const P1 = { priority: 'P1', respondWithinMinutes: 60, logLevel: 'warn', errorCode: null } as const;
const P2 = { priority: 'P2', respondWithinMinutes: 1_440, logLevel: 'info', errorCode: null } as const;

/** Every rule, the most urgent first. One more needs its line in docs/operations/alerts.md; a test compares the two. */
export const ALERT_RULES: readonly AlertRule[] = [
  {
    ...P0,
    name: 'invalid-api-key',
    when: 'a service did not accept its key in the last call',
    actionRequired: 'Set a valid key, restart the processes, and run `autovideo providers test NAME`.',
    page: 'invalid-api-key.md',
    causes: invalidKeys,
  },
  {
    ...P0,
    name: 'database-lost',
    errorCode: 'DATABASE_CONNECTION_FAILED',
    when: 'PostgreSQL does not answer',
    actionRequired: 'Check that PostgreSQL runs and can be reached at DATABASE_URL.',
    causes: ({ health }) => failing('postgresql', health?.database, 'PostgreSQL'),
  },
  {
    ...P0,
    name: 'redis-lost',
    errorCode: 'REDIS_CONNECTION_FAILED',
    when: 'Redis does not answer, or accepts no writes',
    actionRequired: 'Check that Redis runs, can be reached at REDIS_URL and has memory left.',
    causes: ({ health }) => failing('redis', health?.redis, 'Redis'),
  },
  {
    ...P0,
    name: 'ffmpeg-failing',
    errorCode: 'FFMPEG_FAILED',
    when: 'FFmpeg is missing or fails',
    actionRequired: 'Install FFmpeg, or correct FFMPEG_PATH and FFPROBE_PATH and restart every process.',
    causes: ({ health }) => failing('ffmpeg', health?.ffmpeg, 'FFmpeg'),
  },
  {
    ...P0,
    name: 'storage-failing',
    errorCode: 'STORAGE_ERROR',
    when: 'files in DATA_DIR cannot be written or read',
    actionRequired: 'Check that DATA_DIR is mounted, writable, and belongs to the account of the program.',
    causes: ({ health }) => failing('storage', health?.storage, 'The storage'),
  },
  {
    ...P0,
    name: 'no-worker',
    errorCode: 'WORKER_DOWN',
    when: 'no worker is alive',
    actionRequired: 'Start a worker with `autovideo worker`, and read the log of the one that ended.',
    causes: ({ health }) => noWorker(health),
  },
  {
    ...P0,
    name: 'disk-critical',
    respondWithinMinutes: 60,
    errorCode: 'DISK_SPACE_INSUFFICIENT',
    when: `less than ${FREE_DISK_PERCENT.critical} % of the disk is free`,
    actionRequired: 'Delete what is not needed from the disk of DATA_DIR, or make it larger.',
    causes: (readings) => freeDisk(readings, FREE_DISK_PERCENT.critical),
  },
  {
    ...P0,
    name: 'many-failures-in-a-row',
    respondWithinMinutes: 30,
    when: `over ${FAILURES_IN_A_ROW.critical} calls of a service failed in a row`,
    actionRequired: 'Read the error of the service, and disable it with `setProviderEnabled` while it fails.',
    page: 'api-error.md',
    causes: (readings) => failuresInARow(readings, { over: FAILURES_IN_A_ROW.critical }),
  },
  SLACK_COMMAND,
  {
    ...P1,
    name: 'quota-critical',
    logLevel: 'error',
    when: `a quota is used by ${QUOTA_PERCENT.critical} % or more`,
    actionRequired: 'Add credit to the account of the service, or spread the load to another one.',
    page: 'service-quota.md',
    causes: (readings) => quotasFrom(readings, QUOTA_PERCENT.critical),
  },
  {
    ...P1,
    name: 'failures-in-a-row',
    when: `${FAILURES_IN_A_ROW.warning + 1} to ${FAILURES_IN_A_ROW.critical} calls of a service failed in a row`,
    actionRequired: 'Read the error of the service and its status page.',
    page: 'api-error.md',
    causes: (readings) =>
      failuresInARow(readings, { over: FAILURES_IN_A_ROW.warning, upTo: FAILURES_IN_A_ROW.critical }),
  },
  {
    ...P1,
    name: 'error-rate',
    when: `the error rate of a service over 15 minutes is over its mark, or over ${ERROR_RATE_PERCENT} % where it has none; from ${SAMPLES.calls} calls on`,
    actionRequired: 'Read the error of the service and its status page.',
    page: 'api-error.md',
    causes: (readings) => errorRates(readings, ERROR_RATE_PERCENT, SAMPLES.calls),
  },
  {
    ...P1,
    name: 'video-success',
    errorCode: 'VIDEO_FAILED',
    when: `less than ${VIDEO_SUCCESS_PERCENT} % of the videos of 24 hours succeeded; from ${SAMPLES.videos} videos on`,
    actionRequired: 'Read the errors in `failedJobs`, and mend what they have in common.',
    causes: (readings) => tooFewVideos(readings, VIDEO_SUCCESS_PERCENT, SAMPLES.videos),
  },
  {
    ...P1,
    name: 'queues-full',
    when: `more than ${WAITING_JOBS} jobs of all queues wait`,
    actionRequired: 'Add workers, or see with `queues` whether one is paused.',
    causes: ({ work }) => figure('queues', work?.waiting, { over: WAITING_JOBS }, (jobs) => `${jobs} jobs wait.`),
  },
  {
    ...P1,
    name: 'job-failure-rate',
    when: `over ${JOB_FAILURE_PERCENT} % of the jobs of an hour failed; from ${SAMPLES.jobs} jobs on`,
    actionRequired: 'Read the errors in `failedJobs`, and mend what they have in common.',
    causes: (readings) => failedJobs(readings, JOB_FAILURE_PERCENT, SAMPLES.jobs),
  },
  {
    ...P1,
    name: 'stuck-videos',
    errorCode: 'STALLED',
    when: 'a video made no progress for over an hour',
    actionRequired: 'Run `autovideo recover`, and read the log of the worker that had the video.',
    causes: stuckVideos,
  },
  {
    ...P1,
    name: 'cpu-critical',
    when: `over ${MACHINE_PERCENT.critical} % of the processor time is used`,
    actionRequired: 'Add a machine, or lower WORKER_CONCURRENCY.',
    causes: (readings) => cpu(readings, { over: MACHINE_PERCENT.critical }),
  },
  {
    ...P1,
    name: 'memory-critical',
    when: `over ${MACHINE_PERCENT.critical} % of the memory is used`,
    actionRequired: 'Add memory or lower WORKER_CONCURRENCY, before the system ends a process.',
    causes: (readings) => memory(readings, { over: MACHINE_PERCENT.critical }),
  },
  {
    ...P1,
    name: 'connections-critical',
    when: `over ${CONNECTIONS_PERCENT.critical} % of the connections to PostgreSQL are used`,
    actionRequired: 'Raise max_connections, or lower DATABASE_POOL_MAX or the number of processes.',
    causes: (readings) => connections(readings, { over: CONNECTIONS_PERCENT.critical }),
  },
  {
    ...P1,
    name: 'availability',
    when: `the installation was available for less than ${AVAILABILITY_PERCENT} % of 30 days`,
    actionRequired: 'Find in `alerts(priority: P0)` what recurs, and mend it.',
    causes: (readings) => unavailable(readings, AVAILABILITY_PERCENT),
  },
  SLACK_BAD_SIGNATURES,
  {
    ...P2,
    name: 'quota-warning',
    logLevel: 'warn',
    when: `a quota is used by ${QUOTA_PERCENT.warning} % or more`,
    actionRequired: 'See whether the use is meant, and plan for more.',
    page: 'service-quota.md',
    causes: (readings) => quotasFrom(readings, QUOTA_PERCENT.warning, QUOTA_PERCENT.critical),
  },
  {
    ...P2,
    name: 'disk-low',
    errorCode: 'DISK_SPACE_INSUFFICIENT',
    when: `less than ${FREE_DISK_PERCENT.warning} % of the disk is free`,
    actionRequired: 'Plan for a larger disk, or lower the RETENTION_ settings.',
    causes: (readings) => freeDisk(readings, FREE_DISK_PERCENT.warning, FREE_DISK_PERCENT.critical),
  },
  {
    ...P2,
    name: 'cpu-high',
    when: `over ${MACHINE_PERCENT.warning} % of the processor time is used`,
    actionRequired: 'Plan for another machine.',
    causes: (readings) => cpu(readings, { over: MACHINE_PERCENT.warning, upTo: MACHINE_PERCENT.critical }),
  },
  {
    ...P2,
    name: 'memory-high',
    when: `over ${MACHINE_PERCENT.warning} % of the memory is used`,
    actionRequired: 'Plan for more memory.',
    causes: (readings) => memory(readings, { over: MACHINE_PERCENT.warning, upTo: MACHINE_PERCENT.critical }),
  },
  {
    ...P2,
    name: 'connections-high',
    when: `over ${CONNECTIONS_PERCENT.warning} % of the connections to PostgreSQL are used`,
    actionRequired: 'Plan for a higher max_connections.',
    causes: (readings) =>
      connections(readings, { over: CONNECTIONS_PERCENT.warning, upTo: CONNECTIONS_PERCENT.critical }),
  },
  {
    ...P2,
    name: 'service-figures',
    when: `a latency, a rate or the retries of a service over 15 minutes are beyond their mark; from ${SAMPLES.calls} calls on`,
    actionRequired: 'Compare `Provider.metrics` with the targets, and give another service a higher priority.',
    page: 'timeout.md',
    causes: (readings) => figuresBeyondMarks(readings, SAMPLES.calls),
  },
  BACKUP_FAILED,
  SLACK_RATE_LIMITS,
  {
    ...P2,
    name: 'failed-jobs',
    when: 'jobs of the last 24 hours failed and were not cleared',
    actionRequired: 'Read the errors in `failedJobs`, then retry or clear them.',
    causes: ({ work }) => figure('queues', work?.shownFailures, { over: 0 }, (jobs) => `Failed jobs: ${jobs}.`),
  },
  {
    ...P2,
    name: 'making-time',
    when: `videos take over ${MAKING_MINUTES} minutes on average to be made`,
    actionRequired: 'See in `stagePerformance` which stage is slow, and add workers.',
    causes: ({ meanMakingSeconds: seconds }) =>
      figure('videos', seconds && seconds / 60, { over: MAKING_MINUTES }, (mean) => `A video takes ${mean} min.`),
  },
  {
    ...P2,
    name: 'active-users-falling',
    when: `daily active users fell by over ${FALLING_USERS.percent} % ${FALLING_USERS.days} days in a row; from ${FALLING_USERS.atLeast} users on`,
    actionRequired: 'Look for failures that users met in these days.',
    causes: (readings) => fallingUsers(readings, FALLING_USERS),
  },
  {
    ...P2,
    name: 'api-latency',
    when: `5 % of the operations take over ${API_P95_MS} ms`,
    actionRequired: 'See in `apiLatency` which are slow.',
    page: 'api-latency.md',
    causes: (readings) => apiLatency(readings, API_P95_MS),
  },
  SQL_LATENCY,
  SLOW_STATEMENT,
  {
    ...P2,
    name: 'slow-operation',
    when: `an operation took over ${OPERATION_SECONDS} s`,
    actionRequired: 'Find it in the log, and see what it waited for.',
    causes: (readings) => slowOperation(readings, OPERATION_SECONDS),
  },
];
