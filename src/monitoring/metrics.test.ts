import { expect, it } from 'vitest';
import { metricsPorts } from '../../test/helpers/metrics-ports.ts';
import type { HealthChecks, HealthStatus } from './health.ts';
import { Metrics } from './metrics.ts';

const faults: unknown[] = [];
const WORK = { endedJobs: 22, failedJobs: 2, shownFailures: 3, endedVideos: 10, failedVideos: 1, stuckVideos: 4 };
const nothing = metricsPorts({
  work: async () => WORK,
  aliveWorkers: async () => 2,
  onFault: (thrown) => void faults.push(thrown),
});
const part = (status: HealthStatus) => ({ status, message: null });
const HEALTHY: HealthChecks = {
  database: {
    ...part('HEALTHY'),
    latencyMs: 1,
    pool: { total: 1, idle: 1, used: 0, waiting: 0, max: 5, usagePercentage: 0, longRunning: 0 },
  },
  redis: { ...part('HEALTHY'), latencyMs: 1, memoryBytes: null },
  workers: { ...part('HEALTHY'), activeWorkers: 1, pendingJobs: 0 },
  disk: { ...part('HEALTHY'), freeBytes: 9, totalBytes: 10, percentageUsed: 10 },
  ffmpeg: { ...part('HEALTHY'), version: '7.0' },
  storage: { ...part('HEALTHY'), latencyMs: 1 },
  providers: { ...part('HEALTHY'), healthy: 1, total: 1 },
};
const lines = async (metrics: Metrics, start: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(start));

it('Runs of tasks are counted by outcome and duration', async () => {
  const metrics = new Metrics(nothing);
  metrics.taskEnded({ task: 'purge', outcome: 'succeeded', seconds: 0.5 });
  metrics.taskEnded({ task: 'purge', outcome: 'failed', seconds: 2 });
  metrics.taskEnded({ task: 'purge', outcome: 'failed', seconds: 2 });
  expect(await lines(metrics, 'scheduled_task_runs_total')).toEqual([
    'scheduled_task_runs_total{task="purge",outcome="succeeded"} 1',
    'scheduled_task_runs_total{task="purge",outcome="failed"} 2',
  ]);
  const durations = await lines(metrics, 'scheduled_task_duration_seconds');
  expect(durations).toContain('scheduled_task_duration_seconds_bucket{le="1",task="purge"} 1');
  expect(durations).toContain('scheduled_task_duration_seconds_sum{task="purge"} 4.5');
});

it('Durations of stages are counted by status, in the buckets that alert rules use', async () => {
  const metrics = new Metrics(nothing);
  metrics.stageEnded({ stage: 'assembly', status: 'success', seconds: 30 });
  metrics.stageEnded({ stage: 'assembly', status: 'success', seconds: 31 });
  metrics.stageEnded({ stage: 'speech', status: 'failed', seconds: 2_000 });
  const shown = await lines(metrics, 'video_processing_duration_seconds');
  const marks = shown.flatMap(
    (line) => /le="(.+?)",stage="assembly",status="success"} (\d)/.exec(line)?.slice(1) ?? [],
  );
  expect(marks.join(' ')).toBe('30 1 60 2 120 2 300 2 600 2 1200 2 1800 2 +Inf 2');
  expect(shown).toContain('video_processing_duration_seconds_sum{stage="assembly",status="success"} 61');
  expect(shown).toContain('video_processing_duration_seconds_bucket{le="1800",stage="speech",status="failed"} 0');
});

it('Statements are measured by type and table, in the buckets that alert rules use', async () => {
  const metrics = new Metrics(nothing);
  metrics.queryEnded({ type: 'select', table: 'videos', seconds: 0.02 });
  metrics.queryEnded({ type: 'select', table: 'videos', seconds: 3 });
  const shown = await lines(metrics, 'database_query_duration_seconds_bucket');
  const marks = shown.map((line) =>
    /le="(.+?)",query_type="select",table="videos"} (\d)/.exec(line)?.slice(1).join(' '),
  );
  expect(marks).toEqual(['0.01 0', '0.05 1', '0.1 1', '0.25 1', '0.5 1', '1 1', '2.5 1', '+Inf 2']);
});

