import { Command, InvalidArgumentError } from 'commander';
import { encodeId } from '../ids.ts';
import type { StuckVideo } from '../services/stuck-videos.ts';
import { ageOf } from './age.ts';
import { type OperatorPlace, thisInstallation, withOperations } from './queue.command.ts';

const USUAL_TIMEOUT = 3_600;

export function recoverCommand(place: OperatorPlace = thisInstallation()): Command {
  return new Command('recover')
    .description('Takes videos that stand still from their workers and gives them to others; finished stages stay.')
    .option('--timeout <seconds>', 'how long one may stand still', secondsOf, USUAL_TIMEOUT)
    .option('--dry-run', 'only say which, and change nothing', false)
    .action(async ({ timeout, dryRun }: { timeout: number; dryRun: boolean }) => {
      await withOperations(place, async ({ recovery }) => {
        const videos = await recovery.recover({ olderThanSeconds: timeout, dryRun });
        for (const video of videos) place.say(lineOf(video));
        place.say(summaryOf(videos.length, timeout, dryRun));
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
