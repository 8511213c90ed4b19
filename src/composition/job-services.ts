import type { EventBus } from '../events/redis/event-bus.ts';
import { GenerationRuns } from '../services/generations/generation-runs.ts';
import type { JobQueue } from '../services/queues/job-queue.ts';
import { type QueueReadCaches, QueueService } from '../services/queues/queue.service.ts';
import { RecoveryService } from '../services/queues/recovery.service.ts';
import { RunService, type RunServiceParts } from '../services/videos/run.service.ts';

export interface JobServicesParts extends RunServiceParts {
  readonly bus: Pick<EventBus, 'publish' | 'publishGeneration'>;
  readonly jobs: JobQueue;
  /** How long ended jobs are stored and counted. */
  readonly retentionDays: number;
}

/** The services that start, end and operate runs; the same for the API, for workers and for commands, and stateless. */
export function jobServicesOf(parts: JobServicesParts, readCaches?: QueueReadCaches) {
  const { db, jobs, quotas, bus, retentionDays, onWork, onStopped } = parts;
  const runs = new RunService(parts);
  const generationRuns = new GenerationRuns({ jobs, quotas });
  const queues = new QueueService({
    db,
    jobs,
    runs,
    generationRuns,
    bus,
    retentionDays,
    onWork,
    ...(readCaches && { readCaches }),
  });
  return { runs, queues, recovery: new RecoveryService({ db, jobs, bus, onWork, onStopped }) };
}