it('The state of the parts is missing until the first check, and then 1, 0.5 or 0', async () => {
  const metrics = new Metrics(nothing);
  const shown = ['database_health', 'redis_health', 'ai_services_health', 'storage_health', 'ffmpeg_health'];
  const shownNow = async () => (await Promise.all(shown.map((name) => lines(metrics, `${name} `)))).flat();
  expect(await shownNow()).toEqual([]);
  metrics.healthChecked({
    ...HEALTHY,
    redis: { ...part('UNHEALTHY'), latencyMs: null, memoryBytes: null },
    providers: { ...part('DEGRADED'), healthy: 1, total: 2 },
  });
  const expected = ['database_health 1', 'redis_health 0', 'ai_services_health 0.5', 'storage_health 1'];
  expect(await shownNow()).toEqual([...expected, 'ffmpeg_health 1']);
});

it('The free share of the disk is missing until it is read, and while it cannot be read', async () => {
  const metrics = new Metrics(nothing);
  expect(await lines(metrics, 'disk_free_ratio')).toEqual([]);
  metrics.healthChecked(HEALTHY);
  expect(await lines(metrics, 'disk_free_ratio')).toEqual(['disk_free_ratio 0.9']);
  const unreadable = { ...part('UNHEALTHY'), freeBytes: 0, totalBytes: 0, percentageUsed: 100 };
  metrics.healthChecked({ ...HEALTHY, disk: unreadable });
  expect(await lines(metrics, 'disk_free_ratio')).toEqual([]);
});

it('What ended is counted by status, beside what is stuck or failed and the workers', async () => {
  const metrics = new Metrics(nothing);
  const names = ['videos_ended_24h{', 'jobs_ended_1h{', 'failed_jobs_24h ', 'videos_stuck ', 'workers_alive '];
  const shown = await Promise.all(names.map((name) => lines(metrics, name)));
  expect(shown.flat()).toEqual([
    'videos_ended_24h{status="success"} 9',
    'videos_ended_24h{status="failed"} 1',
    'jobs_ended_1h{status="success"} 20',
    'jobs_ended_1h{status="failed"} 2',
    'failed_jobs_24h 3',
    'videos_stuck 4',
    'workers_alive 2',
  ]);
});

it('Operations are counted by way and type, and results of subscriptions by delivery', async () => {
  const metrics = new Metrics(nothing);
  metrics.operationStarted('fast_path', 'query');
  metrics.operationStarted('fast_path', 'query');
  metrics.operationStarted('websocket', 'subscription');
  metrics.resultsSent('shared', 30);
  metrics.resultsSent('single', 1);
  expect(await lines(metrics, 'graphql_operations_total')).toEqual([
    'graphql_operations_total{way="fast_path",type="query"} 2',
    'graphql_operations_total{way="websocket",type="subscription"} 1',
  ]);
  expect(await lines(metrics, 'graphql_subscription_results_total')).toEqual([
    'graphql_subscription_results_total{delivery="shared"} 30',
    'graphql_subscription_results_total{delivery="single"} 1',
  ]);
});

it('Operations are measured by type, way and outcome', async () => {
  const rootFields = new Set(['viewer']);
  const metrics = new Metrics(nothing);
  metrics.operationEnded({ type: 'query', way: 'apollo', rootFields, outcome: 'success', seconds: 0.15 });
  metrics.operationEnded({ type: 'query', way: 'apollo', rootFields, outcome: 'success', seconds: 6 });
  metrics.operationEnded({ type: 'mutation', way: 'websocket', rootFields, outcome: 'refused', seconds: 0 });
  const shown = await lines(metrics, 'graphql_operation_duration_seconds_bucket{le="0.2"');
  expect(shown).toEqual([
    'graphql_operation_duration_seconds_bucket{le="0.2",operation_type="query",way="apollo",outcome="success"} 1',
    'graphql_operation_duration_seconds_bucket{le="0.2",operation_type="mutation",way="websocket",outcome="refused"} 1',
  ]);
});

