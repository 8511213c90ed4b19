import { Command, InvalidArgumentError } from 'commander';
import { encodeId } from '../../ids.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos.ts';
import { ageOf } from '../age.ts';
import { type OperatorContext, operatedInstallation, withOperations } from './queue.command.ts';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

export function recoverCommand(context: OperatorContext = operatedInstallation()): Command {
  return new Command('recover')
    .description('Takes videos that stand still from their workers and gives them to others; finished stages stay.')
    .option('--timeout <seconds>', 'how long one may stand still', secondsOf, DEFAULT_TIMEOUT_SECONDS)
    .option('--dry-run', 'only say which, and change nothing', false)
    .action(async ({ timeout, dryRun }: { timeout: number; dryRun: boolean }) => {
      await withOperations(context, async ({ recovery }) => {
        const videos = await recovery.recover({ olderThanSeconds: timeout, dryRun });
        for (const video of videos) context.print(lineOf(video));
        context.print(summaryOf(videos.length, timeout, dryRun));
      });
    });
}

function lineOf({ videoId, stage, stuckSeconds }: StuckVideo): string {
  return `${encodeId('video', videoId)}  ${stage ?? 'before its first stage'}  for ${ageOf(stuckSeconds)}`;
}

function summaryOf(count: number, timeout: number, dryRun: boolean): string {
  if (count === 0) return `No video has stood still for more than ${ageOf(timeout)}.`;
  const [videos, wait] = count === 1 ? ['1 video', 'waits'] : [`${count} videos`, 'wait'];
  return dryRun ? `${videos} would be taken back.` : `${videos} taken back; now ${wait} for another worker.`;
}

function secondsOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds, 0 or more.');
  return Number(text);
}
