import { Command, Option } from 'commander';
import { type JobServices, openJobServices } from '../../command-services.ts';
import { QueueName, valuesOf } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import type { ActiveJobFacts } from '../../services/queues/active-jobs-sql.ts';
import type { FailedJobFacts } from '../../services/queues/failed-jobs-sql.ts';
import type { QueueFacts } from '../../services/queues/queue-stats-sql.ts';
import { countFailures, readDelayedJobs } from '../../services/queues/queue-troubles-sql.ts';
import { type UserFault, UserFaultError } from '../../services/user-fault.ts';
import { ageOf } from '../age.ts';
import { type Confirm, confirmAtTerminal } from '../confirm.ts';
import { pageOfError } from '../error-pages.ts';
import { blockedPhrase, delayedLines, FAILURE_HEADINGS, failureCells } from '../queue-texts.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface OperatorContext {
  /** The caller closes it. */
  readonly open: () => Promise<JobServices>;
  readonly print: (text: string) => void;
  /** Undefined where there is no terminal to ask at. */
  readonly confirm?: Confirm | undefined;
}

/** The installation of the settings, with output to the terminal. */
export const operatedInstallation = (): OperatorContext => ({
  open: () => openJobServices(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
  confirm: confirmAtTerminal(),
});

/** The result of an action, and its faults. */
interface ActionResult {
  readonly message: string;
  readonly faults?: readonly UserFault[];
}
type QueueAction = (queues: JobServices['queues'], queue: QueueName) => Promise<ActionResult>;

/** `list|active|failed|pause|resume|retry|clear`, each for one queue or for all. */
export function queueCommand(context: OperatorContext = operatedInstallation()): Command {
  const command = new Command('queue').description('Shows and operates the job queues.');
  command.addCommand(listCommand(context));
  command.addCommand(activeCommand(context));
  command.addCommand(actionCommand(context, 'pause', 'Stops all workers from starting jobs, until resumed.', pause));
  command.addCommand(actionCommand(context, 'resume', 'Allows jobs to start again.', resume));
  command.addCommand(failedCommand(context));
  command.addCommand(retryCommand(context));
  command.addCommand(clearCommand(context));
  return command;
}

const pause: QueueAction = async (queues, queue) => {
  await queues.pause(COMMAND_LINE, queue);
  return { message: `${queue} is paused; running jobs are finished.` };
};

const resume: QueueAction = async (queues, queue) => {
  const waiting = (await queues.resume(COMMAND_LINE, queue))?.waiting ?? 0;
  return { message: `${queue} is resumed; ${waiting} ${waiting === 1 ? 'job waits' : 'jobs wait'}.` };
};

const retry: QueueAction = async (queues, queue) => {
  const { retried, faults } = await queues.retryFailed(COMMAND_LINE, queue);
  return { message: `${queue}: ${retried} failed ${retried === 1 ? 'job runs' : 'jobs run'} again.`, faults };
};

const clear: QueueAction = async (queues, queue) => {
  const cleared = await queues.clearFailed(COMMAND_LINE, queue);
  return { message: `${queue}: ${cleared} failed ${cleared === 1 ? 'job is' : 'jobs are'} no longer shown.` };
};

const cancelWaiting: QueueAction = async (queues, queue) => {
  const canceled = await queues.cancelWaiting(COMMAND_LINE, queue);
  return { message: `${queue}: ${canceled} waiting ${canceled === 1 ? 'job is' : 'jobs are'} canceled.` };
};

/** Faults of one queue are reported at the end and do not stop the other queues. */
function actionCommand(
  context: OperatorContext,
  commandName: string,
  description: string,
  action: QueueAction,
): Command {
  return queueOption(new Command(commandName).description(description)).action(({ queue }: { queue?: QueueName }) =>
    runAction(context, action, queue),
  );
}

function retryCommand(context: OperatorContext): Command {
  const description =
    'Runs failed jobs again, from their first unfinished stage; asks where their provider still fails.';
  return queueOption(new Command('retry').description(description))
    .option('--yes', 'does not ask', false)
    .action(async ({ queue, yes }: { queue?: QueueName; yes: boolean }) => {
      await withOperations(context, async (opened) => {
        if (yes || (await isWorthRetrying(context, opened, queue))) await actOn(context, opened, retry, queue);
      });
    });
}

/** Without a question where no provider of the failures is known to fail. Throws INVALID_INPUT where no one can answer. */
async function isWorthRetrying({ print, confirm }: OperatorContext, opened: JobServices, queue?: QueueName) {
  const blocked = (await opened.blockedFailures()).filter((one) => queue === undefined || one.queue === queue);
  const [first] = blocked;
  if (!first) return true;
  for (const one of blocked) print(`${blockedPhrase(one)}. Mend it first: ${pageOfError(one.errorCode)}`);
  const sentence = 'These jobs would probably fail again, and may cost money again.';
  if (!confirm) {
    const more = `Test the provider with "autovideo providers test ${first.provider}", or add --yes.`;
    throw new AppError('INVALID_INPUT', `${sentence} ${more}`);
  }
  const isConfirmed = await confirm(`${sentence} Run them all the same?`);
  if (!isConfirmed) print('Nothing was changed.');
  return isConfirmed;
}

async function runAction(context: OperatorContext, action: QueueAction, queue: QueueName | undefined): Promise<void> {
  await withOperations(context, (opened) => actOn(context, opened, action, queue));
}

async function actOn({ print }: OperatorContext, { queues }: JobServices, action: QueueAction, queue?: QueueName) {
  const refused: UserFault[] = [];
  for (const name of queue ? [queue] : valuesOf(QueueName)) {
    const { message, faults = [] } = await action(queues, name);
    print(message);
    refused.push(...faults);
  }
  if (refused.length > 0) throw new UserFaultError(...refused);
}

interface ClearOptions {
  readonly queue?: QueueName;
  readonly waiting: boolean;
  readonly yes: boolean;
}

function clearCommand(context: OperatorContext): Command {
  return queueOption(new Command('clear').description('Hides failed jobs; their videos stay failed.'))
    .option('--waiting', 'cancels the jobs that wait instead, with their videos; asks first', false)
    .option('--yes', 'with --waiting: does not ask', false)
    .action(async ({ queue, waiting, yes }: ClearOptions) => {
      if (!waiting) return await runAction(context, clear, queue);
      if (!yes && !context.confirm)
        throw new AppError('INVALID_INPUT', 'There is no terminal to ask at: add --yes to cancel the waiting jobs.');
      await withOperations(context, async (opened) => {
        if (yes || (await isClearConfirmed(context, opened, queue))) await actOn(context, opened, cancelWaiting, queue);
      });
    });
}

/** False without a question where nothing waits. */
async function isClearConfirmed(context: OperatorContext, { queues }: JobServices, queue: QueueName | undefined) {
  const facts = (await queues.stats()).filter(({ name }) => queue === undefined || name === queue);
  const waiting = facts.filter((one) => one.waiting + one.delayed > 0);
  for (const one of waiting)
    context.print(`${one.name}: ${one.waiting} waiting, and ${one.delayed} that wait for their next attempt.`);
  if (waiting.length === 0) {
    context.print('No job waits.');
    return false;
  }
  const isConfirmed = await context.confirm?.('Cancel them, with their videos? Owners can run these again.');
  if (!isConfirmed) context.print('Nothing was changed.');
  return isConfirmed === true;
}

/** As many as all workers of a large installation have slots for. */
const MOST_ACTIVE = 1_000;

function activeCommand(context: OperatorContext): Command {
  return queueOption(new Command('active').description('Shows what each worker is making, and its last heartbeat.'))
    .option('--json', 'for scripts', false)
    .action(async ({ queue, json }: { queue?: QueueName; json: boolean }) => {
      await withOperations(context, async ({ db, queues }) => {
        const jobs = await queues.activeJobs(queue ?? null, MOST_ACTIVE);
        if (json) return context.print(JSON.stringify(jobs.map(jsonOf), null, 2));
        if (jobs.length === 0) context.print('No worker has a job.');
        else context.print(tableOf([ACTIVE_HEADINGS, ...jobs.map(activeCellsOf)]));
        for (const line of delayedLines(await readDelayedJobs(db.sql()), queue)) context.print(line);
      });
    });
}

/** Of one queue. */
const MOST_FAILED = 1_000;

function failedCommand(context: OperatorContext): Command {
  return queueOption(new Command('failed').description('Shows what has failed and why, by the code of the error.'))
    .option('--json', 'each job, for scripts', false)
    .action(async ({ queue, json }: { queue?: QueueName; json: boolean }) => {
      await withOperations(context, async ({ db, queues }) => {
        if (json) {
          const names = queue ? [queue] : valuesOf(QueueName);
          const jobs = await Promise.all(names.map((name) => queues.failedJobs(name, MOST_FAILED)));
          return context.print(JSON.stringify(jobs.flat().map(jsonOf), null, 2));
        }
        const failures = (await countFailures(db.sql())).filter((one) => queue === undefined || one.queue === queue);
        if (failures.length === 0) context.print('No failed job is shown.');
        else context.print(tableOf([FAILURE_HEADINGS, ...failures.map(failureCells)]));
      });
    });
}

function listCommand(context: OperatorContext): Command {
  return queueOption(new Command('list').description('Shows the state of each queue.')).action(
    async ({ queue }: { queue?: QueueName }) => {
      await withOperations(context, async ({ db, queues }) => {
        const stats = await queues.stats();
        const wanted = stats.filter(({ name }) => queue === undefined || name === queue);
        context.print(tableOf([HEADINGS, ...wanted.map(cellsOf)]));
        for (const line of delayedLines(await readDelayedJobs(db.sql()), queue)) context.print(line);
      });
    },
  );
}

function queueOption(command: Command): Command {
  return command.addOption(new Option('--queue <name>', 'all queues if left out').choices(valuesOf(QueueName)));
}

/** Opens the installation for an action, and closes it whether the action succeeds or fails. */
export async function withOperations(
  { open }: OperatorContext,
  action: (opened: JobServices) => Promise<void>,
): Promise<void> {
  const opened = await open();
  try {
    await action(opened);
  } finally {
    await opened.close();
  }
}

const HEADINGS = ['QUEUE', 'STATE', 'WAITING', 'DELAYED', 'ACTIVE', 'DONE', 'FAILED', 'OLDEST', 'WORKERS'];

function cellsOf(queue: QueueFacts): string[] {
  const { waiting, delayed, active, succeeded, failed, workers, oldestWaitingSeconds } = queue;
  return [
    queue.name,
    queue.paused ? 'PAUSED' : queue.status,
    ...[waiting, delayed, active, succeeded, failed].map(String),
    oldestWaitingSeconds === null ? '–' : ageOf(oldestWaitingSeconds),
    String(workers),
  ];
}

const ACTIVE_HEADINGS = ['QUEUE', 'JOB', 'VIDEO', 'WORKER', 'STAGE', 'FOR', 'HEARTBEAT'];

function activeCellsOf({ queue, id, videoId, stage, activeSeconds, heartbeatAgeSeconds, ...job }: ActiveJobFacts) {
  return [
    queue,
    encodeId('job', id),
    videoId === null ? '–' : encodeId('video', videoId),
    job.workerHost === null ? 'unknown' : `${job.workerHost}:${job.workerPid}`,
    stage ?? '–',
    ageOf(activeSeconds),
    heartbeatAgeSeconds === null ? 'never' : `${ageOf(heartbeatAgeSeconds)} ago`,
  ];
}

function jsonOf({ id, videoId, ...job }: ActiveJobFacts | FailedJobFacts) {
  return { id: encodeId('job', id), videoId: videoId === null ? null : encodeId('video', videoId), ...job };
}
