import { Command, Option } from 'commander';
import { type JobServices, openJobServices } from '../../app.ts';
import { QueueName, valuesOf } from '../../entities/enums.ts';
import { COMMAND_LINE } from '../../services/audit/actor.ts';
import type { QueueFacts } from '../../services/queues/queue-stats-sql.ts';
import { type UserFault, UserFaultError } from '../../services/user-fault.ts';
import { ageOf } from '../age.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface OperatorContext {
  /** The caller closes it. */
  readonly open: () => Promise<JobServices>;
  readonly print: (text: string) => void;
}

/** The installation of the settings, with output to the terminal. */
export const operatedInstallation = (): OperatorContext => ({
  open: () => openJobServices(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** The result of an action, and its faults. */
interface ActionResult {
  readonly message: string;
  readonly faults?: readonly UserFault[];
}
type QueueAction = (queues: JobServices['queues'], queue: QueueName) => Promise<ActionResult>;

/** `list|pause|resume|retry|clear`, each for one queue or for all. */
export function queueCommand(context: OperatorContext = operatedInstallation()): Command {
  const command = new Command('queue').description('Shows and operates the job queues.');
  command.addCommand(listCommand(context));
  command.addCommand(actionCommand(context, 'pause', 'Stops all workers from starting jobs, until resumed.', pause));
  command.addCommand(actionCommand(context, 'resume', 'Allows jobs to start again.', resume));
  command.addCommand(
    actionCommand(context, 'retry', 'Runs failed jobs again, from their first unfinished stage.', retry),
  );
  command.addCommand(actionCommand(context, 'clear', 'Hides failed jobs; their videos stay failed.', clear));
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

/** Faults of one queue are reported at the end and do not stop the other queues. */
function actionCommand(
  context: OperatorContext,
  commandName: string,
  description: string,
  action: QueueAction,
): Command {
  return queueOption(new Command(commandName).description(description)).action(
    async ({ queue }: { queue?: QueueName }) => {
      const refused: UserFault[] = [];
      await withOperations(context, async ({ queues }) => {
        for (const name of queue ? [queue] : valuesOf(QueueName)) {
          const { message, faults = [] } = await action(queues, name);
          context.print(message);
          refused.push(...faults);
        }
      });
      if (refused.length > 0) throw new UserFaultError(...refused);
    },
  );
}

function listCommand(context: OperatorContext): Command {
  return queueOption(new Command('list').description('Shows the state of each queue.')).action(
    async ({ queue }: { queue?: QueueName }) => {
      await withOperations(context, async ({ queues }) => {
        const stats = await queues.stats();
        const wanted = stats.filter(({ name }) => queue === undefined || name === queue);
        context.print(tableOf([HEADINGS, ...wanted.map(cellsOf)]));
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
