import { Command, Option } from 'commander';
import { type Operations, openOperations } from '../app.ts';
import { QueueName, valuesOf } from '../entities/enums.ts';
import type { QueueFacts } from '../services/queue-stats.ts';
import { type UserFault, UserFaultError } from '../services/user-fault.ts';
import { ageOf } from './age.ts';
import { settings } from './settings.ts';
import { tableOf } from './table.ts';

export interface OperatorPlace {
  /** Whoever opens it closes it. */
  readonly open: () => Promise<Operations>;
  readonly say: (text: string) => void;
}

/** The installation that the settings name, and the terminal. */
export const thisInstallation = (): OperatorPlace => ({
  open: () => openOperations(settings()),
  say: (text) => void process.stdout.write(`${text}\n`),
});

/** What was done, and what could not be. */
interface Done {
  readonly said: string;
  readonly faults?: readonly UserFault[];
}
type Work = (queues: Operations['queues'], queue: QueueName) => Promise<Done>;

/** `list|pause|resume|retry|clear`, each for one queue or for all. */
export function queueCommand(place: OperatorPlace = thisInstallation()): Command {
  const command = new Command('queue').description('Shows the queues of work and operates them.');
  command.addCommand(listCommand(place));
  command.addCommand(workCommand(place, 'pause', 'Lets no job begin, on any worker, until resumed.', pause));
  command.addCommand(workCommand(place, 'resume', 'Lets jobs begin again.', resume));
  command.addCommand(workCommand(place, 'retry', 'Runs failed jobs again, from their first unfinished stage.', retry));
  command.addCommand(workCommand(place, 'clear', 'Shows failed jobs no more; their videos stay failed.', clear));
  return command;
}

const pause: Work = async (queues, queue) => {
  await queues.pause(queue);
  return { said: `${queue} is paused; running jobs are finished.` };
};

const resume: Work = async (queues, queue) => {
  const waiting = (await queues.resume(queue))?.waiting ?? 0;
  return { said: `${queue} goes on; ${waiting} ${waiting === 1 ? 'job waits' : 'jobs wait'}.` };
};

const retry: Work = async (queues, queue) => {
  const { retried, faults } = await queues.retryFailed(queue);
  return { said: `${queue}: ${retried} failed ${retried === 1 ? 'job runs' : 'jobs run'} again.`, faults };
};

const clear: Work = async (queues, queue) => {
  const cleared = await queues.clearFailed(queue);
  return { said: `${queue}: ${cleared} failed ${cleared === 1 ? 'job is' : 'jobs are'} shown no more.` };
};

/** What is refused in one queue is told at the end, and keeps none of the others back. */
function workCommand(place: OperatorPlace, name: string, description: string, work: Work): Command {
  return queueOption(new Command(name).description(description)).action(async ({ queue }: { queue?: QueueName }) => {
    const refused: UserFault[] = [];
    await withOperations(place, async ({ queues }) => {
      for (const each of queue ? [queue] : valuesOf(QueueName)) {
        const { said, faults = [] } = await work(queues, each);
        place.say(said);
        refused.push(...faults);
      }
    });
    if (refused.length > 0) throw new UserFaultError(...refused);
  });
}

function listCommand(place: OperatorPlace): Command {
  return queueOption(new Command('list').description('Shows how each queue stands.')).action(
    async ({ queue }: { queue?: QueueName }) => {
      await withOperations(place, async ({ queues }) => {
        const stats = await queues.stats();
        const wanted = stats.filter(({ name }) => queue === undefined || name === queue);
        place.say(tableOf([HEADINGS, ...wanted.map(cellsOf)]));
      });
    },
  );
}

function queueOption(command: Command): Command {
  return command.addOption(new Option('--queue <name>', 'all of them if left out').choices(valuesOf(QueueName)));
}

/** Opens the installation for some work, and closes it whatever comes of it. */
export async function withOperations(
  { open }: OperatorPlace,
  work: (opened: Operations) => Promise<void>,
): Promise<void> {
  const opened = await open();
  try {
    await work(opened);
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
