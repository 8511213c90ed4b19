import { z } from 'zod';
import { networkTargetsOf } from '../../../composition/network-targets.ts';
import { providerListOf } from '../../../composition/provider-services.ts';
import type { Config } from '../../../config.ts';
import type { ExternalService } from '../../../errors.ts';
import { MetricsServer } from '../../../monitoring/metrics-server.ts';
import { NetworkDiagnosis } from '../../../monitoring/network/network-diagnosis.ts';
import { requiredSettings } from '../../../service-settings.ts';
import { ServiceQuotaService } from '../../../services/quotas/service-quota.service.ts';
import { pageOfError } from '../../error-pages.ts';
import { type Check, failed, type Outcome, ok, warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { needsDatabase } from './needs.ts';

/** Status pages with the interface of Statuspage (https://metastatuspage.com/api). */
export const STATUS_PAGES: Readonly<Partial<Record<ExternalService, string>>> = {
  OPENAI: 'https://status.openai.com',
  CLAUDE: 'https://status.claude.com',
  ELEVENLABS: 'https://status.elevenlabs.io',
  GROQ: 'https://groqstatus.com',
  REPLICATE: 'https://www.replicatestatus.com',
};
export type StatusPages = typeof STATUS_PAGES;

const STATUS_MS = 4_000;
const statusPage = z.object({ status: z.object({ indicator: z.string(), description: z.string().max(200) }) });

/** Providers, their quotas and status pages, the network, and the metrics server. */
export function serviceChecks(installation: Installation, statusPages: StatusPages = STATUS_PAGES): Check[] {
  return [
    needsDatabase('providers', () => providers(installation)),
    needsDatabase('quotas', () => quotas(installation)),
    { name: 'status pages', run: () => pages(installation, statusPages) },
    { name: 'network', run: () => network(installation) },
    { name: 'metrics server', run: () => metrics(installation) },
  ];
}

async function providers({ config, migrated }: Installation): Promise<Outcome | Outcome[]> {
  const service = providerListOf(await migrated(), config.services);
  // The built-in provider needs no key and no network.
  const set = (await service.listUncached()).filter(({ name, configured }) => configured && name !== 'local');
  if (set.length === 0) return ok('No external service is set; the built-in provider makes everything.');
  return set.map(({ name, enabled, health, circuit, lastError }) => {
    const error = lastError === null ? '' : `; the last error is ${lastError.code}`;
    const mend = mendOfProvider(config, name, lastError?.code);
    if (!enabled) return warning(`${name} is disabled by an administrator.`, 'setProviderEnabled');
    if (circuit !== 'CLOSED') return failed(`${name} rests after failures in a row${error}.`, mend);
    if (health === 'UNHEALTHY') return failed(`Most calls of ${name} fail${error}.`, mend);
    if (health === 'DEGRADED') return warning(`Some calls of ${name} fail${error}.`, mend);
    return ok(`${name} works${health === 'UNKNOWN' ? ', as far as is known: it was not called lately' : ''}.`);
  });
}

/** A test alone mends neither a refused key nor a used-up account. */
function mendOfProvider({ services }: Config, name: string, code: string | undefined): string {
  const test = `autovideo providers test ${name}`;
  const page = code === undefined ? undefined : pageOfError(code);
  if (code?.endsWith('_INVALID_API_KEY')) {
    const settings = Object.values(services).filter((one) => one.name === name);
    const keys = settings.flatMap(({ service }) => requiredSettings(service)).filter((one) => one.includes('KEY'));
    const key = keys.length === 0 ? 'key' : keys.join(' and ');
    return `set a valid ${key}, restart every process, then ${test} (${page})`;
  }
  if (code?.endsWith('_QUOTA_EXCEEDED')) return `${page}, then ${test}`;
  return test;
}

async function quotas({ migrated }: Installation): Promise<Outcome | Outcome[]> {
  const found = await new ServiceQuotaService(await migrated()).list();
  if (found.length === 0) return ok('No service says what is left of its quota.');
  return found.map(({ service, percentage, status }) => {
    const used = `${service}: ${percentage === null ? 'no limit is known' : `${percentage.toFixed(0)} % is used`}.`;
    if (status === 'HEALTHY') return ok(used);
    const mend = 'docs/operations/service-quota.md';
    return status === 'WARNING' ? warning(used, mend) : failed(used, mend);
  });
}

/** Of services that are set. A page that does not answer says nothing of its service. */
async function pages({ config }: Installation, statusPages: StatusPages): Promise<Outcome | Outcome[]> {
  const asked = Object.values(config.services).flatMap(({ service, name, configured }) => {
    const page = statusPages[service];
    return configured && page !== undefined ? [{ name, page }] : [];
  });
  if (asked.length === 0) return ok('No service with a status page is set.');
  return await Promise.all(asked.map(({ name, page }) => statusOf(name, page)));
}

async function statusOf(name: string, page: string): Promise<Outcome> {
  try {
    const response = await fetch(`${page}/api/v2/status.json`, { signal: AbortSignal.timeout(STATUS_MS) });
    const { indicator, description } = statusPage.parse(await response.json()).status;
    // What others write may hold characters that a terminal obeys.
    const said = `${name} says: ${description.replace(/\p{Cc}/gu, ' ')}`;
    return indicator === 'none' ? ok(`${said}.`) : warning(`${said} (${indicator.slice(0, 20)}).`, page);
  } catch {
    return ok(`The status page of ${name} does not answer: see ${page}.`);
  }
}

/** One line where all is well, else one for each that cannot be reached. */
async function network({ config, databaseUrl, redisUrl }: Installation): Promise<Outcome | Outcome[]> {
  const targets = networkTargetsOf(config, { databaseUrl, redisUrl });
  const probes = await new NetworkDiagnosis({ kind: 'doctor', targets: () => targets }).run();
  const bad = probes.filter(({ message }) => message !== null);
  const mend = 'docs/operations/network.md';
  if (probes.length === 0) return ok('Nothing is set or runs that could be reached.');
  if (bad.length === 0) return ok(`${probes.length} ${probes.length === 1 ? 'address' : 'addresses'} can be reached.`);
  return bad.map((one) => (one.ok ? warning : failed)(`${one.to}: ${one.message}`, mend));
}

async function metrics({ config }: Installation): Promise<Outcome | Outcome[]> {
  if (config.prometheusUrl === undefined) return ok('PROMETHEUS_URL is not set.');
  const { targets, rules, message } = await new MetricsServer(config.prometheusUrl).read();
  const mend = 'docs/operations/monitoring-stack.md';
  const outcomes = [
    ...(message === null ? [] : [warning(message, mend)]),
    ...targets
      .filter(({ healthy }) => !healthy)
      .map(({ job, instance, lastError }) =>
        warning(`${job} ${instance} is not scraped: ${lastError ?? 'not yet'}.`, mend),
      ),
    ...rules
      .filter(({ state }) => state === 'firing')
      .map(({ name, description }) => warning(`${name} fires in Prometheus: ${description ?? ''}`, mend)),
  ];
  return outcomes.length > 0 ? outcomes : ok(`Prometheus scrapes ${targets.length} targets, and no rule fires.`);
}
