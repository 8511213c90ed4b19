import type { AppError } from '../errors.ts';
import type { Failover } from '../providers/chain.ts';
import type { Eta } from './eta.ts';
import type { ProgressStep, StageStore, VideoFacts } from './stage-store.ts';
import { overallProgress, type StageName } from './stages.ts';

export interface ScenePosition {
  readonly index: number;
  readonly count: number;
}

const MIN_REPORT_INTERVAL_MS = 400;

/** Reports of one running stage: in order, never decreasing, and not more often than people can read. */
export class Reporter {
  readonly #stageStore: StageStore;
  readonly #stage: StageName;
  readonly #eta: Eta;
  readonly #onFailure: (error: unknown) => void;
  #fraction = 0;
  #lastSent = Number.NEGATIVE_INFINITY;
  #sent: Promise<void> = Promise.resolve();
  readonly #providers = new Set<string>();
  #notice: { readonly code: string; readonly message: string } | undefined;

  constructor(stageStore: StageStore, stage: StageName, eta: Eta, onFailure: (error: unknown) => void) {
    this.#stageStore = stageStore;
    this.#stage = stage;
    this.#eta = eta;
    this.#onFailure = onFailure;
  }

  /** Progress that is skipped when there was a report a moment ago, e.g. FFmpeg's. `fraction` is 0 to 1. */
  tick(fraction: number, message: string): void {
    if (fraction <= this.#fraction || performance.now() - this.#lastSent < MIN_REPORT_INTERVAL_MS) return;
    void this.#send(fraction, message, undefined, {});
  }

  /** A scene is finished: always reported, with its results. Resolves once it is written. */
  async scene(fraction: number, message: string, scene: ScenePosition, facts: VideoFacts): Promise<void> {
    await this.#send(fraction, message, scene, facts);
  }

  /** A provider has made content of the stage; said with the next report. */
  deliveredBy(provider: string): void {
    this.#providers.add(provider);
  }

  /** Another provider takes over, from the beginning where `anew`: said at once, and shown with the stage. */
  async failover({ provider, error, next }: Failover, anew = false): Promise<void> {
    if (anew) this.#providers.clear();
    const message = `${error.message} ${next} is used instead${anew ? ', for all scenes' : ''}.`;
    this.#notice = { code: error.code, message: `${provider}: ${message}` };
    await this.#send(this.#fraction, message, undefined, {});
  }

  /** A part of the content is left out: said at once, and shown with the stage. */
  async leftOut(provider: string, { code, message }: AppError, consequence: string): Promise<void> {
    this.#notice = { code, message: `${provider}: ${message} ${consequence}` };
    await this.#send(this.#fraction, `${message} ${consequence}`, undefined, {});
  }

  /** Who has made the stage's content so far, and what it had to do without; nothing where it called no provider. */
  get made(): Pick<ProgressStep, 'provider' | 'notice'> {
    return {
      ...(this.#providers.size === 0 ? {} : { provider: [...this.#providers].join(', ') }),
      ...(this.#notice === undefined ? {} : { notice: this.#notice }),
    };
  }

  /** Facts that are stored although the stage is about to fail. */
  async note(facts: VideoFacts): Promise<void> {
    await this.#sent;
    await this.#stageStore.note(facts);
  }

  /** Resolves when everything reported so far is written. */
  async settled(): Promise<void> {
    await this.#sent;
  }

  #send(fraction: number, message: string, scene: ScenePosition | undefined, facts: VideoFacts): Promise<void> {
    this.#fraction = Math.max(this.#fraction, fraction);
    this.#lastSent = performance.now();
    const step = {
      stage: this.#stage,
      stageStatus: 'RUNNING' as const,
      progress: overallProgress(this.#stage, this.#fraction),
      stageProgress: Math.floor(100 * this.#fraction),
      message,
      etaSeconds: this.#eta.secondsLeft(this.#stage, this.#fraction),
      ...this.made,
      ...(scene ? { sceneIndex: scene.index, sceneCount: scene.count } : {}),
    };
    const sent = this.#sent.then(() => this.#stageStore.report(step, facts));
    // Callers of tick() do not wait; a store that refuses (the lease is lost) has to end the work nevertheless.
    this.#sent = sent.catch(this.#onFailure);
    return sent;
  }
}
