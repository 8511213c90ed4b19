import { join } from 'node:path';
import { z } from 'zod';
import type { Deployments } from '../../command-services.ts';
import type { Config } from '../../config.ts';
import { localUrl } from '../../local-url.ts';
import { LogFiles } from '../../monitoring/log-files.ts';
import { readDeployments, readRunningWork, readWorkSince } from '../../services/deployments/deployment-store.ts';
import { type ProcessFigures, readProcessFigures } from '../../services/reports/process-readings-store.ts';
import { VERSION } from '../../version.ts';
import { LogCounter } from '../log-counts.ts';
import { type CheckResult, checked, failed, ok, warning } from './check-result.ts';

const ANSWER_MS = 5_000;
const SLOW_OPERATION_MS = 5_000;
const SLOW_STATEMENT_MS = 500;
/** Codes of errors that are named. */
const MOST_CODES = 3;
/** Where no start of this version is recorded: within so much time. */
const RECENTLY_MS = 3_600_000;

const report = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.looseObject({ status: z.string(), message: z.string().optional() })),
});

/** With the program of the new version, once it runs. */
export async function checkAfter(config: Config, { db }: Deployments): Promise<readonly CheckResult[]> {
  const health = await checked('health', () => checkHealth(config));
  let since = new Date(Date.now() - RECENTLY_MS);
  const version = await checked('version', async () => {
    const [current] = await readDeployments(db.sql(), 1);
    if (!current) return failed('version', `No start is recorded: ${VERSION} has not run here.`);
    if (current.version !== VERSION)
      return failed('version', `${current.version} was started last, and not ${VERSION}.`);
    since = current.firstSeenAt;
    return ok('version', `${VERSION} runs since ${since.toISOString()}.`);
  });
  const errors = await checked('errors', () => checkErrors(join(config.dataDir, 'logs'), since));
  const work = await checked('figures', async () => {
    if ((await readRunningWork(db.sql())) === null) return failed('figures', 'The database has no tables yet.');
    const { made, failed: failures, workers, openAlerts } = await readWorkSince(db.sql(), since);
    const detail = `${made} jobs done, ${failures} failed since then; ${workers} workers; open alerts: ${openAlerts.join(', ') || 'none'}.`;
    return workers === 0 || failures > made || openAlerts.length > 0
      ? warning('figures', detail)
      : ok('figures', detail);
  });
  const latencies = await checked('latency', async () => latencyResult(await readProcessFigures(db.sql())));
  return [health, version, errors, work, latencies].flat();
}

/** 95 of 100 operations and statements of the last five minutes took no longer, in the process where they took longest. */
function latencyResult({ apiP95Ms, sqlP95Ms }: ProcessFigures): CheckResult {
  const shown = (milliseconds: number | null) =>
    milliseconds === null ? 'too few yet' : `${milliseconds.toFixed(0)} ms`;
  const detail = `95th percentile of the last five minutes: operations ${shown(apiP95Ms)}, statements ${shown(sqlP95Ms)}.`;
  const isSlow = (apiP95Ms ?? 0) > SLOW_OPERATION_MS || (sqlP95Ms ?? 0) > SLOW_STATEMENT_MS;
  return isSlow ? warning('latency', detail) : ok('latency', detail);
}

/** As the running installation sees itself. */
async function checkHealth({ host, port, metricsPort, opsToken }: Config): Promise<CheckResult | CheckResult[]> {
  const url = localUrl({ host, port: metricsPort ?? port });
  const headers = opsToken === undefined ? undefined : { authorization: `Bearer ${opsToken}` };
  const answer = await fetch(`${url}/api/v1/system/health`, {
    ...(headers && { headers }),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null);
  if (!answer) return failed('health', `Nothing answers at ${url}: see whether the process runs, and HOST and PORT.`);
  if (answer.status === 403) return failed('health', 'OPS_TOKEN is needed to see the state of the installation.');
  const parsed = report.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) return failed('health', `What answers at ${url} is not Auto Video.`);
  const { status, checks } = parsed.data;
  const troubled = Object.entries(checks).filter(([, part]) => part.status !== 'healthy');
  if (troubled.length === 0) return ok('health', `${status}, at ${url}.`);
  return troubled.map(([name, part]) => {
    const detail = `${name} is ${part.status}${part.message === undefined ? '' : `: ${part.message}`}`;
    return part.status === 'unhealthy' ? failed('health', detail) : warning('health', detail);
  });
}

async function checkErrors(folder: string, since: Date): Promise<CheckResult> {
  const files = new LogFiles(folder);
  if (files.names().length === 0) return ok('errors', `There is no log in ${folder} to look into.`);
  const counter = new LogCounter('code');
  await files.read({ since: since.getTime(), level: 'ERROR' }, (entries) => counter.add(entries));
  const counts = counter.counts();
  if (counts.length === 0) return ok('errors', `The log has none since ${since.toISOString()}.`);
  const named = counts.slice(0, MOST_CODES).map(({ key, count }) => `${key} ${count} times`);
  return warning('errors', `The log has ${named.join(', ')}: see autovideo logs --level error.`);
}
