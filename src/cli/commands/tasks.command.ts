import { Command } from 'commander';
import { openTasks, type Tasks } from '../../command-services.ts';
import { ageOf } from '../age.ts';
import { settings } from '../settings.ts';
import { listenForStop } from '../stop-signal.ts';
import { tableOf } from '../table.ts';

export interface TasksContext {
  /** The caller closes it. */
  readonly open: () => Promise<Tasks>;
  readonly print: (text: string) => void;
}

type Facts = Awaited<ReturnType<Tasks['scheduler']['list']>>[number];

/** The installation of the settings, with output to the terminal. */
const operatedInstallation = (): TasksContext => ({
  open: () => openTasks(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** Lists the periodic tasks; `run NAME` runs one now. */
export function tasksCommand(context: TasksContext = operatedInstallation()): Command {
  const command = new Command('tasks').description('Shows the periodic tasks and runs them.');
  command.addCommand(
    new Command('list')
      .description('Shows each task with its last result and its next run.')
      .action(() => list(context)),
    { isDefault: true },
  );
  command.addCommand(
    new Command('run')
      .description('Runs a task now, unless it is already running.')
      .argument('<name>', 'as shown by the list')
      .action((name: string) => run(context, name)),
  );
  return command;
}

async function list(context: TasksContext): Promise<void> {
  await withTasks(context, async ({ scheduler }) => {
    const tasks = await scheduler.list();
    context.print(tableOf([HEADINGS, ...tasks.map(cellsOf)]));
    for (const { name, lastError, lastResult } of tasks) {
      if (lastError) context.print(`${name}: ${lastError}`);
      else if (lastResult) context.print(`${name} ${lastResult}.`);
    }
  });
}

/** Ctrl-C aborts it; completed work is kept. */
async function run(context: TasksContext, name: string): Promise<void> {
  const stop = listenForStop();
  try {
    await withTasks(context, async ({ scheduler, close }) => {
      stop.signal.addEventListener('abort', () => void close(), { once: true });
      const ended = await scheduler.runNow(name);
      if (!ended) context.print(`${name} is already running.`);
      else if (ended.error) throw ended.error;
      else
        context.print(
          `${name} is done, in ${ended.seconds.toFixed(1)} s${ended.result ? `; it ${ended.result}` : ''}.`,
        );
    });
  } finally {
    stop.close();
  }
}

async function withTasks({ open }: TasksContext, work: (opened: Tasks) => Promise<void>): Promise<void> {
  const opened = await open();
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

const HEADINGS = ['TASK', 'SCHEDULE', 'STARTED', 'OUTCOME', 'TOOK', 'NEXT'];

function cellsOf({ name, schedule, lastStartedAt, lastFinishedAt, lastOutcome, dueInSeconds }: Facts): string[] {
  const took = lastStartedAt && lastFinishedAt ? lastFinishedAt.getTime() - lastStartedAt.getTime() : null;
  return [
    name,
    schedule,
    lastStartedAt?.toISOString() ?? '–',
    lastOutcome ?? (lastStartedAt ? 'RUNNING' : '–'),
    took === null ? '–' : `${(took / 1_000).toFixed(1)} s`,
    dueInSeconds <= 0 ? 'now' : `in ${ageOf(dueInSeconds)}`,
  ];
}
