export interface ProcessPorts {
  eventLoopDelayP99Ms(): number;
  activeSubscriptions(): number;
  cacheStats(): CacheFacts;
}

/** Since the process started. */
export interface CacheFacts {
  readonly hits: number;
  readonly misses: number;
  readonly localHits: number;
  readonly redisHits: number;
  /** Percent; null while the cache has not been used. */
  readonly hitRate: number | null;
  readonly localSize: number;
}

/** State of this process, which may be one of several. */
export class ProcessFacts {
  readonly #ports: ProcessPorts;

  constructor(ports: ProcessPorts) {
    this.#ports = ports;
  }

  async read() {
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    return {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      heapTotalBytes: heapTotal,
      eventLoopDelayP99Ms: this.#ports.eventLoopDelayP99Ms(),
      activeSubscriptions: this.#ports.activeSubscriptions(),
      cache: this.#ports.cacheStats(),
    };
  }
}
