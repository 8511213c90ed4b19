import { Command, InvalidArgumentError } from 'commander';
import { encodeId } from '../../ids.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos-sql.ts';
import { ageOf } from '../age.ts';
import { type OperatorContext, operatedInstallation, withOperations } from './queue.command.ts';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

export function recoverCommand(context: OperatorContext = operatedInstallation()): Command {
  return new Command('recover')
    .description('Takes stalled videos from their workers and queues them again; finished stages are kept.')
    .option('--timeout <seconds>', 'how long a video may be without progress', secondsOf, DEFAULT_TIMEOUT_SECONDS)
    .option('--dry-run', 'only list the videos, and change nothing', false)
    .action(async ({ timeout, dryRun }: { timeout: number; dryRun: boolean }) => {
      await withOperations(context, async ({ recovery }) => {
        const videos = await recovery.recover(COMMAND_LINE, { olderThanSeconds: timeout, dryRun });
        for (const video of videos) context.print(lineOf(video));
        context.print(summaryOf(videos.length, timeout, dryRun));
      });
    });
}

function lineOf({ videoId, stage, stuckSeconds }: StuckVideo): string {
  return `${encodeId('video', videoId)}  ${stage ?? 'before its first stage'}  for ${ageOf(stuckSeconds)}`;
}

function summaryOf(count: number, timeout: number, dryRun: boolean): string {
  if (count === 0) return `No video has been stalled for more than ${ageOf(timeout)}.`;
  const [videos, wait] = count === 1 ? ['1 video', 'waits'] : [`${count} videos`, 'wait'];
  return dryRun ? `${videos} would be queued again.` : `${videos} queued again; now ${wait} for another worker.`;
}

function secondsOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds, 0 or more.');
  return Number(text);
}