it('Attempts at providers are counted by what they make and how they end', async () => {
  const metrics = new Metrics(nothing);
  metrics.callEnded({ provider: 'openai', model: 'gpt-6', type: 'text', status: 'success' });
  metrics.callEnded({ provider: 'openai', model: 'gpt-6', type: 'text', status: 'timeout' });
  expect(await lines(metrics, 'ai_api_calls_total')).toEqual([
    'ai_api_calls_total{provider="openai",model="gpt-6",type="text",status="success"} 1',
    'ai_api_calls_total{provider="openai",model="gpt-6",type="text",status="timeout"} 1',
  ]);
});

it('HTTP requests are counted by route, method and status, and measured in the buckets that alert rules use', async () => {
  const metrics = new Metrics(nothing);
  metrics.requestEnded({ method: 'POST', endpoint: '/graphql', status: 200, seconds: 0.2 });
  metrics.requestEnded({ method: 'POST', endpoint: '/graphql', status: 503, seconds: 8 });
  expect(await lines(metrics, 'http_requests_total')).toEqual([
    'http_requests_total{method="POST",endpoint="/graphql",status_code="200",service="autovideo"} 1',
    'http_requests_total{method="POST",endpoint="/graphql",status_code="503",service="autovideo"} 1',
  ]);
  const marks = (await lines(metrics, 'http_request_duration_seconds_bucket')).map((line) =>
    /le="(.+?)",method="POST",endpoint="\/graphql",service="autovideo"} (\d)/.exec(line)?.slice(1).join(' '),
  );
  expect(marks.join(', ')).toBe('0.1 0, 0.25 1, 0.5 1, 0.75 1, 1 1, 2.5 1, 5 1, 7.5 1, 10 2, +Inf 2');
});

it('What is open is shown as it is at the scrape', async () => {
  const metrics = new Metrics(nothing);
  metrics.connectionOpened();
  metrics.connectionOpened();
  metrics.connectionClosed();
  expect(await lines(metrics, 'active_connections')).toEqual(['active_connections{service="autovideo"} 1']);
});

it('The last success of a task is read at each scrape', async () => {
  let at = new Date(1_000);
  const metrics = new Metrics({ ...nothing, lastTaskSuccesses: async () => [{ task: 'purge', at }] });
  const shown = () => lines(metrics, 'scheduled_task_last_success');
  expect(await shown()).toEqual(['scheduled_task_last_success_timestamp_seconds{task="purge"} 1']);
  at = new Date(2_500);
  expect(await shown()).toEqual(['scheduled_task_last_success_timestamp_seconds{task="purge"} 2.5']);
});

it('The quotas of services are read at each scrape; a service that is no longer used disappears', async () => {
  const checkedAt = new Date(1_500);
  let quotas = [
    { service: 'elevenlabs', used: 8_000, total: 10_000, checkedAt },
    { service: 'gemini', used: 12, total: null, checkedAt },
  ];
  const metrics = new Metrics({ ...nothing, serviceQuotas: async () => quotas });
  expect(await lines(metrics, 'service_quota')).toEqual([
    'service_quota_used{service="elevenlabs"} 8000',
    'service_quota_used{service="gemini"} 12',
    'service_quota_total{service="elevenlabs"} 10000',
    'service_quota_checked_timestamp_seconds{service="elevenlabs"} 1.5',
    'service_quota_checked_timestamp_seconds{service="gemini"} 1.5',
  ]);
  quotas = quotas.slice(1);
  expect(await lines(metrics, 'service_quota_used')).toEqual(['service_quota_used{service="gemini"} 12']);
});

it('Requests whose answer was lost are counted at each scrape', async () => {
  let count = 2;
  const metrics = new Metrics({ ...nothing, uncertainAttempts: async () => count });
  expect(await lines(metrics, 'generation_attempts')).toEqual(['generation_attempts_uncertain 2']);
  count = 0;
  expect(await lines(metrics, 'generation_attempts')).toEqual(['generation_attempts_uncertain 0']);
});

