import cluster from 'node:cluster';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { QueryTime } from '../db/query-times.ts';
import { type DatabaseGaugePorts, serveDatabaseGauges } from './database-gauges.ts';
import { GroupMetrics } from './group-metrics.ts';
import type { HealthChecks } from './health.ts';
import { CheckGauges } from './health-gauges.ts';
import type { HealthGauges } from './health-monitor.ts';
import { OperationTimes } from './operation-times.ts';
import type { PoolCounts } from './pool-facts.ts';
import { SERVICE, serveProcessGauges } from './process-gauges.ts';
import { OPERATION_BUCKETS, RecentMetrics } from './recent-figures.ts';
import { SeriesCounter, SeriesHistogram } from './series-metrics.ts';

/** Counters of the scheduler. */
export interface TaskMetrics {
  /** `outcome` is succeeded, failed or aborted. */
  taskEnded(run: { readonly task: string; readonly outcome: string; readonly seconds: number }): void;
}

/** Counters of workers. */
export interface StageMetrics {
  /**
   * `stage` is its name in lower case; `status` is success, failed, or aborted where the worker was stopped or lost the
   * video.
   */
  stageEnded(run: { readonly stage: string; readonly status: string; readonly seconds: number }): void;
}

/** Counters of the cache. */
export interface CacheMetrics {
  /** `level` is memory or redis, `result` is hit or miss. */
  cacheRequested(level: string, result: string): void;
}

/** The ways an operation comes in. `fast_path` and `apollo` are HTTP; `slack` is the slash command. */
export type OperationWay = 'fast_path' | 'apollo' | 'event_stream' | 'websocket' | 'slack';

/** Where the server counts. */
export interface OperationMetrics {
  /** `type` is query, mutation or subscription. Also for an operation that is refused before it is executed. */
  operationStarted(way: OperationWay, type: string): void;
  /** An operation has its result, or a subscription is opened. */
  operationEnded(operation: OperationEnd): void;
  subscriptionOpened(): void;
  /** Once for each that was opened. */
  subscriptionClosed(): void;
  /** `delivery` is shared where one result is encoded once for several clients, and single where for one client alone. */
  resultsSent(delivery: 'shared' | 'single', count: number): void;
}

export interface OperationEnd {
  /** query, mutation or subscription. */
  readonly type: string;
  readonly way: OperationWay;
  /** Names of the schema's fields that it asks for. */
  readonly rootFields: ReadonlySet<string>;
  /** `refused` where nothing of it was executed. */
  readonly outcome: 'success' | 'error' | 'refused';
  readonly seconds: number;
}

/** What is counted of HTTP. */
export interface HttpMetrics {
  /** `endpoint` is the pattern of a route, or other; `method` is one that HTTP defines, or OTHER. */
  requestEnded(request: HttpRequestEnd): void;
  /** A request that is being answered, an event stream or a WebSocket. */
  connectionOpened(): void;
  connectionClosed(): void;
}

export interface HttpRequestEnd {
  readonly method: string;
  readonly endpoint: string;
  readonly status: number;
  readonly seconds: number;
}

/** An attempt at a provider that has ended. All values are from closed sets. */
export interface ProviderCallEnd {
  readonly provider: string;
  readonly model: string;
  readonly type: string;
  readonly status: string;
}

/** What is read at each scrape. */
export interface MetricsPorts extends DatabaseGaugePorts {
  /** Must answer at once. */
  pool(): Promise<PoolCounts>;
}

/** How often the delay of the event loop is measured. */
const LOOP_PRECISION_MS = 10;

/**
 * The metrics of this process for Prometheus: a registry of its own, and a method for each event that is counted. Labels come from small
 * closed sets; none contains an id or free text.
 */
export class Metrics implements TaskMetrics, StageMetrics, CacheMetrics, OperationMetrics, HttpMetrics, HealthGauges {
  readonly #registry = new Registry();
  /** How these metrics have changed lately. */
  readonly recent = new RecentMetrics(this.#registry);
  /** The operations since they were taken last, by their root fields. */
  readonly operations = new OperationTimes();
  /** Set where this process is one of several that share a port. */
  readonly #group = cluster.isWorker ? new GroupMetrics(this.#registry) : null;

  readonly #taskRuns = new Counter({
    name: 'scheduled_task_runs_total',
    help: 'Runs of periodic tasks that ended in this process.',
    labelNames: ['task', 'outcome'] as const,
    registers: [this.#registry],
  });

