import type { Board } from './dashboard.ts';

/** PostgreSQL and Redis, as the processes see them and as their exporters do. */
export const DATABASE_BOARD: Board = {
  name: 'database',
  title: 'Auto Video: database',
  panels: [
    {
      title: 'How fast are statements?',
      description: '95 % take no longer. Over 50 ms in one process an alert is raised.',
      unit: 's',
      mark: 0.05,
      queries: {
        '{{query_type}}':
          'histogram_quantile(0.95, sum by (query_type, le) (rate(database_query_duration_seconds_bucket[5m])))',
      },
    },
    {
      title: 'Which table costs most?',
      description: 'Seconds that statements take in each second, by their first table; the five highest.',
      queries: { '{{table}}': 'topk(5, sum by (table) (rate(database_query_duration_seconds_sum[5m])))' },
    },
    {
      title: 'Which statements are slow?',
      description:
        'Mean of each statement, the five highest. Its text: select query from pg_stat_statements where queryid = ….',
      kind: 'table',
      unit: 's',
      queries: {
        statements:
          'topk(5, pg_stat_statements_seconds_total{datname="autovideo"} / (pg_stat_statements_calls_total{datname="autovideo"} >= 10))',
      },
    },
    {
      title: 'Does work wait for connections?',
      description:
        'Callers that wait for a connection of their process. Above 0 for long: look at slow statements first.',
      mark: 1,
      queries: { '{{job}} {{instance}}': 'database_pool_connections{state="waiting"}' },
    },
    {
      title: 'Has the server connections left?',
      description: 'Share of max_connections in use. At 80 % and 95 % an alert is raised.',
      unit: 'percentunit',
      mark: 0.95,
      queries: { used: 'autovideo:connections_used:ratio' },
    },
    {
      title: 'What do connections do?',
      description: 'By state. Many `idle in transaction`: a process holds what it does not use.',
      queries: { '{{state}}': 'sum by (state) (pg_stat_activity_count{datname="autovideo"})' },
    },
    {
      title: 'How large is the database?',
      description: 'Old rows leave by the RETENTION_ settings.',
      unit: 'bytes',
      queries: { size: 'pg_database_size_bytes{datname="autovideo"}' },
    },
    {
      title: 'Does Redis have memory left?',
      description: 'Redis refuses writes when its memory is full; it has no limit but that of the machine by default.',
      unit: 'bytes',
      queries: { used: 'redis_memory_used_bytes', limit: 'redis_memory_max_bytes > 0' },
    },
    {
      title: 'Who is connected to Redis?',
      description: 'Connections of clients. Each process has a few.',
      queries: { clients: 'redis_connected_clients' },
    },
  ],
};
