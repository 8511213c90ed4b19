import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { adminAt } from '../../helpers/admin.ts';
import { TestApp } from '../../helpers/app.ts';
import type { Client } from '../../helpers/client.ts';
import { useInstallation } from '../../helpers/fixtures.ts';
import { AlertsDocument } from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';

const installation = useInstallation(() => ({}));
let app: TestApp;
let admin: Client;
beforeAll(async () => {
  app = await TestApp.start({ installation, alertTimes: { everyMs: 200, recheckMs: 100, goodMs: 500 } });
  admin = await adminAt(app.url, installation);
  return () => app.close();
}, 60_000);

const open = async () => {
  const { alerts } = await admin.ask(AlertsDocument, { first: 100, state: 'FIRING' });
  return alerts?.nodes.map(({ rule }) => rule) ?? [];
};
const PROCESS = '00000000-0000-7000-8000-0000000000ff';

describe('What processes and days report', () => {
  it('raises alerts, which end when the figures are good again', async () => {
    const db = installation.db.sql();
    await sql`
      insert into process_readings (process_id, host, pid, kind, at, cpu_percent, memory_percent, api_latency_ms, sql_latency_ms,
        slowest_operation, slowest_seconds, requests, errors, pool_used, pool_waiting, pool_total, pool_max, pool_leaked, rss_bytes,
        loop_delay_ms)
      values (${PROCESS}, 'busy', 7, 'api', now(), 97, 94, 900, 80, 'videos', 9, 100, 0, 1, 0, 1, 50, 0, 1, 1)`.execute(
      db,
    );
    await sql`
      insert into availability_days (day, good, bad, last_round_at)
      values ((now() at time zone 'utc')::date - 1, 2780, 100, now() - interval '1 day')`.execute(db);
    const expected = [
      'cpu-critical',
      'memory-critical',
      'api-latency',
      'sql-latency',
      'slow-operation',
      'availability',
    ];
    await until('all are raised', async () => {
      const rules = await open();
      return expected.every((rule) => rules.includes(rule));
    });
    await sql`delete from process_readings where process_id = ${PROCESS}`.execute(db);
    await until('those of the process end', async () => {
      const rules = await open();
      return !rules.includes('slow-operation') && !rules.includes('memory-critical');
    });
    expect(await open()).toContain('availability');
  }, 120_000);
});
