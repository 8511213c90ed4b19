import { AppError, type ErrorCode } from '../../errors.ts';
import type { StageMetrics } from '../../monitoring/metrics.ts';
import type { Checkpoint, ProgressStep, StageStore, VideoFacts } from '../../pipeline/stage-store.ts';
import type { StageName } from '../../pipeline/stages.ts';
import type { JobTrace } from './job-trace.ts';

/** A run that ends with one of these is no result of its stage: the worker was stopped, or has lost the video's lease. */
const ABORTED: ReadonlySet<ErrorCode> = new Set(['CANCELED', 'LEASE_LOST']);

export interface StageObservers {
  readonly metrics: StageMetrics;
  readonly trace?: Pick<JobTrace, 'stageBegan' | 'stageEnded'> | undefined;
}

/** A stage store that measures and traces how long each stage takes, including the one in which a run fails. */
export async function withStageTiming(
  stageStore: StageStore,
  observers: StageObservers,
  make: (stageStore: StageStore) => Promise<void>,
): Promise<void> {
  const timedStageStore = new TimedStageStore(stageStore, observers);
  try {
    await make(timedStageStore);
  } catch (thrown) {
    timedStageStore.end(ABORTED.has(AppError.from(thrown).code) ? 'aborted' : 'failed');
    throw thrown;
  }
}

class TimedStageStore implements StageStore {
  readonly #stageStore: StageStore;
  readonly #observers: StageObservers;
  #running: { readonly stage: StageName; readonly begun: number } | undefined;

  constructor(stageStore: StageStore, observers: StageObservers) {
    this.#stageStore = stageStore;
    this.#observers = observers;
  }

  async checkpoint(stage: StageName): Promise<Checkpoint | null> {
    return await this.#stageStore.checkpoint(stage);
  }

  async begin(step: ProgressStep, provider: string | undefined): Promise<void> {
    await this.#stageStore.begin(step, provider);
    this.#running = { stage: step.stage, begun: performance.now() };
    this.#observers.trace?.stageBegan(step.stage);
  }

  async report(step: ProgressStep, facts: VideoFacts): Promise<void> {
    await this.#stageStore.report(step, facts);
  }

  async note(facts: VideoFacts): Promise<void> {
    await this.#stageStore.note(facts);
  }

  async complete(step: ProgressStep, checkpoint: Checkpoint, facts: VideoFacts): Promise<void> {
    await this.#stageStore.complete(step, checkpoint, facts);
    this.end('success');
  }

  /** Ends the measurement of the current stage, where there is one. */
  end(status: 'success' | 'failed' | 'aborted'): void {
    if (!this.#running) return;
    const { stage, begun } = this.#running;
    this.#running = undefined;
    const { metrics, trace } = this.#observers;
    trace?.stageEnded(stage, status);
    metrics.stageEnded({ stage: stage.toLowerCase(), status, seconds: (performance.now() - begun) / 1_000 });
  }
}
