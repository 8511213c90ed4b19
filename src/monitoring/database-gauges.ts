import { Gauge, type Registry } from 'prom-client';

/** What gauges read from the database at each scrape, so that a process that does not do the work reports it too, also after a restart. */
export interface DatabaseGaugePorts {
  /** The last success of each periodic task, on any process. */
  lastTaskSuccesses(): Promise<readonly { readonly task: string; readonly at: Date }[]>;
  /** The last known quota of each outside service, in its own unit. */
  serviceQuotas(): Promise<readonly ServiceQuotaFigures[]>;
  /** Paid requests whose answer was lost, and whose content no other request has delivered since. */
  uncertainAttempts(): Promise<number>;
  /** Called with the error of a metric that could not be read; the others are served nevertheless. */
  onFault(thrown: unknown): void;
}

export interface ServiceQuotaFigures {
  readonly service: string;
  readonly used: number;
  /** Null where there is no limit, or none is known. */
  readonly total: number | null;
  readonly checkedAt: Date;
}

interface Figure {
  readonly label: string;
  readonly value: number;
}

/** The highest of all processes that share a port counts: they read the same rows at slightly different times. */
export function serveDatabaseGauges(registry: Registry, ports: DatabaseGaugePorts): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: () => Promise<readonly Figure[]>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      aggregator: 'max',
      async collect() {
        await read().then(
          (figures) => {
            this.reset();
            for (const { label: value, value: figure } of figures) this.labels(value).set(figure);
          },
          (thrown: unknown) => ports.onFault(thrown),
        );
      },
    });
  const seconds = (at: Date) => at.getTime() / 1_000;
  gauge(
    'scheduled_task_last_success_timestamp_seconds',
    'Time of the last success of a periodic task on any process, in seconds since 1970.',
    'task',
    async () => (await ports.lastTaskSuccesses()).map(({ task, at }) => ({ label: task, value: seconds(at) })),
  );
  const ofServices = async (figureOf: (quota: ServiceQuotaFigures) => number | null) =>
    (await ports.serviceQuotas()).flatMap((quota) => {
      const value = figureOf(quota);
      return value === null ? [] : [{ label: quota.service, value }];
    });
  gauge('service_quota_used', 'What is used of the quota of an external service, in its own unit.', 'service', () =>
    ofServices(({ used }) => used),
  );
  gauge(
    'service_quota_total',
    'The quota of an external service, in its own unit; missing where none is known.',
    'service',
    () => ofServices(({ total }) => total),
  );
  gauge(
    'service_quota_checked_timestamp_seconds',
    'Time of the last successful check of the quota of an external service, in seconds since 1970.',
    'service',
    () => ofServices(({ checkedAt }) => seconds(checkedAt)),
  );
  new Gauge({
    name: 'generation_attempts_uncertain',
    help: 'Paid requests whose answer was lost, and whose content no other request has delivered since.',
    registers: [registry],
    aggregator: 'max',
    async collect() {
      await ports.uncertainAttempts().then(
        (count) => this.set(count),
        (thrown: unknown) => ports.onFault(thrown),
      );
    },
  });
}
