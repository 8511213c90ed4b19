/** What Prometheus has scraped, and when an alert fires then. */
export interface RuleCase {
  readonly alert: string;
  /** Values by series. */
  readonly series: Readonly<Record<string, string>>;
  /** Labels of the alert that its rule does not set. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Times, and whether it fires then. */
  readonly fires: Readonly<Record<string, boolean>>;
}

/** A value that is scraped every 30 s for some minutes, then the next one. */
function steps(...parts: readonly (readonly [minutes: number, value: number | '_'])[]): string {
  return parts.map(([minutes, value]) => `${value}x${minutes * 2 - 1}`).join(' ');
}

/**
 * Of 300 operations a minute, all take `slow` or all take `fast` as the upper bound of their bucket, one part after the other. Many fast
 * ones do not count.
 */
function latencies(
  metric: string,
  [counted, uncounted]: readonly [string, string],
  [fast, slow]: readonly [string, string],
): Record<string, string> {
  const bucket = (labels: string, le: string) => `${metric}_bucket{${labels},job="a",instance="b",le="${le}"}`;
  // Slow from minute 10 to minute 20; a bucket counts what took no longer.
  return {
    [bucket(counted, fast)]: '0+150x19 3000+0x19 3000+150x60',
    [bucket(counted, slow)]: '0+150x99',
    [bucket(counted, '+Inf')]: '0+150x99',
    [bucket(uncounted, fast)]: '0+9000x99',
    [bucket(uncounted, slow)]: '0+9000x99',
    [bucket(uncounted, '+Inf')]: '0+9000x99',
  };
}

const API = '{job="autovideo-api",instance="10.0.0.2:8000"}';
const WORKER = '{job="autovideo-worker",instance="10.0.0.3:8000"}';
const apiIsUp = { [`up${API}`]: '1x200' };
const calls = (provider: string, status: string) =>
  `ai_api_calls_total{job="autovideo-api",instance="10.0.0.2:8000",provider="${provider}",model="m",type="text",status="${status}"}`;
const fails = { '4m': false, '8m': true, '25m': false };

/** A part is healthy at the API all the time, and not at the worker from minute 5 to minute 20. */
const partFails = (alert: string, gauge: string): RuleCase => ({
  alert,
  series: { [`${gauge}${API}`]: '1x200', [`${gauge}${WORKER}`]: steps([5, 1], [15, 0], [60, 1]) },
  fires: fails,
});
const freeDisk = (alert: string, marks: RuleCase['fires']): RuleCase => ({
  alert,
  series: {
    [`disk_free_ratio${API}`]: '0.5x200',
    [`disk_free_ratio${WORKER}`]: steps([10, 0.5], [10, 0.15], [10, 0.05], [60, 0.5]),
  },
  fires: marks,
});
const quota = (alert: string, marks: RuleCase['fires']): RuleCase => ({
  alert,
  series: {
    [`service_quota_used{service="elevenlabs",job="autovideo-api"}`]: steps([10, 70], [10, 85], [10, 91], [60, 10]),
    [`service_quota_total{service="elevenlabs",job="autovideo-api"}`]: '100x200',
  },
  labels: { service: 'elevenlabs' },
  fires: marks,
});
const cpu = (alert: string, marks: RuleCase['fires']): RuleCase => ({
  alert,
  // Seconds of 30 in which the processor has nothing to do: all, 4.5 (85 % used), 1.5 (95 %), all.
  series: { 'node_cpu_seconds_total{mode="idle",cpu="0"}': '0+30x39 1170+4.5x39 1350+1.5x39 1410+30x80' },
  fires: marks,
});
const memory = (alert: string, marks: RuleCase['fires']): RuleCase => ({
  alert,
  series: {
    node_memory_MemAvailable_bytes: steps([20, 50], [20, 15], [20, 5], [60, 50]),
    node_memory_MemTotal_bytes: '100x300',
  },
  fires: marks,
});
const connections = (alert: string, marks: RuleCase['fires']): RuleCase => ({
  alert,
  series: {
    'pg_stat_activity_count{state="active"}': steps([10, 10], [10, 65], [10, 76], [60, 10]),
    'pg_stat_activity_count{state="idle"}': '20x200',
    pg_settings_max_connections: '100x200',
  },
  fires: marks,
});

