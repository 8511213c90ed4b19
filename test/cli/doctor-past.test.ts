import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { workChecks } from '../../src/cli/doctor/checks/work-checks.ts';
import { diagnosedSettings } from '../../src/cli/doctor/diagnosed-settings.ts';
import { runChecks } from '../../src/cli/doctor/finding.ts';
import { diagnosedInstallation } from '../../src/cli/doctor/installation.ts';
import { bucketOf } from '../../src/duration-buckets.ts';
import { addOperations } from '../../src/services/reports/operation-latencies-store.ts';
import { useInstallation } from '../helpers/fixtures.ts';

const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
beforeEach(async () => {
  await installation.db.em().execute('delete from alerts; delete from operation_latencies');
});

async function found(name: string) {
  const opened = diagnosedInstallation(diagnosedSettings(installation.settings));
  try {
    const checks = workChecks(opened).filter((check) => check.name === name);
    return (await runChecks(checks)).map(({ status, message, mend }) => [status, message, mend]);
  } finally {
    await opened.close();
  }
}

it('autovideo doctor warns of an alert whose cause is gone, and says that it ends by itself', async () => {
  const db = installation.db.sql();
  await sql`
    insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by)
    values (gen_random_uuid(), 'redis-lost', '', 'P0', 'Redis does not answer.', 'Check that Redis runs.', '{}', 1,
      '2030-01-31T18:20:00Z', '2030-01-31T18:24:40Z', now())`.execute(db);
  expect(await found('alerts')).toEqual([
    ['failed', 'P0 redis-lost: Redis does not answer.', 'Check that Redis runs.'],
  ]);
  await sql`update alerts set good_since = '2030-01-31T18:25:10Z'`.execute(db);
  expect(await found('alerts')).toEqual([
    [
      'warning',
      'P0 redis-lost: Redis does not answer. Its cause was last seen at 2030-01-31T18:24:40.000Z; it ends by itself once that is away for 2 min.',
      null,
    ],
  ]);
});

/** Calls of an operation, by how many milliseconds each took. */
async function called(operation: string, calls: ReadonlyMap<number, number>) {
  const requests = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const [minMs, maxMs] = [Math.min(...calls.keys()), Math.max(...calls.keys())];
  const buckets = new Map(Array.from(calls, ([ms, count]) => [bucketOf(ms), count]));
  const row = { operation, requests, errors: 0, totalMs: maxMs, minMs, maxMs, buckets };
  await addOperations(installation.db.sql(), [row]);
}

it.each([
  ['one call', new Map([[30_153, 1]]), 'warning'],
  ['two calls', new Map([[30_153, 2]]), 'warning'],
  ['three calls', new Map([[30_153, 3]]), 'failed'],
  [
    'one call of eleven',
    new Map([
      [50, 10],
      [30_153, 1],
    ]),
    'warning',
  ],
  [
    'four calls of twenty',
    new Map([
      [50, 16],
      [30_153, 4],
    ]),
    'failed',
  ],
])('autovideo doctor judges an operation by many calls: where %s took 30 s', async (_, calls, status) => {
  await called('createVideo', calls);
  expect((await found('API latency'))[0]).toEqual([
    status,
    expect.stringMatching(
      /^The slowest operation is createVideo: 95 % took up to 30153 ms \(\d+ calls? in 15 minutes\)\.$/,
    ),
    'docs/operations/api-latency.md',
  ]);
});

it('autovideo doctor names what is slow again and again rather than what was slow once', async () => {
  await called('createVideo', new Map([[30_153, 1]]));
  await called('videos', new Map([[6_000, 40]]));
  expect((await found('API latency'))[0]?.[1]).toMatch(/^The slowest operation is videos: 95 % took up to 6000 ms/);
});
