import { setTimeout as sleep } from 'node:timers/promises';
import { SnapshotWatch, type SnapshotWatchOptions } from '../snapshot-watch.ts';

/** The state of the installation, as `HealthService` says it. */
export interface HealthFacts {
  readonly status: 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly timestamp: Date;
}

/** Parts fail without an announcement. */
const POLL_MS = 5_000;

/** Streams the state of the installation: at once, and each time its status differs from the last one. */
export class HealthWatch extends SnapshotWatch<HealthFacts> {
  constructor(options: Omit<SnapshotWatchOptions<HealthFacts>, 'signatureOf'>) {
    const pause = (signal: AbortSignal) => sleep(POLL_MS, undefined, { signal });
    super({ pause, ...options, signatureOf: ({ status }) => status });
  }
}
