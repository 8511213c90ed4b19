import { Histogram, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client';
import { type Buckets, percentileOf, since } from '../histogram-window.ts';

/** How fast requests and statements of this process were in the last five minutes. */
export interface RecentFigures {
  /** HTTP requests to /graphql and below, and how many of them were answered with 500 or more. */
  readonly requests: number;
  readonly errors: number;
  /** 95 % of the operations took no longer; null where there were too few. */
  readonly apiP95Ms: number | null;
  /** 95 % of the statements took no longer; null where there were too few. */
  readonly sqlP95Ms: number | null;
  /** The operation that took longest, by the names of its root fields. */
  readonly slowestOperation: SlowOperation | null;
  /** Durations of operations and of statements in seconds, since the reading before. */
  readonly latencies: { readonly api: Buckets; readonly sql: Buckets };
}

export interface SlowOperation {
  readonly name: string;
  readonly seconds: number;
}

interface Snapshot {
  readonly operations: Buckets;
  readonly waiting: Buckets;
  readonly statements: Buckets;
  readonly requests: number;
  readonly errors: number;
}

/** They wait for providers and mail servers, up to a minute, and say nothing of the program. */
const WAITING: ReadonlySet<string> = new Set([
  'generateText',
  'generateImage',
  'generateSpeech',
  'testProvider',
  'setProviderKey',
  'voices',
]);
export const OPERATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
/** One reading each half minute. */
const READINGS = 10;
/** Of an operation with many root fields only some are named. */
const MAX_NAMES = 3;
const NOTHING: Snapshot = { operations: new Map(), waiting: new Map(), statements: new Map(), requests: 0, errors: 0 };

/** Reads how the histograms of a registry change: nothing is measured twice. */
export class RecentMetrics {
  readonly #registry: Registry;
  /** The operations that wait for others, which the histogram of all operations has too. */
  readonly #waiting = new Histogram({
    name: 'waiting_operation_duration_seconds',
    help: 'Not served.',
    buckets: OPERATION_BUCKETS,
    registers: [],
  });
  #snapshots: readonly Snapshot[] = [NOTHING];
  #slowest: readonly (SlowOperation | null)[] = [];
  #slowestNow: { readonly rootFields: ReadonlySet<string>; readonly seconds: number } | undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  operationEnded(rootFields: ReadonlySet<string>, seconds: number): void {
    if (isWaiting(rootFields)) this.#waiting.observe(seconds);
    else if (this.#slowestNow === undefined || seconds > this.#slowestNow.seconds)
      this.#slowestNow = { rootFields, seconds };
  }

  /** To be called each half minute by one caller. */
  async read(): Promise<RecentFigures> {
    const now = await this.#snapshot();
    this.#snapshots = [...this.#snapshots, now].slice(-READINGS - 1);
    this.#slowest = [...this.#slowest, named(this.#slowestNow)].slice(-READINGS);
    this.#slowestNow = undefined;
    const [first = NOTHING] = this.#snapshots;
    const before = this.#snapshots.at(-2) ?? NOTHING;
    return {
      requests: now.requests - first.requests,
      errors: now.errors - first.errors,
      apiP95Ms: inMilliseconds(percentileOf(operationsSince(first, now), 0.95)),
      sqlP95Ms: inMilliseconds(percentileOf(since(first.statements, now.statements), 0.95)),
      slowestOperation: this.#slowest.reduce(
        (worst, one) => ((one?.seconds ?? 0) > (worst?.seconds ?? 0) ? one : worst),
        null,
      ),
      latencies: { api: operationsSince(before, now), sql: since(before.statements, now.statements) },
    };
  }

  async #snapshot(): Promise<Snapshot> {
    const [operations, statements, requests] = await Promise.all([
      this.#values('graphql_operation_duration_seconds'),
      this.#values('database_query_duration_seconds'),
      this.#values('http_requests_total'),
    ]);
    const ofApi = requests.filter(({ labels }) => String(labels['endpoint']).startsWith('/graphql'));
    return {
      operations: bucketsIn(operations.filter(({ labels }) => labels['outcome'] !== 'refused')),
      waiting: bucketsIn((await this.#waiting.get()).values),
      statements: bucketsIn(statements.filter(({ labels }) => labels['query_type'] !== 'transaction')),
      requests: sum(ofApi),
      errors: sum(ofApi.filter(({ labels }) => Number(labels['status_code']) >= 500)),
    };
  }

  async #values(name: string): Promise<readonly Value[]> {
    const metric: MetricObjectWithValues<Value> | undefined = await this.#registry.getSingleMetric(name)?.get();
    return metric?.values ?? [];
  }
}

type Value = MetricValue<string>;

/** Without those that wait for others. */
function operationsSince(before: Snapshot, now: Snapshot): Buckets {
  return since(since(before.waiting, now.waiting), since(before.operations, now.operations));
}

function isWaiting(rootFields: ReadonlySet<string>): boolean {
  for (const name of rootFields) if (WAITING.has(name)) return true;
  return false;
}

function named(slowest: { readonly rootFields: ReadonlySet<string>; readonly seconds: number } | undefined) {
  if (!slowest) return null;
  const { rootFields, seconds } = slowest;
  return { name: [...rootFields].slice(0, MAX_NAMES).join(', '), seconds };
}

/** Summed over all labels but the bound. */
function bucketsIn(values: readonly Value[]): Buckets {
  const buckets = new Map<number, number>();
  for (const { labels, value } of values) {
    const { le } = labels;
    if (le === undefined) continue;
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return buckets;
}

function sum(values: readonly Value[]): number {
  return values.reduce((total, { value }) => total + value, 0);
}

function inMilliseconds(seconds: number | null): number | null {
  return seconds === null ? null : 1_000 * seconds;
}
