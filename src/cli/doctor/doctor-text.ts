import { tableOf } from '../table.ts';
import type { Diagnosis } from './doctor.ts';
import type { Finding } from './finding.ts';
import type { SpeedTest, Spread } from './speed-test.ts';

const MARKS = { ok: 'ok', warning: 'WARNING', failed: 'FAILED', skipped: 'skipped' } as const;
const WIDTHS = { mark: 8, check: 15 } as const;

/** What has failed comes first. */
const ORDER: readonly Finding['status'][] = ['failed', 'warning', 'skipped', 'ok'];

/** For a terminal: a line for each finding, below it what mends it. */
export function textOf({ status, findings, probe, seconds }: Diagnosis): string {
  const count = (wanted: Finding['status']) => findings.filter((finding) => finding.status === wanted).length;
  const summary = `${status === 'ok' ? 'All is well' : `${count('failed')} failed, ${count('warning')} with a warning`} (${seconds.toFixed(1)} s).`;
  const sorted = findings.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  return [...sorted.map(lineOf), ...(probe ? ['', probeText(probe)] : []), '', summary].join('\n');
}

function lineOf({ status, check, message, mend }: Finding): string {
  const line = `${MARKS[status].padEnd(WIDTHS.mark)}${check.padEnd(WIDTHS.check)} ${message}`;
  return mend === null ? line : `${line}\n${' '.repeat(WIDTHS.mark + WIDTHS.check + 1)}→ ${mend}`;
}

function probeText({ url, requests, succeeded, successRate, error, ...spreads }: SpeedTest): string {
  const { total, dns, connect, tls, firstByte } = spreads;
  const row = (name: string, spread: Spread | null) =>
    spread === null
      ? []
      : [[name, ...[spread.mean, spread.median, spread.p95, spread.min, spread.max].map(milliseconds)]];
  const rows = [
    ...row('all', total),
    ...row('DNS', dns),
    ...row('connect', connect),
    ...row('TLS', tls),
    ...row('first byte', firstByte),
  ];
  const head = `${succeeded} of ${requests} requests to ${url} succeeded (${successRate.toFixed(1)} %)${error === null ? '.' : `; the first error: ${error}.`}`;
  return rows.length === 0 ? head : `${head}\n${tableOf([['', 'MEAN', 'MEDIAN', 'P95', 'MIN', 'MAX'], ...rows])}`;
}

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
