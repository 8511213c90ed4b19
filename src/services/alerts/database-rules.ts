import type { AlertRule } from './alert-rule.ts';
import { slowStatement, sqlLatency } from './installation-causes.ts';

const SQL_P95_MS = 50;
const STATEMENT_MEAN_MS = 500;

const P2 = { priority: 'P2', respondWithinMinutes: 1_440, logLevel: 'info', errorCode: null } as const;

export const SQL_LATENCY: AlertRule = {
  ...P2,
  name: 'sql-latency',
  when: `5 % of the statements take over ${SQL_P95_MS} ms`,
  actionRequired: 'See in `database_query_duration_seconds` which are slow.',
  causes: (readings) => sqlLatency(readings, SQL_P95_MS),
};

export const SLOW_STATEMENT: AlertRule = {
  ...P2,
  name: 'slow-statement',
  when: `a statement takes ${STATEMENT_MEAN_MS} ms or more on average`,
  actionRequired: 'Find it with `autovideo db`, and its plan with `explain`.',
  causes: (readings) => slowStatement(readings, STATEMENT_MEAN_MS),
};
