import type { z } from 'zod';
import { hashOf } from '../content-hash.ts';
import type { VideoFacts } from './desk.ts';
import type { Making } from './job.ts';
import { Reporter } from './reporter.ts';
import { overallProgress, type StageName } from './stages.ts';

/** What a stage may use while it works. */
export interface Work extends Making {
  readonly report: Reporter;
}

/** One stage: from an input (plain data that decides the output) to an output (plain data, kept as its checkpoint). */
export interface Stage<Input, Output extends object> {
  readonly name: StageName;
  /** What a person reads when it begins, and when it is done. */
  readonly beginning: string;
  ending(output: Output): string;
  readonly output: z.ZodType<Output>;
  provider(making: Making): string | undefined;
  run(input: Input, work: Work): Promise<Output>;
  /** What clients see of the video from now on. */
  facts(output: Output, input: Input): VideoFacts;
}

/** A stage that was finished with the same input is not done again: its output comes from the checkpoint. */
export async function runStage<Input, Output extends object>(
  stage: Stage<Input, Output>,
  input: Input,
  making: Making,
): Promise<Output> {
  const { desk, eta, signal } = making;
  const inputHash = hashOf(input);
  const checkpoint = await desk.checkpoint(stage.name);
  if (checkpoint?.inputHash === inputHash) return stage.output.parse(checkpoint.output);

  signal.throwIfAborted();
  making.stopAfterStage.throwIfAborted();
  await desk.begin(
    {
      stage: stage.name,
      stageStatus: 'RUNNING',
      progress: overallProgress(stage.name, 0),
      stageProgress: 0,
      message: stage.beginning,
      etaSeconds: eta.secondsLeft(stage.name, 0),
    },
    stage.provider(making),
  );
  const output = await workOn(stage, input, making);
  await desk.complete(
    {
      stage: stage.name,
      stageStatus: 'COMPLETED',
      progress: overallProgress(stage.name, 1),
      stageProgress: 100,
      message: stage.ending(output),
      etaSeconds: eta.secondsLeft(stage.name, 1),
    },
    { inputHash, output },
    stage.facts(output, input),
  );
  eta.worked(stage.name);
  return output;
}

/** A desk that refuses a report ends the work at once, with the desk's own reason. */
async function workOn<Input, Output extends object>(
  stage: Stage<Input, Output>,
  input: Input,
  making: Making,
): Promise<Output> {
  const refused = new AbortController();
  const report = new Reporter(making.desk, stage.name, making.eta, (reason) => refused.abort(reason));
  const signal = AbortSignal.any([making.signal, refused.signal]);
  try {
    const output = await stage.run(input, { ...making, signal, report });
    await report.settled();
    signal.throwIfAborted();
    return output;
  } catch (thrown) {
    // Why it was aborted says more than how the work ended because of it.
    signal.throwIfAborted();
    throw thrown;
  }
}
