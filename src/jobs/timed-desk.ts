import { AppError, type ErrorCode } from '../errors.ts';
import type { StageMetrics } from '../monitoring/metrics.ts';
import type { Checkpoint, Desk, ProgressStep, VideoFacts } from '../pipeline/desk.ts';
import type { StageName } from '../pipeline/stages.ts';

/** A making that ends so says nothing about its stage: the worker was stopped, or the video is not its own any more. */
const ABORTED: ReadonlySet<ErrorCode> = new Set(['CANCELED', 'LEASE_LOST']);

/** Makes with this desk; how long each stage took is counted, also of the one in whose middle the making failed. */
export async function timed(desk: Desk, metrics: StageMetrics, make: (desk: Desk) => Promise<void>): Promise<void> {
  const timing = new TimedDesk(desk, metrics);
  try {
    await make(timing);
  } catch (thrown) {
    timing.end(ABORTED.has(AppError.from(thrown).code) ? 'aborted' : 'failed');
    throw thrown;
  }
}

class TimedDesk implements Desk {
  readonly #desk: Desk;
  readonly #metrics: StageMetrics;
  #running: { readonly stage: StageName; readonly begun: number } | undefined;

  constructor(desk: Desk, metrics: StageMetrics) {
    this.#desk = desk;
    this.#metrics = metrics;
  }

  async checkpoint(stage: StageName): Promise<Checkpoint | null> {
    return await this.#desk.checkpoint(stage);
  }

  async begin(step: ProgressStep, provider: string | undefined): Promise<void> {
    await this.#desk.begin(step, provider);
    this.#running = { stage: step.stage, begun: performance.now() };
  }

  async report(step: ProgressStep, facts: VideoFacts): Promise<void> {
    await this.#desk.report(step, facts);
  }

  async note(facts: VideoFacts): Promise<void> {
    await this.#desk.note(facts);
  }

  async complete(step: ProgressStep, checkpoint: Checkpoint, facts: VideoFacts): Promise<void> {
    await this.#desk.complete(step, checkpoint, facts);
    this.end('completed');
  }

  /** The stage under way, where there is one, ends. */
  end(status: 'completed' | 'failed' | 'aborted'): void {
    if (!this.#running) return;
    const { stage, begun } = this.#running;
    this.#running = undefined;
    this.#metrics.stageEnded({ stage: stage.toLowerCase(), status, seconds: (performance.now() - begun) / 1_000 });
  }
}
