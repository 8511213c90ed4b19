import { Command, InvalidArgumentError } from 'commander';
import type { JobServices } from '../../command-services.ts';
import { encodeId } from '../../ids.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import { readDelayedJobs } from '../../services/queues/queue-troubles-sql.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos-sql.ts';
import { ageOf } from '../age.ts';
import { delayedLines } from '../queue-texts.ts';
import { tableOf } from '../table.ts';
import { type OperatorContext, operatedInstallation, withOperations } from './queue.command.ts';

const DEFAULT_TIMEOUT_SECONDS = 3_600;

interface RecoverOptions {
  readonly timeout: number;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/** Scripts, which have no terminal, are not asked. */
export function recoverCommand(context: OperatorContext = operatedInstallation()): Command {
  return new Command('recover')
    .description(
      'Takes stalled videos from their workers and queues them again; finished stages are kept. At a terminal it shows them and asks first.',
    )
    .option('--timeout <seconds>', 'how long a video may be without progress', secondsOf, DEFAULT_TIMEOUT_SECONDS)
    .option('--dry-run', 'only list the videos, and change nothing', false)
    .option('--yes', 'does not ask', false)
    .action(async (options: RecoverOptions) => {
      await withOperations(context, async (opened) => {
        if (options.yes || options.dryRun || !context.confirm) await recover(context, opened, options);
        else await recoverAfterQuestion(context, opened, options);
        // They are not stalled, though nothing of them can be seen either.
        for (const line of delayedLines(await readDelayedJobs(opened.db.sql()))) context.print(line);
      });
    });
}

async function recover(
  { print }: OperatorContext,
  { recovery }: JobServices,
  { timeout, dryRun }: RecoverOptions,
  videoIds?: readonly string[],
): Promise<void> {
  const videos = await recovery.recover(COMMAND_LINE, { olderThanSeconds: timeout, dryRun, videoIds });
  for (const video of videos) print(lineOf(video));
  print(summaryOf(videos.length, timeout, dryRun));
}

/** Recovers those that were shown, and no others that became stalled meanwhile. */
async function recoverAfterQuestion(
  context: OperatorContext,
  opened: JobServices,
  options: RecoverOptions,
): Promise<void> {
  const { print, confirm } = context;
  const found = await opened.recovery.stuck(options.timeout);
  if (found.length === 0) return print(summaryOf(0, options.timeout, false));
  print(tableOf([HEADINGS, ...found.map(cellsOf)]));
  const question = `Take ${found.length === 1 ? 'it from its worker' : 'them from their workers'}, and queue ${found.length === 1 ? 'it' : 'them'} again?`;
  if (await confirm?.(question)) {
    const ids = found.map(({ videoId }) => videoId);
    await recover(context, opened, options, ids);
  } else print('Nothing was changed.');
}

const HEADINGS = ['VIDEO', 'STAGE', 'PROGRESS', 'STALLED FOR', 'LAST HEARTBEAT'];

function cellsOf({ videoId, stage, progress, stuckSeconds, lastHeartbeatAt }: StuckVideo): string[] {
  return [
    encodeId('video', videoId),
    stage ?? '–',
    `${progress} %`,
    ageOf(stuckSeconds),
    lastHeartbeatAt?.toISOString() ?? 'never',
  ];
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
