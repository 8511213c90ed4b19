import { Gauge, type Registry } from 'prom-client';
import { withTimeout } from '../concurrency/timeout.ts';

/** What gauges read from the database at each scrape, so that a process that does not do the work reports it too, also after a restart. */
export interface DatabaseGaugePorts {
  /** The last success of each periodic task, on any process. */
  lastTaskSuccesses(): Promise<readonly { readonly task: string; readonly at: Date }[]>;
  /** The last known quota of each outside service, in its own unit. */
  serviceQuotas(): Promise<readonly ServiceQuotaFigures[]>;
  /** Paid requests whose answer was lost, and whose content no other request has delivered since. */
  uncertainAttempts(): Promise<number>;
  queues(): Promise<readonly QueueFigures[]>;
  work(): Promise<WorkFigures>;
  /** Worker processes that are alive. */
  aliveWorkers(): Promise<number>;
  outboxAgeSeconds(): Promise<number>;
  providersOfDay(): Promise<readonly ProviderDay[]>;
  openAlerts(): Promise<readonly OpenAlerts[]>;
  /** Called with the error of what could not be read, once until it can be; the other metrics are served nevertheless. */
  onFault(thrown: unknown): void;
}

export interface ServiceQuotaFigures {
  readonly service: string;
  readonly used: number;
  /** Null where there is no limit, or none is known. */
  readonly total: number | null;
  readonly checkedAt: Date;
}

/** Alerts that are not resolved. */
export interface OpenAlerts {
  readonly priority: string;
  readonly open: number;
}

export interface QueueFigures {
  readonly queue: string;
  /** Jobs that may begin now, by priority. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly active: number;
  /** How long the one that waits longest could have begun; 0 where none waits. */
  readonly oldestWaitingSeconds: number;
  /** Since the last heartbeat of the running job that has been silent longest; 0 where none runs. */
  readonly leaseAgeSeconds: number;
}

