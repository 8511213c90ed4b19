import { hostname } from 'node:os';
import { localUrl } from '../../local-url.ts';
import { VERSION } from '../../version.ts';
import { databaseChecks } from './checks/database-checks.ts';
import { lockCheck } from './checks/lock-check.ts';
import { machineChecks } from './checks/machine-checks.ts';
import { redisCheck } from './checks/redis-check.ts';
import { type StatusPages, serviceChecks } from './checks/service-checks.ts';
import { workChecks } from './checks/work-checks.ts';
import { exitStatusOf, type Finding, runChecks } from './finding.ts';
import type { Installation } from './installation.ts';
import { type SpeedTest, speedTest } from './speed-test.ts';

/** Everything that was found; what `--json` prints. */
export interface Diagnosis {
  readonly status: 'ok' | 'warning' | 'failed';
  readonly version: string;
  readonly host: string;
  readonly at: string;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  readonly probe: SpeedTest | null;
}

export interface DoctorOptions {
  readonly statusPages?: StatusPages;
  /** Requests of the speed test; none by default. */
  readonly requests?: number;
  /** For one check; 8 s by default. */
  readonly checkMilliseconds?: number;
}

const STATUSES = ['ok', 'warning', 'failed'] as const;

/** Runs all checks at once; takes some eight seconds at most, and longer only for the speed test. Closes the installation. */
export async function diagnose(installation: Installation, options: DoctorOptions = {}): Promise<Diagnosis> {
  const begun = performance.now();
  const at = new Date().toISOString();
  const { config } = installation;
  try {
    const findings = await runAllChecks(installation, options);
    const probe = options.requests === undefined ? null : await speedTest(localUrl(config), options.requests);
    const status = STATUSES[exitStatusOf([...findings, ...probeFindings(probe)])];
    const seconds = (performance.now() - begun) / 1_000;
    return { status, version: VERSION, host: hostname(), at, seconds, findings, probe };
  } finally {
    await installation.close();
  }
}

/** Never rejects; leaves the installation open. */
export async function runAllChecks(installation: Installation, options: DoctorOptions = {}): Promise<Finding[]> {
  const checks = [
    ...machineChecks(installation),
    ...databaseChecks(installation),
    lockCheck(installation),
    redisCheck(installation),
    ...workChecks(installation),
    ...serviceChecks(installation, options.statusPages),
  ];
  return await runChecks(checks, options.checkMilliseconds);
}

/** Requests that failed are a failure of the diagnosis. */
function probeFindings(probe: SpeedTest | null): Finding[] {
  if (!probe || probe.succeeded === probe.requests) return [];
  return [{ check: 'probe', status: 'failed', message: probe.error ?? '', mend: null }];
}
