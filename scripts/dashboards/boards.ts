import type { Board } from './dashboard.ts';

/** Counters are those of single processes, gauges of the installation the same at each: sums of the ones, the highest of the others. */
export const BOARDS: readonly Board[] = [
  {
    name: 'overview',
    title: 'Auto Video: overview',
    panels: [
      {
        title: 'What works?',
        description:
          'The parts as the process sees them that sees the worst. What fails is in docs/operations/alerts.md.',
        kind: 'stat',
        isHealth: true,
        queries: {
          PostgreSQL: 'min(database_health)',
          Redis: 'min(redis_health)',
          files: 'min(storage_health)',
          FFmpeg: 'min(ffmpeg_health)',
          providers: 'min(ai_services_health)',
        },
      },
      {
        title: 'How many processes run?',
        description: 'Processes that answer their scrape. Fewer than were started: docker compose ps, and their log.',
        kind: 'stat',
        queries: {
          APIs: 'sum(up{job="autovideo-api"})',
          workers: 'sum(up{job="autovideo-worker"})',
          'workers by their heartbeats': 'max(workers_alive)',
        },
      },
      {
        title: 'Available in 30 days',
        description: 'Minutes in which an API answered and reached PostgreSQL. The aim is 99.9 %.',
        kind: 'stat',
        unit: 'percentunit',
        queries: { available: 'avg_over_time(autovideo:available[30d])' },
      },
      {
        title: 'Which alerts fire?',
        description: 'As Prometheus sees them. Those of the product, with acknowledgement, are in its query `alerts`.',
        kind: 'table',
        queries: { alerts: 'count by (alertname, priority, provider, service) (ALERTS{alertstate="firing"})' },
      },
      {
        title: 'How long do jobs wait?',
        description: 'The longest wait by queue. Grows where no worker takes jobs, or a queue is paused.',
        unit: 's',
        queries: { '{{queue}}': 'max by (queue) (jobs_oldest_waiting_seconds)' },
      },
      {
        title: 'Do videos succeed?',
        description: 'Videos that ended in the last 24 hours. Below 80 % success an alert is raised.',
        queries: { '{{status}}': 'max by (status) (videos_ended_24h)', stuck: 'max(videos_stuck)' },
      },
      {
        title: 'Is the machine full?',
        description: 'Shares in use. Disk: of DATA_DIR. From 90 % on, add capacity or lower WORKER_CONCURRENCY.',
        unit: 'percentunit',
        mark: 0.9,
        queries: {
          processors: 'autovideo:cpu_used:ratio5m',
          memory: 'autovideo:memory_used:ratio',
          disk: '1 - min(disk_free_ratio)',
        },
      },
      {
        title: 'What did 24 hours cost?',
        description: 'US dollars by provider, without calls that users paid with their own keys.',
        unit: 'currencyUSD',
        queries: { '{{provider}}': 'max by (provider) (provider_cost_24h_usd)' },
      },
      {
        title: 'What does the log say?',
        description: 'Lines of the levels ERROR and CRITICAL. A trace_id leads to its trace.',
        kind: 'logs',
        queries: { log: '{service_name="autovideo"} | severity_text=~"ERROR|CRITICAL"' },
      },
    ],
  },
  {
    name: 'queues',
    title: 'Auto Video: queues',
    panels: [
      {
        title: 'How many jobs wait?',
        description: 'Jobs that may begin now, by queue and priority. More than 50 in all raise an alert.',
        queries: { '{{queue}} {{priority}}': 'max by (queue, priority) (jobs_waiting)' },
      },
      {
        title: 'How many jobs run?',
        description: 'By queue. 0 with jobs that wait: no worker, or the queue is paused.',
        queries: { '{{queue}}': 'max by (queue) (jobs_active)' },
      },
      {
        title: 'Has a worker gone silent?',
        description:
          'Since the oldest heartbeat of a running job. Beyond LEASE_SECONDS another worker takes the job over.',
        unit: 's',
        queries: { '{{queue}}': 'max by (queue) (jobs_lease_age_seconds)' },
      },
      {
        title: 'How many stages end a minute?',
        description: 'By how they ended. `aborted`: the worker was stopped, and another one continues.',
        queries: { '{{status}}': '60 * sum by (status) (rate(video_processing_duration_seconds_count[10m]))' },
      },
      {
        title: 'Which stage fails?',
        description: 'Share of failed attempts of the last hour, by stage. A failed attempt is tried again.',
        unit: 'percentunit',
        queries: {
          '{{stage}}':
            'sum by (stage) (rate(video_processing_duration_seconds_count{status="failed"}[1h])) / sum by (stage) (rate(video_processing_duration_seconds_count{status!="aborted"}[1h]))',
        },
      },
      {
        title: 'Which stage is slow?',
        description: 'Mean of the successful attempts of the last hour. `stagePerformance` has percentiles.',
        unit: 's',
        queries: {
          '{{stage}}':
            'sum by (stage) (rate(video_processing_duration_seconds_sum{status="success"}[1h])) / sum by (stage) (rate(video_processing_duration_seconds_count{status="success"}[1h]))',
        },
      },
      {
        title: 'Which jobs need an operator?',
        description:
          'Failed jobs of 24 hours that were not cleared, and videos without progress for an hour: `failedJobs`, `autovideo recover`.',
        mark: 1,
        queries: { failed: 'max(failed_jobs_24h)', stuck: 'max(videos_stuck)' },
      },
      {
        title: 'Do notifications reach Redis?',
        description:
          'Age of the oldest one that Redis does not have yet. Grows while Redis is away; clients then poll.',
        unit: 's',
        queries: { outbox: 'max(outbox_oldest_seconds)' },
      },
      {
        title: 'Do periodic tasks run?',
        description: 'Since the last success of each, on any process. `autovideo tasks run NAME` runs one now.',
        unit: 's',
        queries: { '{{task}}': 'time() - max by (task) (scheduled_task_last_success_timestamp_seconds)' },
      },
    ],
  },
  {
    name: 'providers',
    title: 'Auto Video: providers',
    panels: [
      {
        title: 'Which service fails?',
        description: 'Error rate over 15 minutes, from 10 calls on. Over 10 % (Stability: 15 %) an alert is raised.',
        unit: 'percentunit',
        mark: 0.1,
        queries: { '{{provider}}': 'autovideo:calls_failed:ratio15m' },
      },
      {
        title: 'How do calls fail?',
        description: 'Failed calls a minute, by service and kind. Each kind has a page in docs/operations.',
        queries: {
          '{{provider}} {{status}}':
            '60 * sum by (provider, status) (rate(ai_api_calls_total{status!~"success|aborted"}[5m]))',
        },
      },
      {
        title: 'Who works?',
        description: 'Successful calls a minute, by service and what they make.',
        queries: {
          '{{provider}} {{type}}': '60 * sum by (provider, type) (rate(ai_api_calls_total{status="success"}[5m]))',
        },
      },
      {
        title: 'How much of each quota is used?',
        description:
          'As last read from the service. At 80 % and 90 % an alert is raised; docs/operations/service-quota.md.',
        unit: 'percentunit',
        mark: 0.9,
        queries: { '{{service}}': 'max by (service) (service_quota_used / service_quota_total)' },
      },
      {
        title: 'How old are the quotas?',
        description: 'Since each was last read. They are read every 15 minutes.',
        unit: 's',
        mark: 3_600,
        queries: { '{{service}}': 'time() - max by (service) (service_quota_checked_timestamp_seconds)' },
      },
      {
        title: 'What does each service cost?',
        description: 'US dollars of the last 24 hours.',
        unit: 'currencyUSD',
        queries: { '{{provider}}': 'max by (provider) (provider_cost_24h_usd)' },
      },
      {
        title: 'What became of paid requests?',
        description: 'Requests of the last 24 hours by their state. `refused` costs nothing.',
        queries: { '{{provider}} {{state}}': 'max by (provider, state) (generation_attempts_24h)' },
      },
      {
        title: 'Are paid answers missing?',
        description:
          'Requests that may have been paid, whose answer was lost and is still needed; docs/operations/answer-lost.md.',
        mark: 1,
        queries: { uncertain: 'max(generation_attempts_uncertain)' },
      },
    ],
  },
  {
    name: 'api',
    title: 'Auto Video: API',
    panels: [
      {
        title: 'How fast are operations?',
        description: 'Of all processes. Over 200 ms for 5 % of them, in one process, an alert is raised.',
        unit: 's',
        mark: 0.2,
        queries: Object.fromEntries(
          [0.5, 0.95, 0.99].map((part) => [
            `${100 * part} %`,
            `histogram_quantile(${part}, sum by (le) (rate(graphql_operation_duration_seconds_bucket{operation_type!="subscription"}[5m])))`,
          ]),
        ),
      },
      {
        title: 'How many operations?',
        description: 'Each second, by type and outcome. `refused`: a limit, a rejected token, wrong variables.',
        unit: 'reqps',
        queries: {
          '{{operation_type}} {{outcome}}':
            'sum by (operation_type, outcome) (rate(graphql_operation_duration_seconds_count[5m]))',
        },
      },
      {
        title: 'Are there server errors?',
        description: 'HTTP answers of 500 and above each second, by route.',
        unit: 'reqps',
        queries: {
          '{{endpoint}} {{status_code}}':
            'sum by (endpoint, status_code) (rate(http_requests_total{service="autovideo",status_code=~"5.."}[5m]))',
        },
      },
      {
        title: 'Which routes are asked?',
        description: 'HTTP requests each second.',
        unit: 'reqps',
        queries: { '{{endpoint}}': 'sum by (endpoint) (rate(http_requests_total{service="autovideo"}[5m]))' },
      },
      {
        title: 'How many clients are connected?',
        description: 'Open requests, event streams and WebSockets; and subscriptions.',
        queries: {
          connections: 'sum(active_connections{service="autovideo"})',
          subscriptions: 'sum(active_subscriptions)',
        },
      },
      {
        title: 'Does one result serve many?',
        description: 'Results of subscriptions each second; `shared` are encoded once for several clients.',
        unit: 'ops',
        queries: { '{{delivery}}': 'sum by (delivery) (rate(graphql_subscription_results_total[5m]))' },
      },
      {
        title: 'Do the processes keep up?',
        description: 'Delay of the event loop (99 %). Over 100 ms: more processes (WEB_CONCURRENCY).',
        unit: 's',
        mark: 0.1,
        queries: {
          '{{job}} {{instance}}': 'max by (job, instance) (nodejs_eventloop_lag_p99_seconds{job=~"autovideo-.+"})',
        },
      },
      {
        title: 'Does memory grow?',
        description: 'Resident memory of each process. A line that only rises is a leak.',
        unit: 'bytes',
        queries: { '{{job}} {{instance}}': 'process_resident_memory_bytes{job=~"autovideo-.+"}' },
      },
      {
        title: 'Does the cache help?',
        description: 'Share of look-ups with an answer, in memory and in Redis.',
        unit: 'percentunit',
        queries: {
          '{{level}}':
            'sum by (level) (rate(cache_requests_total{result="hit"}[5m])) / sum by (level) (rate(cache_requests_total[5m]))',
        },
      },
    ],
  },
];
