import type { QueueName } from '../entities/enums.ts';
import type { BlockedFailures } from '../services/providers/failing-providers.ts';
import type { DelayedJobs, FailureCount, QueuePause } from '../services/queues/queue-troubles-sql.ts';
import { ageOf } from './age.ts';
import { pageOfError } from './error-pages.ts';

/** When jobs that failed are tried again, and why they failed. */
export function delayedSentence({ queue, jobs, nextAt, inSeconds, errorCode }: DelayedJobs): string {
  const wait = jobs === 1 ? '1 job waits for its next attempt' : `${jobs} jobs wait for their next attempt`;
  const when = `in ${ageOf(inSeconds)} (${nextAt.toISOString()})`;
  const first = jobs === 1 ? when : `the first ${when}`;
  return `${queue}: ${wait}, ${first}${errorCode === null ? '' : `; its last error is ${errorCode}`}.`;
}

/** With the page of its error, one line for each queue. */
export function delayedLines(delayed: readonly DelayedJobs[], queue?: QueueName): string[] {
  return delayed
    .filter((one) => queue === undefined || one.queue === queue)
    .map((one) => `${delayedSentence(one)}${pageNote(one.errorCode)}`);
}

function pageNote(code: string | null): string {
  const page = code === null ? undefined : pageOfError(code);
  return page === undefined ? '' : ` See ${page}.`;
}

export const FAILURE_HEADINGS = ['QUEUE', 'JOBS', 'ERROR', 'LAST', 'PAGE'];

export function failureCells({ queue, jobs, errorCode, lastAt }: FailureCount): string[] {
  return [
    queue,
    String(jobs),
    errorCode,
    lastAt.toISOString(),
    pageOfError(errorCode) ?? 'autovideo queue failed --json',
  ];
}

/** "2 of VIDEO failed with OPENAI_TIMEOUT, and openai still fails" */
export function blockedPhrase({ queue, jobs, errorCode, provider }: BlockedFailures): string {
  return `${jobs} of ${queue} failed with ${errorCode}, and ${provider} still fails`;
}

/** Since when, and by whom. */
export function pausePhrase({ pausedSeconds, pausedAt, by }: QueuePause): string {
  const who = by === null ? '' : ` by ${by}`;
  return `it has been paused${who} for ${ageOf(pausedSeconds)} (since ${pausedAt.toISOString()})`;
}
