import type { HealthChecks, HealthService, HealthStatus } from './health.ts';
import type { Logger } from './logger.ts';

/** Where the results of each round go. */
export interface HealthGauges {
  healthChecked(checks: HealthChecks): void;
}

export interface HealthMonitorOptions {
  readonly health: Pick<HealthService, 'status' | 'checks'>;
  readonly gauges: HealthGauges;
  readonly logger: Logger;
  /** Called with the state that each round finds; not waited for. Must not reject. */
  readonly onRound?: (status: HealthStatus) => Promise<void>;
  /** 30 s by default. */
  readonly everyMs?: number;
}

const EVERY_MS = 30_000;

/** Checks the installation in the background, also while no request asks: for the metrics, and for a line in the log when its state changes. */
export class HealthMonitor {
  readonly #options: HealthMonitorOptions;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #last: HealthStatus | undefined;
  #isClosed = false;

  constructor(options: HealthMonitorOptions) {
    this.#options = options;
  }

  /** Begins with a round at once, without waiting for it. */
  open(): void {
    this.#round = this.#check().finally(() => {
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => this.open(), this.#options.everyMs ?? EVERY_MS);
      this.#timer.unref();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** Never rejects: each check reports its own failure. */
  async #check(): Promise<void> {
    const { health, gauges, logger, onRound } = this.#options;
    const [{ status }, checks] = await Promise.all([health.status(), health.checks()]);
    gauges.healthChecked(checks);
    void onRound?.(status);
    const before = this.#last;
    this.#last = status;
    if (status === before || (before === undefined && status === 'HEALTHY')) return;
    const failing = Object.entries(checks).flatMap(([part, { status: state, message }]) =>
      state === 'HEALTHY' ? [] : [{ part, status: state, message }],
    );
    if (status === 'HEALTHY') logger.info('the installation is healthy again');
    else logger.warn({ status, failing }, 'the installation is not healthy');
  }
}
