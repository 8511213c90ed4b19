import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import type { ClipPrefetcher } from './clip-prefetcher.ts';
import type { Eta } from './eta.ts';
import type { PicturePrefetcher } from './picture-prefetcher.ts';
import type { PipelineRun } from './pipeline-run.ts';
import { Reporter } from './reporter.ts';
import type { VideoFacts } from './stage-store.ts';
import { overallProgress, type StageName } from './stages.ts';

/** A running job. */
export interface PipelineContext extends PipelineRun {
  readonly eta: Eta;
  readonly clipPrefetcher: ClipPrefetcher;
  readonly picturePrefetcher: PicturePrefetcher;
}

/** What a stage can use while it works. */
export interface StageContext extends PipelineContext {
  readonly report: Reporter;
}

/** One stage: from an input (plain data that determines the output) to an output (plain data, stored as its checkpoint). */
export interface Stage<Input, Output extends object> {
  readonly name: StageName;
  /** The messages for people when it begins and when it is done. */
  readonly beginning: string;
  ending(output: Output): string;
  readonly output: z.ZodType<Output>;
  provider(context: PipelineContext): string | undefined;
  run(input: Input, work: StageContext): Promise<Output>;
  /** Properties of the video that clients see from now on. */
  facts(output: Output, input: Input): VideoFacts;
}

/** Whether the stage was finished with the same input, so that it is not repeated. */
export async function isFinished<Input, Output extends object>(
  { name }: Stage<Input, Output>,
  input: Input,
  { stageStore }: PipelineContext,
): Promise<boolean> {
  return (await stageStore.checkpoint(name))?.inputHash === hashOf(input);
}

/** A stage that was finished with the same input is not repeated: its output comes from the checkpoint. */
export async function runStage<Input, Output extends object>(
  stage: Stage<Input, Output>,
  input: Input,
  context: PipelineContext,
): Promise<Output> {
  const { stageStore, eta, signal } = context;
  const inputHash = hashOf(input);
  const checkpoint = await stageStore.checkpoint(stage.name);
  if (checkpoint?.inputHash === inputHash) return stage.output.parse(checkpoint.output);

  signal.throwIfAborted();
  context.stopAfterStage.throwIfAborted();
  await stageStore.begin(
    {
      stage: stage.name,
      stageStatus: 'RUNNING',
      progress: overallProgress(stage.name, 0),
      stageProgress: 0,
      message: stage.beginning,
      etaSeconds: eta.secondsLeft(stage.name, 0),
    },
    stage.provider(context),
  );
  const { output, made } = await workOn(stage, input, context);
  await stageStore.complete(
    {
      stage: stage.name,
      stageStatus: 'COMPLETED',
      progress: overallProgress(stage.name, 1),
      stageProgress: 100,
      message: stage.ending(output),
      etaSeconds: eta.secondsLeft(stage.name, 1),
      ...made,
    },
    { inputHash, output },
    stage.facts(output, input),
  );
  eta.stageFinished(stage.name);
  return output;
}

/** A store that refuses a report ends the work at once, with the store's error. */
async function workOn<Input, Output extends object>(
  stage: Stage<Input, Output>,
  input: Input,
  context: PipelineContext,
): Promise<{ output: Output; made: Reporter['made'] }> {
  const refused = new AbortController();
  const report = new Reporter(context.stageStore, stage.name, context.eta, (reason) => refused.abort(reason));
  const signal = AbortSignal.any([context.signal, refused.signal]);
  try {
    const output = await stage.run(input, { ...context, signal, report });
    await report.settled();
    signal.throwIfAborted();
    return { output, made: report.made };
  } catch (thrown) {
    // The reason of the abort says more than the error that it caused.
    signal.throwIfAborted();
    throw thrown;
  }
}
