import type { RunningSpan, SpanAttributes, Tracing } from '../../monitoring/tracing.ts';
import type { StageName } from '../../pipeline/stages.ts';

export interface JobTraceStart {
  readonly traceId: string;
  /** Of the request that ordered the work. */
  readonly parentSpanId: string | null;
  /** What the job makes, e.g. "video". */
  readonly noun: string;
  readonly attributes: SpanAttributes;
}

/** An attempt at a provider; the values are those of its metric. */
export interface TracedCall {
  readonly provider: string;
  readonly model: string;
  readonly type: string;
  /** That needs the content, where there is one. */
  readonly stage?: string | undefined;
}

/** How a stage ended, as its metric names it. */
type StageStatus = 'success' | 'failed' | 'aborted';

/** The spans of one attempt at a job: the attempt, its stages, and the calls of providers. Records nothing where tracing is off. */
export class JobTrace {
  readonly #tracing: Tracing | undefined;
  readonly #traceId: string;
  readonly #job: RunningSpan | undefined;
  readonly #stages = new Map<string, RunningSpan>();

  constructor(tracing: Tracing | undefined, { traceId, parentSpanId, noun, attributes }: JobTraceStart) {
    this.#tracing = tracing;
    this.#traceId = traceId;
    this.#job = tracing?.begin({ traceId, parentSpanId, name: `make ${noun}`, kind: 'consumer', attributes });
  }

  stageBegan(stage: StageName): void {
    const span = this.#begin(`stage ${stage}`, 'internal', { stage });
    if (span) this.#stages.set(stage, span);
  }

  stageEnded(stage: StageName, status: StageStatus): void {
    this.#stages.get(stage)?.end(status === 'failed' ? 'STAGE_FAILED' : undefined, { status });
    this.#stages.delete(stage);
  }

  /** Part of the stage that needs the content where that runs, else of the attempt: pictures are made while the voice speaks. */
  beginCall({ provider, model, type, stage }: TracedCall): { end(status: string): void } {
    const parent = stage === undefined ? undefined : this.#stages.get(stage);
    const attributes = { 'peer.service': provider, model, type, ...(stage !== undefined && { stage }) };
    const span = this.#begin(`call ${provider}`, 'client', attributes, parent);
    return { end: (status) => span?.end(status === 'success' ? undefined : status, { status }) };
  }

  end(errorCode?: string): void {
    this.#job?.end(errorCode);
  }

  #begin(name: string, kind: 'internal' | 'client', attributes: SpanAttributes, parent = this.#job) {
    const parentSpanId = parent?.spanId ?? null;
    return this.#tracing?.begin({ traceId: this.#traceId, parentSpanId, name, kind, attributes });
  }
}
