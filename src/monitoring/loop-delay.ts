import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the delay is measured. The default metrics measure it for themselves, and begin anew with each scrape. */
const RESOLUTION_MS = 50;
const NANOSECONDS = 1_000_000;
/** Half of the time that the figure shows. */
const HALF_MS = 30_000;

/** The delay of the event loop in the last 30 to 60 seconds. Reading it changes nothing. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #before = 0;
  #timer: NodeJS.Timeout | undefined;

  open({ halfMs = HALF_MS } = {}): void {
    this.#histogram.enable();
    this.#timer = setInterval(() => {
      this.#before = this.#current;
      this.#histogram.reset();
    }, halfMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#histogram.disable();
  }

  /** The 99th percentile in milliseconds. */
  get p99Ms(): number {
    return Math.max(this.#before, this.#current);
  }

  /** Each measured delay includes the pause between two measurements. */
  get #current(): number {
    return Math.max(0, this.#histogram.percentile(99) / NANOSECONDS - RESOLUTION_MS);
  }
}
