import { once } from 'node:events';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { AppError } from '../../errors.ts';
import { type LogEntry, type LogLevel } from '../../monitoring/log-entry.ts';
import { LogFiles, type LogQuery } from '../../monitoring/log-files.ts';
import { escapeControls } from '../escape.ts';
import { COUNTED_BY, type CountedBy, type LogCount, LogCounter } from '../log-counts.ts';
import { dataDir } from '../settings.ts';
import { sinceOf } from '../since.ts';
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import { tableOf } from '../table.ts';

export interface LogsContext {
  readonly folder: () => string;
  /** Waits until the text is taken: a log can be larger than memory. False once the reader has gone, as `head` does. */
  readonly print: (text: string) => Promise<boolean>;
  /** For remarks, beside the lines. */
  readonly note: (text: string) => void;
  readonly listenForStop: () => Pick<StopSignal, 'signal' | 'close'>;
}

const ownLog = (): LogsContext => ({
  folder: () => join(dataDir(), 'logs'),
  print: printer(),
  note: (text) => void process.stderr.write(`${text}\n`),
  listenForStop,
});

/** The names of LOG_LEVEL. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};
const DEFAULT_SINCE = '1h';
/** Rows of a table; --json has them all. */
const MOST_ROWS = 50;

interface LogsOptions {
  readonly follow: boolean;
  readonly level?: string;
  readonly since?: number;
  readonly by?: CountedBy;
  readonly json: boolean;
}

/** Reads the files of the log, whether the installation runs or not, and whatever its other settings say. */
export function logsCommand(context: LogsContext = ownLog()): Command {
  return new Command('logs')
    .description('Shows, counts or follows the lines of the log in DATA_DIR/logs, of all processes of this machine.')
    .addOption(new Option('-f, --follow', 'shows new lines until Ctrl-C').default(false).conflicts('by'))
    .addOption(new Option('--level <level>', 'only this level and more urgent ones').choices(Object.keys(LEVELS)))
    .addOption(
      new Option(
        '--since <age or time>',
        `e.g. 30m, 2h, 1d or 2030-01-31T00:00:00Z (${DEFAULT_SINCE} if left out)`,
      ).argParser((text) => sinceOf(text)),
    )
    .addOption(new Option('--by <what>', 'counts the lines instead').choices([...COUNTED_BY]))
    .option('--json', 'the lines as they were written, or the counts, for scripts', false)
    .action((options: LogsOptions) => run(context, options));
}

async function run(context: LogsContext, options: LogsOptions): Promise<void> {
  const folder = context.folder();
  const files = new LogFiles(folder);
  if (files.names().length === 0 && !options.follow)
    throw new AppError(
      'NOT_FOUND',
      `There is no log in ${folder}. It is written with LOG_FILE=true, and in production by default.`,
    );
  const level = options.level === undefined ? undefined : LEVELS[options.level];
  const query = { level, since: options.since ?? sinceOf(DEFAULT_SINCE) };
  if (options.by !== undefined) await count(context, files, query, options);
  else await show(context, files, query, options);
}

async function count(context: LogsContext, files: LogFiles, query: LogQuery, { by = 'code', json }: LogsOptions) {
  const counter = new LogCounter(by);
  const { unreadable } = await files.read(query, (entries) => counter.add(entries));
  const counts = counter.counts();
  await context.print(json ? `${JSON.stringify(counts.map(jsonOf), null, 2)}\n` : `${tableOfCounts(counts, by)}\n`);
  noteUnreadable(context, unreadable);
}

async function show(context: LogsContext, files: LogFiles, query: LogQuery, options: LogsOptions): Promise<void> {
  const stop = context.listenForStop();
  const gone = new AbortController();
  const until = AbortSignal.any([stop.signal, gone.signal]);
  const textOf = options.json ? jsonLineOf : plainLineOf;
  let isEmpty = true;
  const take = async (entries: readonly LogEntry[]) => {
    isEmpty = false;
    if (!(await context.print(entries.map(textOf).join('')))) gone.abort();
  };
  try {
    // Who follows wants what comes; with --since also what was.
    if (!options.follow || options.since !== undefined)
      noteUnreadable(context, (await files.read(query, take, until)).unreadable);
    if (options.follow) await files.follow(query, take, until);
    else if (isEmpty && !options.json) context.note(nothingSince(query, options.level));
  } finally {
    stop.close();
  }
}

const DAY_MS = 86_400_000;
/** What is advised after a shorter time. */
const LONGER_DAYS = [1, 7, 30] as const;

/** Otherwise an empty log looks like a command that failed. */
function nothingSince({ since }: LogQuery, level: string | undefined): string {
  const lines = level === undefined ? 'log lines' : `log lines of level ${level} or more urgent`;
  const when = since === undefined ? '' : ` since ${isoOf(since)}`;
  const age = Date.now() - (since ?? 0);
  const [longer] = LONGER_DAYS.filter((days) => days * DAY_MS > age);
  return `No ${lines}${when}${longer === undefined ? '' : `: --since ${longer}d looks further back`}.`;
}

function noteUnreadable({ note }: LogsContext, lines: number): void {
  if (lines > 0) note(`${lines} ${lines === 1 ? 'line is' : 'lines are'} not of this program, and left out.`);
}

function plainLineOf({ line, level, message }: LogEntry): string {
  const { level: _level, message: _message, timestamp, err, ...facts }: Record<string, unknown> = JSON.parse(line);
  const error = err === undefined ? '' : `  ${errorOf(err)}`;
  const rest = Object.keys(facts).length > 0 ? `  ${JSON.stringify(facts)}` : '';
  return `${escapeControls(`${timestamp} ${level.padEnd(8)} ${message}${error}${rest}`)}\n`;
}

/** Without the stack, which --json has. */
function errorOf(err: unknown): string {
  if (typeof err !== 'object' || err === null) return String(err);
  const { code, message } = { code: undefined, message: undefined, ...err };
  return [code, message].filter((part) => part !== undefined && part !== null).join(': ');
}

function jsonLineOf({ line }: LogEntry): string {
  return `${escapeControls(line)}\n`;
}

function tableOfCounts(counts: readonly LogCount[], by: CountedBy): string {
  if (counts.length === 0) return 'No line fits.';
  const rows = counts
    .slice(0, MOST_ROWS)
    .map(({ key, count: lines, first, last }) => [String(lines), isoOf(first), isoOf(last), escapeControls(key)]);
  const table = tableOf([['COUNT', 'FIRST', 'LAST', by.toUpperCase()], ...rows]);
  const more = counts.length - rows.length;
  return more > 0 ? `${table}\n… and ${more} more; --json has them all.` : table;
}

function jsonOf({ key, count: lines, first, last }: LogCount) {
  return { key, count: lines, first: isoOf(first), last: isoOf(last) };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

/** Waits while what reads the output, such as a pager, is slower. */
function printer(): LogsContext['print'] {
  const { stdout } = process;
  let isGone = false;
  return async (text) => {
    if (isGone) return false;
    // Without a listener the end of the reader would end this process with a stack.
    if (stdout.listenerCount('error') === 0) stdout.on('error', () => (isGone = true));
    if (stdout.write(text)) return true;
    return await once(stdout, 'drain').then(
      () => true,
      () => false,
    );
  };
}
