import { blockedFailuresOf } from '../../../composition/provider-services.ts';
import type { Config } from '../../../config.ts';
import type { Database } from '../../../db/database.ts';
import type { BlockedFailures } from '../../../services/providers/failing-providers.ts';
import { type QueueFacts, readQueueStats } from '../../../services/queues/queue-stats-sql.ts';
import {
  countFailures,
  type DelayedJobs,
  type FailureCount,
  type QueuePause,
  readDelayedJobs,
  readPauses,
} from '../../../services/queues/queue-troubles-sql.ts';
import { ageOf } from '../../age.ts';
import { pageOfError } from '../../error-pages.ts';
import { blockedPhrase, delayedSentence, pausePhrase } from '../../queue-texts.ts';
import { failed, type Outcome, ok, warning } from '../finding.ts';

/** Jobs that a pause holds back longer than this are a failure: someone has forgotten to end it. */
const HELD_BACK_SECONDS = 600;

/** Errors that only other settings or programs end, which running processes do not read again. */
const NEEDS_SETTINGS = /^(?:FFMPEG_NOT_FOUND|FFMPEG_FAILED|PROVIDER_UNAVAILABLE|CONFIG_INVALID)$|_INVALID_API_KEY$/;

/** What waits in each queue, and why. */
export async function queueChecks(db: Database, { retention, services }: Config): Promise<Outcome[]> {
  const sql = db.sql();
  const [queues, pauses, delayed, failures, blocked] = await Promise.all([
    readQueueStats(sql, retention.jobsDays),
    readPauses(sql),
    readDelayedJobs(sql),
    countFailures(sql),
    blockedFailuresOf(db, services),
  ]);
  const of = <Of extends { readonly queue: string }>(list: readonly Of[], name: string) =>
    list.filter(({ queue }) => queue === name);
  return queues.flatMap((queue) => {
    const { name } = queue;
    const [pause] = of(pauses, name);
    const troubles = { failures: of(failures, name), blocked: of(blocked, name), delayed: of(delayed, name) };
    return queueState(queue, { pause, ...troubles });
  });
}

interface Troubles {
  readonly pause: QueuePause | undefined;
  readonly failures: readonly FailureCount[];
  readonly blocked: readonly BlockedFailures[];
  readonly delayed: readonly DelayedJobs[];
}

function queueState(queue: QueueFacts, troubles: Troubles): Outcome[] {
  const { pause, delayed } = troubles;
  const { name, status, waiting, active, failed: failures, oldestWaitingSeconds } = queue;
  const oldest = oldestWaitingSeconds === null ? '' : `, the oldest for ${ageOf(oldestWaitingSeconds)}`;
  const later = queue.delayed > 0 ? `, ${queue.delayed} delayed` : '';
  const found = `${name}: ${waiting} waiting${oldest}${later}, ${active} active, ${failures} failed`;
  const outcomes: Outcome[] = pause ? [pauseState(found, pause)] : [];
  if (status !== 'NORMAL') {
    const full = `${found}; that is ${status === 'CRITICAL' ? 'far too many' : 'many'}.`;
    const mend = 'start more workers: autovideo worker';
    outcomes.push(status === 'CRITICAL' ? failed(full, mend) : warning(full, mend));
  }
  outcomes.push(...delayed.map(delayedState));
  if (failures > 0) outcomes.push(failureState(found, queue, troubles));
  return outcomes.length > 0 ? outcomes : [ok(`${found}.`)];
}

function pauseState(found: string, pause: QueuePause): Outcome {
  const { queue, heldBackSeconds } = pause;
  const message = `${found}; ${pausePhrase(pause)}.`;
  const mend = `autovideo queue resume --queue ${queue}`;
  return heldBackSeconds !== null && heldBackSeconds > HELD_BACK_SECONDS
    ? failed(message, mend)
    : warning(message, mend);
}

function delayedState(delayed: DelayedJobs): Outcome {
  const mend = delayed.errorCode === null ? undefined : pageOfError(delayed.errorCode);
  return warning(delayedSentence(delayed), mend ?? 'docs/operations/queues.md');
}

/** Running again is for what has been mended. */
function failureState(found: string, { name }: QueueFacts, { failures, blocked }: Troubles): Outcome {
  const [first] = blocked;
  if (first) {
    const mend = pageOfError(first.errorCode) ?? `autovideo providers test ${first.provider}`;
    return warning(`${found}; ${blockedPhrase(first)}: mend that before running them again.`, mend);
  }
  const retry = `autovideo queue retry --queue ${name}`;
  const codes = failures.map(({ errorCode, jobs }) => `${jobs} with ${errorCode}`).join(', ');
  const cause = failures.find(({ errorCode }) => NEEDS_SETTINGS.test(errorCode));
  const mend = cause ? `${pageOfError(cause.errorCode)}, restart every process, then ${retry}` : retry;
  return warning(`${found}${codes === '' ? '' : ` (${codes})`}.`, mend);
}