  readonly #taskSeconds = new Histogram({
    name: 'scheduled_task_duration_seconds',
    help: 'Durations of runs of periodic tasks.',
    labelNames: ['task'] as const,
    buckets: [0.01, 0.1, 1, 10, 60, 300, 1_800],
    registers: [this.#registry],
  });

  readonly #stageSeconds = new Histogram({
    name: 'video_processing_duration_seconds',
    help: 'Durations of the stages that ran in this process.',
    labelNames: ['stage', 'status'] as const,
    buckets: [30, 60, 120, 300, 600, 1_200, 1_800],
    registers: [this.#registry],
  });

  readonly #querySeconds = new SeriesHistogram({
    name: 'database_query_duration_seconds',
    help: 'Durations of statements of this process, from their sending to their answer, by type and first table.',
    labelNames: ['query_type', 'table'] as const,
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.#registry],
  });

  readonly #cacheRequests = new SeriesCounter({
    name: 'cache_requests_total',
    help: 'Look-ups in the cache: in the memory of this process, and in Redis where the memory had no answer.',
    labelNames: ['level', 'result'] as const,
    registers: [this.#registry],
  });

  readonly #providerCalls = new Counter({
    name: 'ai_api_calls_total',
    help: 'Attempts at providers that ended in this process, by what they make and how they ended.',
    labelNames: ['provider', 'model', 'type', 'status'] as const,
    registers: [this.#registry],
  });

  readonly #operations = new SeriesCounter({
    name: 'graphql_operations_total',
    help: 'GraphQL operations by the way they came in (fast_path, apollo, event_stream, websocket, slack) and their type.',
    labelNames: ['way', 'type'] as const,
    registers: [this.#registry],
  });

  readonly #operationSeconds = new SeriesHistogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Durations of GraphQL operations, of subscriptions to their opening; refused where nothing was executed.',
    labelNames: ['operation_type', 'way', 'outcome'] as const,
    buckets: OPERATION_BUCKETS,
    registers: [this.#registry],
  });

  readonly #results = new Counter({
    name: 'graphql_subscription_results_total',
    help: 'Results of subscriptions handed to clients: encoded once for all who share them, or for a single client.',
    labelNames: ['delivery'] as const,
    registers: [this.#registry],
  });

  readonly #requests = new SeriesCounter({
    name: 'http_requests_total',
    help: 'HTTP requests that were answered, by the pattern of their route; 499 where the client left before.',
    labelNames: ['method', 'endpoint', 'status_code', 'service'] as const,
    registers: [this.#registry],
  });

  readonly #requestSeconds = new SeriesHistogram({
    name: 'http_request_duration_seconds',
    help: 'Durations of HTTP requests, to the end of the answer; of event streams and WebSockets, to their beginning.',
    labelNames: ['method', 'endpoint', 'service'] as const,
    buckets: [0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    registers: [this.#registry],
  });

  readonly #slackCommands = new Counter({
    name: 'slack_commands_total',
    help: 'Requests to the address of the slash command of Slack, by what came of them.',
    labelNames: ['outcome'] as const,
    registers: [this.#registry],
  });

  #connections = 0;
  #subscriptions = 0;

  readonly #health = new CheckGauges(this.#registry);

  constructor(ports: MetricsPorts) {
    serveDatabaseGauges(this.#registry, ports);
    serveProcessGauges(this.#registry, {
      ...ports,
      connections: () => this.#connections,
      subscriptions: () => this.#subscriptions,
    });
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
  }

  healthChecked(checks: HealthChecks): void {
    this.#health.healthChecked(checks);
  }

  taskEnded({ task, outcome, seconds }: Parameters<TaskMetrics['taskEnded']>[0]): void {
    this.#taskRuns.inc({ task, outcome });
    this.#taskSeconds.observe({ task }, seconds);
  }

  stageEnded({ stage, status, seconds }: Parameters<StageMetrics['stageEnded']>[0]): void {
    this.#stageSeconds.observe({ stage, status }, seconds);
  }

  queryEnded({ type, table, seconds }: QueryTime): void {
    this.#querySeconds.record(seconds, type, table);
  }

  cacheRequested(level: string, result: string): void {
    this.#cacheRequests.add(1, level, result);
  }

  callEnded({ provider, model, type, status }: ProviderCallEnd): void {
    this.#providerCalls.inc({ provider, model, type, status });
  }

  operationStarted(way: OperationWay, type: string): void {
    this.#operations.add(1, way, type);
  }

  operationEnded({ type, way, rootFields, outcome, seconds }: OperationEnd): void {
    this.#operationSeconds.record(seconds, type, way, outcome);
    if (outcome === 'refused') return;
    this.recent.operationEnded(rootFields, seconds);
    this.operations.ended(rootFields, outcome === 'error', seconds);
  }

  resultsSent(delivery: 'shared' | 'single', count: number): void {
    this.#results.inc({ delivery }, count);
  }

  requestEnded({ method, endpoint, status, seconds }: HttpRequestEnd): void {
    this.#requests.add(1, method, endpoint, String(status), SERVICE);
    this.#requestSeconds.record(seconds, method, endpoint, SERVICE);
  }

  /** `outcome` is accepted, refused, help, bad_signature, rate_limited or failed. */
  slackAnswered(outcome: string): void {
    this.#slackCommands.inc({ outcome });
  }

  subscriptionOpened(): void {
    this.#subscriptions++;
  }

  subscriptionClosed(): void {
    this.#subscriptions--;
  }

  connectionOpened(): void {
    this.#connections++;
  }

  connectionClosed(): void {
    this.#connections--;
  }

  /** Content type of the answer to a scrape. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In the text format of Prometheus; of all processes that share this one's port. */
  async text(): Promise<string> {
    return this.#group ? await this.#group.text() : await this.#registry.metrics();
  }
}
