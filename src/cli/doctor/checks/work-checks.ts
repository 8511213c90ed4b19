import { readWorkload } from '../../../monitoring/health-sql.ts';
import { countOpenAlerts, type RecentAlert, readRecentAlerts } from '../../../services/alerts/alert-reads-sql.ts';
import { ALERT_TIMES } from '../../../services/alerts/alert-round.ts';
import { readLastVerified } from '../../../services/backups/backup-store.ts';
import { readStuckVideos } from '../../../services/queues/stuck-videos-sql.ts';
import { OperationLatencies, type OperationLatencyFacts } from '../../../services/reports/operation-latencies.ts';
import { ageOf } from '../../age.ts';
import { type LiveProcess, readLiveProcesses } from '../doctor-sql.ts';
import { type Check, failed, type Outcome, ok, warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { needsDatabase } from './needs.ts';
import { queueChecks } from './queue-checks.ts';

const SLOW_MS = 200;
const FAULT_MS = 5_000;
const WINDOW_MINUTES = 15;
/** The 95th percentile of fewer calls is the time of a single one: these are judged by half of them. */
const MANY_REQUESTS = 20;
/** So few slow calls are no fault yet. */
const FEW_REQUESTS = 3;
const USE_WARNING_PERCENT = 80;
const USE_CRITICAL_PERCENT = 90;
const DELAY_WARNING_MS = 500;
const MOST_ALERTS = 10;
const OLD_BACKUP_SECONDS = 8 * 86_400;
/** They wait for services; their time is no fault of the API. */
const WAITING =
  /\b(?:generate(?:Text|Image|Speech)|testProvider|setProviderKey|voices|networkDiagnostics|metricsDiagnostics)\b/;

/** Workers, queues, alerts, processes and the API, as the database shows them. */
export function workChecks(installation: Installation): Check[] {
  const { config, migrated } = installation;
  const sql = async () => (await migrated()).sql();
  return [
    needsDatabase('workers', async () => workers(await readWorkload(await sql()))),
    needsDatabase('queues', async () => await queueChecks(await migrated(), config)),
    needsDatabase('stuck videos', async () =>
      stuck(
        (await readStuckVideos(await sql(), { olderThanSeconds: config.stuckSeconds })).length,
        config.stuckSeconds,
      ),
    ),
    needsDatabase('alerts', async () => await alerts(installation)),
    needsDatabase('backup', async () => backup(await readLastVerified(await sql()), config)),
    needsDatabase('processes', async () => (await readLiveProcesses(await sql())).flatMap((one) => processState(one))),
    needsDatabase('API latency', async () => await latency(installation)),
  ];
}

function workers({ activeWorkers, pendingJobs }: { readonly activeWorkers: number; readonly pendingJobs: number }) {
  const waiting = `${pendingJobs} ${pendingJobs === 1 ? 'job waits' : 'jobs wait'}`;
  if (activeWorkers === 0) return failed(`No worker is alive; ${waiting}.`, 'autovideo worker');
  return ok(`${activeWorkers} ${activeWorkers === 1 ? 'worker is' : 'workers are'} alive; ${waiting}.`);
}

function stuck(videos: number, seconds: number): Outcome {
  const age = ageOf(seconds);
  if (videos === 0) return ok(`No video has been without progress for over ${age}.`);
  const found = `${videos} ${videos === 1 ? 'video has' : 'videos have'} been without progress for over ${age}.`;
  return failed(found, 'autovideo recover');
}

/** Only where it is meant to be kept: in production, or with backups on a schedule. */
function backup(last: Date | null, { env, backups }: Installation['config']): Outcome {
  const isKept = env === 'production' || backups.schedule !== null;
  const mend = 'autovideo backup';
  if (last === null) return isKept ? warning('There is no verified backup.', mend) : ok('No backup was taken yet.');
  const seconds = (Date.now() - last.getTime()) / 1_000;
  const found = `The newest verified backup is ${ageOf(seconds)} old.`;
  return isKept && seconds > OLD_BACKUP_SECONDS ? warning(found, mend) : ok(found);
}

/** Each of the most urgent; the rest is counted. */
async function alerts({ migrated }: Installation): Promise<Outcome | Outcome[]> {
  const sql = (await migrated()).sql();
  const [counts, recent] = await Promise.all([countOpenAlerts(sql), readRecentAlerts(sql, new Date(8.64e15))]);
  const total = counts.reduce((sum, { open }) => sum + open, 0);
  if (total === 0) return ok('No alert is open.');
  const order = ['P0', 'P1', 'P2'];
  const shown = recent
    .toSorted((one, other) => order.indexOf(one.priority) - order.indexOf(other.priority))
    .slice(0, MOST_ALERTS)
    .map(alertState);
  const rest = total - shown.length;
  return rest > 0 ? [...shown, warning(`${rest} more are open.`, 'docs/operations/alerts.md')] : shown;
}

/** An alert whose cause is gone stays open for a while, and is no failure of now. */
function alertState({ priority, rule, service, message, actionRequired, goodSince, lastSeenAt }: RecentAlert): Outcome {
  const found = `${priority} ${rule}${service ? ` (${service})` : ''}: ${message}`;
  if (goodSince !== null) {
    const over = `Its cause was last seen at ${lastSeenAt.toISOString()}; it ends by itself once that is away for ${ageOf(ALERT_TIMES.goodMs / 1_000)}.`;
    return { status: 'warning', message: `${found} ${over}`, mend: null };
  }
  return priority === 'P0' ? failed(found, actionRequired) : warning(found, actionRequired);
}

function processState({ host, pid, kind, ...figures }: LiveProcess): Outcome {
  const { cpuPercent, memoryPercent, rssBytes, loopDelayMs, requests, errors } = figures;
  const percent = (value: number | null) => (value === null ? '–' : `${value.toFixed(0)} %`);
  const found = `${kind} ${pid} on ${host}: processor ${percent(cpuPercent)}, memory ${percent(memoryPercent)}, ${(rssBytes / 1e6).toFixed(0)} MB itself`;
  const use = Math.max(cpuPercent ?? 0, memoryPercent ?? 0);
  const mend = 'fewer films at once (WORKER_CONCURRENCY), or more machines';
  if (use > USE_CRITICAL_PERCENT) return failed(`${found}.`, mend);
  if (use > USE_WARNING_PERCENT) return warning(`${found}.`, mend);
  if (loopDelayMs > DELAY_WARNING_MS)
    return warning(`${found}; it reacts ${loopDelayMs.toFixed(0)} ms late.`, 'docs/operations/api-latency.md');
  const failures = `${errors} of ${requests} requests failed in five minutes`;
  if (errors > 0) return warning(`${found}; ${failures}.`, 'see the errors in the log: DATA_DIR/logs');
  return ok(`${found}.`);
}

function isFault({ requests, p50Ms, p95Ms }: OperationLatencyFacts): boolean {
  return requests >= FEW_REQUESTS && (requests < MANY_REQUESTS ? p50Ms : p95Ms) > FAULT_MS;
}

/** The slowest operation of the last quarter of an hour; one that is slow again and again before one that was slow a few times. */
async function latency({ migrated, config }: Installation): Promise<Outcome> {
  if (!config.requestMetrics) return ok('Not measured: REQUEST_METRICS is false.');
  const latencies = new OperationLatencies({ db: await migrated(), take: () => [] });
  const found = (await latencies.since(WINDOW_MINUTES)).filter(({ operation }) => !WAITING.test(operation));
  const fault = found.find(isFault);
  const slowest = fault ?? found[0];
  if (!slowest) return ok(`No operation ran in the last ${WINDOW_MINUTES} minutes.`);
  const { operation, p95Ms, requests } = slowest;
  const calls = `${requests === 1 ? '1 call' : `${requests} calls`} in ${WINDOW_MINUTES} minutes`;
  const message = `The slowest operation is ${operation}: 95 % took up to ${Math.ceil(p95Ms)} ms (${calls}).`;
  const mend = 'docs/operations/api-latency.md';
  if (fault) return failed(message, mend);
  return p95Ms > SLOW_MS ? warning(message, mend) : ok(message);
}