/** Jobs and videos, as the rules of alerts read them. */
export interface WorkFigures {
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

/** The attempts at a provider that were sent in the last 24 hours. */
export interface ProviderDay {
  readonly provider: string;
  /** US dollars that the installation pays; users' own keys cost it nothing. */
  readonly cost: number;
  /** By their state now. */
  readonly attempts: Readonly<Record<string, number>>;
}

interface Figure {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics that are not read in time are left out of a scrape. All are read at the same time. */
const READ_MS = 1_000;

/** The highest of all processes that share a port counts: they read the same rows at slightly different times. */
export function serveDatabaseGauges(registry: Registry, ports: DatabaseGaugePorts): void {
  const { onFault } = ports;
  const source = <Row>(read: () => Promise<readonly Row[]>) => new Source(read, onFault);
  const gauge = <Row>(name: string, help: string, from: Source<Row>, figuresOf: (row: Row) => readonly Figure[]) =>
    serveGauge(registry, { name, help }, async () => (await from.read())?.flatMap(figuresOf) ?? []);
  const one = (value: number): readonly Figure[] => [{ labels: {}, value }];

  gauge(
    'scheduled_task_last_success_timestamp_seconds',
    'Time of the last success of a periodic task on any process, in seconds since 1970.',
    source(() => ports.lastTaskSuccesses()),
    ({ task, at }) => [{ labels: { task }, value: secondsOf(at) }],
  );
  serveQuotas(
    gauge,
    source(() => ports.serviceQuotas()),
  );
  gauge(
    'generation_attempts_uncertain',
    'Paid requests whose answer was lost, and whose content no other request has delivered since.',
    source(async () => [await ports.uncertainAttempts()]),
    one,
  );
  serveQueues(
    gauge,
    source(() => ports.queues()),
  );
  serveWork(
    gauge,
    source(async () => [await ports.work()]),
  );
  gauge(
    'workers_alive',
    'Worker processes that are alive.',
    source(async () => [await ports.aliveWorkers()]),
    one,
  );
  gauge(
    'outbox_oldest_seconds',
    'Age of the oldest notification of a job that Redis does not have yet; 0 where there is none.',
    source(async () => [await ports.outboxAgeSeconds()]),
    one,
  );
  serveProviders(
    gauge,
    source(() => ports.providersOfDay()),
  );
  gauge(
    'alerts_open',
    'Alerts that are not resolved, by priority.',
    source(() => ports.openAlerts()),
    ({ priority, open }) => [{ labels: { priority: priority.toLowerCase() }, value: open }],
  );
}

type ServeGauge = <Row>(
  name: string,
  help: string,
  from: Source<Row>,
  figuresOf: (row: Row) => readonly Figure[],
) => void;

function serveQuotas(gauge: ServeGauge, quotas: Source<ServiceQuotaFigures>): void {
  gauge(
    'service_quota_used',
    'What is used of the quota of an external service, in its own unit.',
    quotas,
    ({ service, used }) => [{ labels: { service }, value: used }],
  );
  gauge(
    'service_quota_total',
    'The quota of an external service, in its own unit; missing where none is known.',
    quotas,
    ({ service, total }) => (total === null ? [] : [{ labels: { service }, value: total }]),
  );
  gauge(
    'service_quota_checked_timestamp_seconds',
    'Time of the last successful check of the quota of an external service, in seconds since 1970.',
    quotas,
    ({ service, checkedAt }) => [{ labels: { service }, value: secondsOf(checkedAt) }],
  );
}

function serveWork(gauge: ServeGauge, work: Source<WorkFigures>): void {
  const byStatus = (ended: number, failed: number) => [
    { labels: { status: 'success' }, value: ended - failed },
    { labels: { status: 'failed' }, value: failed },
  ];
  gauge('videos_ended_24h', 'Videos that were completed or failed in the last 24 hours.', work, (row) =>
    byStatus(row.endedVideos, row.failedVideos),
  );
  gauge('jobs_ended_1h', 'Jobs that ended in the last hour.', work, (row) => byStatus(row.endedJobs, row.failedJobs));
  gauge('failed_jobs_24h', 'Jobs that failed in the last 24 hours and were not cleared.', work, (row) => [
    { labels: {}, value: row.shownFailures },
  ]);
  gauge('videos_stuck', 'Videos without progress for over an hour.', work, (row) => [
    { labels: {}, value: row.stuckVideos },
  ]);
}

function serveQueues(gauge: ServeGauge, queues: Source<QueueFigures>): void {
  const labelsOf = ({ queue }: QueueFigures) => ({ queue: queue.toLowerCase() });
  gauge('jobs_waiting', 'Jobs that may begin now, by queue and priority.', queues, (row) =>
    Object.entries(row.waiting).map(([priority, value]) => ({
      labels: { ...labelsOf(row), priority: priority.toLowerCase() },
      value,
    })),
  );
  gauge('jobs_active', 'Jobs that run now, by queue.', queues, (row) => [{ labels: labelsOf(row), value: row.active }]);
  gauge(
    'jobs_oldest_waiting_seconds',
    'How long the job that waits longest could have begun; 0 where none waits.',
    queues,
    (row) => [{ labels: labelsOf(row), value: row.oldestWaitingSeconds }],
  );
  gauge(
    'jobs_lease_age_seconds',
    'Seconds since the last heartbeat of the running job that has been silent longest; 0 where none runs.',
    queues,
    (row) => [{ labels: labelsOf(row), value: row.leaseAgeSeconds }],
  );
}

function serveProviders(gauge: ServeGauge, days: Source<ProviderDay>): void {
  gauge(
    'provider_cost_24h_usd',
    'What calls of the last 24 hours have cost the installation, in US dollars; without users’ own keys.',
    days,
    ({ provider, cost }) => [{ labels: { provider }, value: cost }],
  );
  gauge(
    'generation_attempts_24h',
    'Attempts at providers that were sent in the last 24 hours on any process, by their state now.',
    days,
    ({ provider, attempts }) =>
      Object.entries(attempts).map(([state, value]) => ({ labels: { provider, state: state.toLowerCase() }, value })),
  );
}

/** Rows that several gauges show: read once for all of them in a scrape, and not again while an earlier reading lasts. */
class Source<Row> {
  readonly #read: () => Promise<readonly Row[]>;
  readonly #onFault: (thrown: unknown) => void;
  #running: Promise<readonly Row[]> | undefined;
  #isAway = false;

  constructor(read: () => Promise<readonly Row[]>, onFault: (thrown: unknown) => void) {
    this.#read = read;
    this.#onFault = onFault;
  }

  /** Undefined where it cannot be read in time. Never rejects. */
  async read(): Promise<readonly Row[] | undefined> {
    const limit = {
      milliseconds: READ_MS,
      code: 'DATABASE_CONNECTION_FAILED',
      message: `The database did not answer a scrape within ${READ_MS / 1_000} s.`,
    } as const;
    try {
      this.#running ??= this.#start();
      const rows = await withTimeout(limit, this.#running);
      this.#isAway = false;
      return rows;
    } catch (thrown) {
      if (!this.#isAway) this.#onFault(thrown);
      this.#isAway = true;
      return undefined;
    }
  }

  async #start(): Promise<readonly Row[]> {
    try {
      return await this.#read();
    } finally {
      this.#running = undefined;
    }
  }
}

/** A gauge that has the figures of each scrape, and no others. */
function serveGauge(
  registry: Registry,
  { name, help }: { readonly name: string; readonly help: string },
  read: () => Promise<readonly Figure[]>,
): void {
  // Its labels are not given here, so that a gauge without figures shows nothing rather than 0.
  const gauge = new Gauge({ name, help, registers: [registry], aggregator: 'max', labelNames: LABELS, collect });
  async function collect(): Promise<void> {
    const figures = await read();
    gauge.reset();
    for (const { labels, value } of figures) gauge.set(labels, value);
  }
}

/** All labels of these gauges. */
const LABELS = ['task', 'service', 'queue', 'priority', 'provider', 'state', 'status'];

function secondsOf(at: Date): number {
  return at.getTime() / 1_000;
}
