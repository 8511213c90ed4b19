import type { Logger } from '../../monitoring/logger.ts';

export interface UptimePingParts {
  /** Its path may be a secret, so it is in no line of the log. */
  readonly url: string;
  /** Whether the core of the installation works. */
  readonly isHealthy: () => Promise<boolean>;
  readonly logger: Pick<Logger, 'warn'>;
  /** How long the monitor may take to answer; 10 s by default. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** Calls an uptime monitor of somebody else, which raises an alarm when no call comes: when all of the installation is down, too. */
export class UptimePing {
  readonly #parts: UptimePingParts;

  constructor(parts: UptimePingParts) {
    this.#parts = parts;
  }

  /** Nothing depends on the monitor: a failure is a line in the log. */
  async ping(signal: AbortSignal): Promise<void> {
    const { url, isHealthy, logger, timeoutMs = TIMEOUT_MS } = this.#parts;
    if (!(await isHealthy())) return;
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
      await response.body?.cancel();
      if (!response.ok) logger.warn({ status: response.status }, 'the uptime monitor refused a call');
    } catch (thrown) {
      signal.throwIfAborted();
      const reason = thrown instanceof Error && thrown.name === 'TimeoutError' ? 'timeout' : 'unreachable';
      logger.warn({ reason }, 'the uptime monitor could not be called');
    }
  }
}
