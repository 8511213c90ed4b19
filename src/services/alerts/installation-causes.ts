import type { AlertReadings, HealthReadings, PartReadings } from './alert-readings.ts';
import type { AlertCause, Causes } from './alert-rule.ts';
import { isIn, type Range, rounded, shareOf } from './figures.ts';

/** A part that does not work. The name is for a message about "it". */
export function failing(service: string, part: PartReadings | undefined, name: string): Causes {
  if (!part) return undefined;
  const message = (part.message ?? 'It does not work.').replace(/^It /, `${name} `);
  return part.status === 'UNHEALTHY' ? [{ service, message }] : [];
}

/** Workers are counted in the database: while it does not answer, or not in time, nothing is known of them. */
export function noWorker(health: HealthReadings | undefined): Causes {
  if (!health || health.database.status === 'UNHEALTHY' || health.workers.isUnread) return undefined;
  return failing('worker', health.workers, 'The count of workers');
}

/** Free disk in percent from `from` on, and below `below`; of the fullest disk that is known. */
export function freeDisk({ health, processes }: AlertReadings, below: number, from = 0): Causes {
  // Without a size the folder could not be read at all, which is a fault of the storage.
  const here = health && health.disk.totalBytes > 0 ? [100 - health.disk.percentageUsed] : [];
  const elsewhere = processes?.lowestFreeDiskPercent ?? null;
  const known = elsewhere === null ? here : [...here, elsewhere];
  if (known.length === 0) return undefined;
  const free = Math.min(...known);
  if (free >= below || free < from) return [];
  return [figureOf('disk', free, below, `Only ${rounded(free)} % of the disk is free.`)];
}

/** A figure of the whole installation in the range. */
export function figure(
  service: string,
  value: number | null | undefined,
  range: Range,
  messageOf: (value: number) => string,
): Causes {
  if (value === undefined) return undefined;
  return value !== null && isIn(value, range) ? [figureOf(service, value, range.over, messageOf(rounded(value)))] : [];
}

export function tooFewVideos({ work }: AlertReadings, percent: number, atLeast: number): Causes {
  if (!work) return undefined;
  const { endedVideos: ended, failedVideos: failed } = work;
  const success = shareOf(ended - failed, ended, atLeast);
  if (success === null || success >= percent) return [];
  return [figureOf('videos', success, percent, `${failed} of ${ended} videos of the last 24 hours failed.`)];
}

export function failedJobs({ work }: AlertReadings, percent: number, atLeast: number): Causes {
  const rate = work && shareOf(work.failedJobs, work.endedJobs, atLeast);
  return figure('queues', rate, { over: percent }, (value) => `${value} % of the jobs of the last hour failed.`);
}

export function unavailable({ availability30dPercent: available }: AlertReadings, percent: number): Causes {
  if (available === undefined) return undefined;
  if (available === null || available >= percent) return [];
  const message = `The installation was available for ${rounded(available)} % of the last 30 days.`;
  return [figureOf('installation', available, percent, message)];
}

export function cpu({ processes }: AlertReadings, range: Range): Causes {
  return figure('cpu', processes?.cpuPercent, range, (percent) => `${percent} % of the processor time is used.`);
}

export function memory({ processes }: AlertReadings, range: Range): Causes {
  return figure('memory', processes?.memoryPercent, range, (percent) => `${percent} % of the memory is used.`);
}

export function connections({ database }: AlertReadings, range: Range): Causes {
  return figure(
    'postgresql',
    database?.connectionsPercent,
    range,
    (percent) => `${percent} % of the connections are used.`,
  );
}

export function apiLatency({ processes }: AlertReadings, over: number): Causes {
  return figure('api', processes?.apiP95Ms, { over }, (ms) => `5 % of the operations take over ${ms} ms.`);
}

export function sqlLatency({ processes }: AlertReadings, over: number): Causes {
  return figure('postgresql', processes?.sqlP95Ms, { over }, (ms) => `5 % of the statements take over ${ms} ms.`);
}

export function stuckVideos({ work }: AlertReadings): Causes {
  const messageOf = (videos: number) => `Videos without progress for an hour: ${videos}.`;
  return figure('videos', work?.stuckVideos, { over: 0 }, messageOf);
}

export function slowStatement({ database }: AlertReadings, fromMs: number): Causes {
  if (!database) return undefined;
  const { slowestMeanMs: ms } = database;
  if (ms === null || ms < fromMs) return [];
  return [figureOf('postgresql', ms, fromMs, `A statement takes ${Math.round(ms)} ms on average.`)];
}

export function slowOperation({ processes }: AlertReadings, over: number): Causes {
  if (!processes) return undefined;
  const { slowestOperation: slowest } = processes;
  if (slowest === null || slowest.seconds <= over) return [];
  const { details, ...cause } = figureOf(
    'api',
    slowest.seconds,
    over,
    `${slowest.name} took ${rounded(slowest.seconds)} s.`,
  );
  return [{ ...cause, details: { ...details, operation: slowest.name } }];
}

/** So many days in a row, each with over `percent` fewer active users than the day before; from a first day with `atLeast` on. */
export function fallingUsers(
  { dailyActiveUsers }: AlertReadings,
  { percent, days, atLeast }: { readonly percent: number; readonly days: number; readonly atLeast: number },
): Causes {
  if (dailyActiveUsers === undefined) return undefined;
  const [first, ...later] = (dailyActiveUsers ?? []).slice(-days - 1);
  if (first === undefined || later.length < days || first < atLeast) return [];
  const counts = [first, ...later];
  const isFalling = later.every((count, day) => count < (counts[day] ?? 0) * (1 - percent / 100));
  if (!isFalling) return [];
  const message = `Active users fell by over ${percent} % on each of ${days} days: ${counts.join(', ')}.`;
  return [{ service: 'users', message, details: { before: first, now: later.at(-1) ?? 0 } }];
}

function figureOf(service: string, value: number, threshold: number, message: string): AlertCause {
  return { service, message, details: { value: rounded(value), threshold } };
}