export const RULE_CASES: readonly RuleCase[] = [
  {
    alert: 'AutoVideoDown',
    series: { [`up${WORKER}`]: steps([5, 1], [10, 0], [60, 1]) },
    labels: { job: 'autovideo-worker', instance: '10.0.0.3:8000' },
    fires: { '4m': false, '6m': false, '8m': true, '20m': false },
  },
  {
    alert: 'AutoVideoUnscraped',
    series: { [`up${API}`]: steps([5, 1], [15, '_'], [60, 1]), [`up${WORKER}`]: '1x200' },
    labels: { job: 'autovideo-api' },
    fires: { '4m': false, '14m': true, '25m': false },
  },
  {
    alert: 'InvalidApiKey',
    // The first refusal in minute 20 is the first call that this process counts of the kind; a call succeeds in minute 30.
    series: {
      ...apiIsUp,
      [calls('openai', 'invalid_api_key')]: steps([20, '_'], [60, 1]),
      [calls('openai', 'success')]: steps([30, 7], [50, 8]),
    },
    labels: { provider: 'openai' },
    fires: { '19m': false, '22m': true, '32m': false, '50m': false },
  },
  partFails('DatabaseLost', 'database_health'),
  partFails('RedisLost', 'redis_health'),
  partFails('FfmpegFailing', 'ffmpeg_health'),
  partFails('StorageFailing', 'storage_health'),
  {
    alert: 'NoWorker',
    series: { [`workers_alive${API}`]: steps([5, 2], [15, 0], [60, 1]) },
    fires: fails,
  },
  freeDisk('DiskCritical', { '8m': false, '15m': false, '25m': true, '35m': false }),
  freeDisk('DiskLow', { '8m': false, '15m': true, '25m': false, '35m': false }),
  quota('QuotaCritical', { '8m': false, '15m': false, '25m': true, '35m': false }),
  quota('QuotaWarning', { '8m': false, '15m': true, '25m': false, '35m': false }),
  {
    alert: 'ErrorRate',
    // 2 of 12 calls fail after minute 20; in minute 40 all 5 calls fail, of which nothing can be said.
    series: {
      ...apiIsUp,
      [calls('openai', 'success')]: steps([20, 100], [60, 110]),
      [calls('openai', 'timeout')]: steps([20, 0], [20, 2], [40, 7]),
      // Rejected requests are neither failures, as these 12 would be, nor calls that make the rate lower.
      [calls('openai', 'content_rejected')]: steps([10, 0], [10, 12], [60, 50]),
    },
    labels: { provider: 'openai' },
    fires: { '19m': false, '22m': true, '37m': false, '42m': false },
  },
  {
    alert: 'ErrorRate',
    // A mark of its own: 2 of 15 calls are fewer than 15 %, 4 of 17 are more.
    series: {
      ...apiIsUp,
      [calls('stability', 'success')]: steps([20, 100], [60, 113]),
      [calls('stability', 'api_error')]: steps([20, 0], [5, 2], [60, 4]),
    },
    labels: { provider: 'stability' },
    fires: { '22m': false, '27m': true, '50m': false },
  },
  {
    alert: 'VideoSuccess',
    // All of 4 videos failed, then 2 of 9, which is little more than 20 %, then 2 of 10.
    series: {
      [`videos_ended_24h{job="autovideo-api",status="success"}`]: steps([10, 0], [10, 7], [60, 8]),
      [`videos_ended_24h{job="autovideo-api",status="failed"}`]: steps([10, 4], [70, 2]),
    },
    fires: { '8m': false, '15m': true, '25m': false },
  },
  {
    alert: 'JobFailureRate',
    // 2 of 19 jobs failed, then 2 of 20, then 2 of 40, which is 5 %.
    series: {
      [`jobs_ended_1h{job="autovideo-worker",status="success"}`]: steps([10, 17], [10, 18], [60, 38]),
      [`jobs_ended_1h{job="autovideo-worker",status="failed"}`]: '2x200',
    },
    fires: { '8m': false, '15m': true, '25m': false },
  },
  {
    alert: 'StuckVideos',
    series: { [`videos_stuck${API}`]: steps([5, 0], [15, 1], [60, 0]) },
    fires: fails,
  },
  {
    alert: 'FailedJobs',
    series: { [`failed_jobs_24h${API}`]: steps([5, 0], [15, 3], [60, 0]) },
    fires: fails,
  },
  {
    alert: 'QueuesFull',
    // Both processes report the same rows: 30 + 22 jobs, and 50 before.
    series: {
      [`jobs_waiting{job="autovideo-api",queue="video",priority="normal"}`]: steps([5, 28], [10, 30], [60, 1]),
      [`jobs_waiting{job="autovideo-worker",queue="video",priority="normal"}`]: steps([5, 28], [10, 30], [60, 1]),
      [`jobs_waiting{job="autovideo-api",queue="text",priority="low"}`]: '22x200',
    },
    fires: { '4m': false, '8m': true, '25m': false },
  },
  {
    alert: 'SlackBadSignatures',
    series: {
      'slack_commands_total{job="autovideo-api",instance="10.0.0.2:8000",outcome="bad_signature"}': steps(
        [10, 5],
        [10, 20],
        [60, 24],
      ),
    },
    fires: { '9m': false, '14m': true, '40m': false },
  },
  cpu('CpuCritical', { '15m': false, '38m': false, '58m': true, '75m': false }),
  cpu('CpuHigh', { '15m': false, '38m': true, '58m': false, '75m': false }),
  memory('MemoryCritical', { '15m': false, '38m': false, '58m': true, '75m': false }),
  memory('MemoryHigh', { '15m': false, '38m': true, '58m': false, '75m': false }),
  connections('ConnectionsCritical', { '8m': false, '15m': false, '25m': true, '35m': false }),
  connections('ConnectionsHigh', { '8m': false, '15m': true, '25m': false, '35m': false }),
  {
    alert: 'Availability',
    // Two minutes without PostgreSQL, which are more than a thousandth of the first day and less of 34 hours.
    series: { [`up${API}`]: '1x5000', [`database_health${API}`]: steps([600, 1], [2, 0], [1_600, 1]) },
    fires: { '11h': false, '25h': true, '35h': false },
  },
  {
    alert: 'ApiLatency',
    series: latencies('graphql_operation_duration_seconds', ['outcome="success"', 'outcome="refused"'], ['0.2', '0.5']),
    fires: { '9m': false, '19m': true, '35m': false },
  },
  {
    alert: 'SqlLatency',
    series: latencies(
      'database_query_duration_seconds',
      ['query_type="select"', 'query_type="transaction"'],
      ['0.05', '0.1'],
    ),
    fires: { '9m': false, '19m': true, '35m': false },
  },
  {
    alert: 'SlowStatement',
    // 0.6 s each: 9 calls, 10 calls, then many fast ones.
    series: {
      'pg_stat_statements_seconds_total{datname="autovideo",queryid="1"}': steps([5, 5.4], [10, 6], [60, 8]),
      'pg_stat_statements_calls_total{datname="autovideo",queryid="1"}': steps([5, 9], [10, 10], [60, 900]),
    },
    fires: { '4m': false, '8m': true, '20m': false },
  },
  {
    alert: 'SlowOperation',
    series: {
      ...apiIsUp,
      'graphql_operation_duration_seconds_count{job="autovideo-api",instance="10.0.0.2:8000",outcome="success"}': steps(
        [20, 10],
        [60, 11],
      ),
      // Slow ones that were refused.
      'graphql_operation_duration_seconds_count{job="autovideo-api",instance="10.0.0.2:8000",outcome="refused"}': steps(
        [36, 0],
        [60, 5],
      ),
      'graphql_operation_duration_seconds_bucket{job="autovideo-api",instance="10.0.0.2:8000",outcome="success",le="5"}':
        '10x200',
      'graphql_operation_duration_seconds_bucket{job="autovideo-api",instance="10.0.0.2:8000",outcome="refused",le="5"}':
        '0x200',
    },
    fires: { '19m': false, '22m': true, '40m': false },
  },
];