it('The figures of queues and providers are read once for all their gauges', async () => {
  let reads = 0;
  const metrics = new Metrics({
    ...nothing,
    queues: async () => {
      reads++;
      const waiting = { URGENT: 1, NORMAL: 20, LOW: 0 };
      return [{ queue: 'VIDEO', waiting, active: 2, oldestWaitingSeconds: 61.5, leaseAgeSeconds: 4 }];
    },
    outboxAgeSeconds: async () => 3,
    providersOfDay: async () => [
      { provider: 'openai', cost: 1.25, attempts: { SENT: 1, SETTLED: 30, REFUSED: 2, UNCERTAIN: 0 } },
    ],
  });
  const text = await metrics.text();
  for (const line of [
    'jobs_waiting{queue="video",priority="urgent"} 1',
    'jobs_waiting{queue="video",priority="normal"} 20',
    'jobs_waiting{queue="video",priority="low"} 0',
    'jobs_active{queue="video"} 2',
    'jobs_oldest_waiting_seconds{queue="video"} 61.5',
    'jobs_lease_age_seconds{queue="video"} 4',
    'outbox_oldest_seconds 3',
    'provider_cost_24h_usd{provider="openai"} 1.25',
    'generation_attempts_24h{provider="openai",state="settled"} 30',
    'generation_attempts_24h{provider="openai",state="uncertain"} 0',
  ])
    expect(text.split('\n')).toContain(line);
  expect(reads).toBe(1);
});

it('The connections to the database and the open subscriptions are those of the scrape', async () => {
  const metrics = new Metrics(nothing);
  metrics.subscriptionOpened();
  metrics.subscriptionOpened();
  metrics.subscriptionClosed();
  expect(await lines(metrics, 'active_subscriptions')).toEqual(['active_subscriptions 1']);
  expect(await lines(metrics, 'database_pool_connections')).toEqual([
    'database_pool_connections{state="total"} 3',
    'database_pool_connections{state="idle"} 2',
    'database_pool_connections{state="waiting"} 1',
    'database_pool_connections{state="max"} 8',
  ]);
});

it('What the database does not answer in a second is left out, and asked only once at a time', async () => {
  const answer = Promise.withResolvers<number>();
  let reads = 0;
  const metrics = new Metrics({
    ...nothing,
    outboxAgeSeconds: () => (reads++ === 0 ? answer.promise : Promise.resolve(2)),
  });
  faults.length = 0;
  const begun = performance.now();
  expect(await lines(metrics, 'outbox_oldest_seconds')).toEqual([]);
  expect(await lines(metrics, 'outbox_oldest_seconds')).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(reads).toBe(1);
  // One line in the log until it can be read again.
  expect(faults).toHaveLength(1);
  answer.resolve(1);
  expect(await lines(metrics, 'outbox_oldest_seconds')).toEqual(['outbox_oldest_seconds 1']);
  expect(await lines(metrics, 'outbox_oldest_seconds')).toEqual(['outbox_oldest_seconds 2']);
});

it('A figure that can no longer be read disappears, so that no old one is taken for today’s', async () => {
  let read = async () => 7;
  const metrics = new Metrics({ ...nothing, uncertainAttempts: () => read() });
  expect(await lines(metrics, 'generation_attempts_uncertain')).toEqual(['generation_attempts_uncertain 7']);
  read = () => Promise.reject(new Error('away'));
  expect(await lines(metrics, 'generation_attempts_uncertain')).toEqual([]);
});

it('A metric that cannot be read is left out, and the others are served', async () => {
  faults.length = 0;
  const away = new Error('The database is away.');
  const metrics = new Metrics({ ...nothing, lastTaskSuccesses: () => Promise.reject(away) });
  expect(await lines(metrics, 'process_resident_memory_bytes')).toHaveLength(1);
  expect(faults).toEqual([away]);
});

it('Each process has its own counters', async () => {
  const [one, other] = [new Metrics(nothing), new Metrics(nothing)];
  one.taskEnded({ task: 'purge', outcome: 'succeeded', seconds: 1 });
  expect(await lines(other, 'scheduled_task_runs_total')).toEqual([]);
});
