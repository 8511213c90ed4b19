import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the delay is measured. The default metrics measure it for themselves, and begin anew with each scrape. */
const RESOLUTION_MS = 50;
const NANOSECONDS = 1_000_000;
/** Half of the time that the figure shows. */
const HALF_MS = 30_000;

/** The delay of the event loop in the last 30 to 60 seconds. Reading it changes nothing. */
export class LoopDelay {
  /**
   * The older one is read; every half of the time it begins anew and becomes the newer one. There are two because a
   * histogram that is reset loses the delay that it has not measured yet, and a block often ends with the reset.
   */
  #older = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #newer = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #timer: NodeJS.Timeout | undefined;

  open({ halfMs = HALF_MS } = {}): void {
    this.#older.enable();
    this.#newer.enable();
    this.#timer = setInterval(() => {
      this.#older.reset();
      [this.#older, this.#newer] = [this.#newer, this.#older];
    }, halfMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#older.disable();
    this.#newer.disable();
  }

  /** The 99th percentile in milliseconds. Each measured delay includes the pause between two measurements. */
  get p99Ms(): number {
    return Math.max(0, this.#older.percentile(99) / NANOSECONDS - RESOLUTION_MS);
  }
}
