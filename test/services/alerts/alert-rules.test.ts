import { describe, expect, it } from 'vitest';
import type { AlertReadings, ProcessReadings } from '../../../src/services/alerts/alert-readings.ts';
import { ALERT_RULES } from '../../../src/services/alerts/alert-rules.ts';
import { GOOD, health, provider, work } from './alert-cases.ts';

/** Names with their services. */
function firing(given: Partial<AlertReadings>): string[] {
  const readings = { ...GOOD, ...given };
  return ALERT_RULES.flatMap(({ name, causes }) =>
    (causes(readings) ?? []).map(({ service }) => `${name} ${service}`),
  ).sort();
}

const down = (message = 'x') => ({ status: 'UNHEALTHY', message }) as const;
const disk = (free: number) => ({
  health: health({ disk: { ...down(), totalBytes: 1_000, percentageUsed: 100 - free } }),
});
const quota = (used: number) => ({
  quotas: [
    {
      service: 'gemini',
      used,
      total: 1_000,
      percentage: used / 10,
      status: 'HEALTHY',
      resetAt: null,
      checkedAt: new Date(0),
    } as const,
  ],
});
const inARow = (consecutiveFailures: number) => ({
  services: [provider('gemini', { consecutiveFailures }, 'GEMINI_TIMEOUT')],
});
const rate = (errorRate: number, calls = 10) => ({ services: [provider('local', { errorRate, calls })] });
const processes = (given: Partial<ProcessReadings>) => ({
  processes: {
    cpuPercent: null,
    memoryPercent: null,
    apiP95Ms: null,
    sqlP95Ms: null,
    slowestOperation: null,
    ...given,
  },
});
const users = (...dailyActiveUsers: readonly number[]) => ({ dailyActiveUsers });

describe('Nothing is raised', () => {
  it('where all is well', () => expect(firing({})).toEqual([]));

  it('where nothing could be read, or where there is nothing to measure', () => {
    for (const { causes } of ALERT_RULES) expect(causes({})).toBeUndefined();
    const empty = { ...processes({}), availability30dPercent: null, meanMakingSeconds: null, dailyActiveUsers: null };
    expect(firing({ ...empty, database: { connectionsPercent: 0, slowestMeanMs: null } })).toEqual([]);
  });
});

describe('The Slack command', () => {
  const slack = (given: Partial<NonNullable<AlertReadings['slackCommand']>>) => ({
    slackCommand: { failure: null, badSignatures: 0, rateLimited: 0, ...given },
  });

  it.each([
    [
      'is P0 where it cannot be answered',
      slack({ failure: 'Slack is silent.' }),
      ['slack-command slack-command'],
      'P0',
    ],
    ['is P1 from ten bad signatures on', slack({ badSignatures: 10 }), ['slack-bad-signatures slack-command'], 'P1'],
    ['is P2 from ten that had to wait on', slack({ rateLimited: 10 }), ['slack-rate-limits slack-command'], 'P2'],
    ['is no alert below', slack({ badSignatures: 9, rateLimited: 9 }), [], undefined],
  ])('%s', (_what, readings, expected, priority) => {
    expect(firing(readings)).toEqual(expected);
    const [name] = expected[0]?.split(' ') ?? [];
    expect(ALERT_RULES.find((rule) => rule.name === name)?.priority).toBe(priority);
  });
});

describe('A part of the core that does not work is P0', () => {
  it.each([
    ['database-lost postgresql', { database: down() }],
    ['redis-lost redis', { redis: down() }],
    ['ffmpeg-failing ffmpeg', { ffmpeg: down() }],
    ['storage-failing storage', { storage: down() }],
    ['no-worker worker', { workers: { ...down(), activeWorkers: 0, pendingJobs: 3 } }],
  ])('%s', (expected, parts) => {
    expect(firing({ health: health(parts) })).toEqual([expected]);
    const [name] = expected.split(' ');
    expect(ALERT_RULES.find((rule) => rule.name === name)).toMatchObject({ priority: 'P0', respondWithinMinutes: 0 });
  });

  it('and nothing is known of workers while the database is away', () => {
    const parts = { database: down(), workers: { ...down(), activeWorkers: 0, pendingJobs: 0 } };
    expect(firing({ health: health(parts) })).toEqual(['database-lost postgresql']);
  });

  it('and nothing is known of workers that could not be counted in time', () => {
    const workers = { ...down(), activeWorkers: 0, pendingJobs: 0, isUnread: true };
    const readings = { ...GOOD, health: health({ workers }) };
    expect(ALERT_RULES.find(({ name }) => name === 'no-worker')?.causes(readings)).toBeUndefined();
  });

  it('and nothing of the disk where its folder cannot be read', () => {
    const unread = { ...down(), totalBytes: 0, percentageUsed: 100 };
    expect(firing({ health: health({ disk: unread, storage: down() }) })).toEqual(['storage-failing storage']);
  });
});

describe('Each mark', () => {
  const CASES: readonly (readonly [reading: Partial<AlertReadings>, expected: string | null])[] = [
    [disk(20), null],
    [disk(19.9), 'disk-low disk'],
    [disk(10), 'disk-low disk'],
    [disk(9.9), 'disk-critical disk'],
    [processes({ lowestFreeDiskPercent: 9 }), 'disk-critical disk'],
    [quota(799), null],
    [quota(800), 'quota-warning gemini'],
    [quota(899), 'quota-warning gemini'],
    [quota(900), 'quota-critical gemini'],
    [quota(1_000), 'quota-critical gemini'],
    [inARow(5), null],
    [inARow(6), 'failures-in-a-row gemini'],
    [inARow(10), 'failures-in-a-row gemini'],
    [inARow(11), 'many-failures-in-a-row gemini'],
    [rate(10), null],
    [rate(10.1), 'error-rate local'],
    [rate(100, 9), null],
    [{ work: work({ waiting: 50 }) }, null],
    [{ work: work({ waiting: 51 }) }, 'queues-full queues'],
    [{ work: work({ endedVideos: 5, failedVideos: 1 }) }, null],
    [{ work: work({ endedVideos: 9, failedVideos: 2 }) }, 'video-success videos'],
    [{ work: work({ endedVideos: 4, failedVideos: 4 }) }, null],
    [{ work: work({ endedJobs: 20, failedJobs: 1 }) }, null],
    [{ work: work({ endedJobs: 20, failedJobs: 2 }) }, 'job-failure-rate queues'],
    [{ work: work({ endedJobs: 19, failedJobs: 19 }) }, null],
    [{ work: work({ shownFailures: 1 }) }, 'failed-jobs queues'],
    [{ work: work({ stuckVideos: 1 }) }, 'stuck-videos videos'],
    [processes({ cpuPercent: 80 }), null],
    [processes({ cpuPercent: 80.5 }), 'cpu-high cpu'],
    [processes({ cpuPercent: 90.5 }), 'cpu-critical cpu'],
    [processes({ memoryPercent: 90 }), 'memory-high memory'],
    [processes({ memoryPercent: 91 }), 'memory-critical memory'],
    [{ database: { connectionsPercent: 80, slowestMeanMs: 499.9 } }, null],
    [{ database: { connectionsPercent: 95, slowestMeanMs: null } }, 'connections-high postgresql'],
    [{ database: { connectionsPercent: 96, slowestMeanMs: null } }, 'connections-critical postgresql'],
    [{ database: { connectionsPercent: 1, slowestMeanMs: 500 } }, 'slow-statement postgresql'],
    [{ availability30dPercent: 99.9 }, null],
    [{ availability30dPercent: 99.89 }, 'availability installation'],
    [{ meanMakingSeconds: 1_200 }, null],
    [{ meanMakingSeconds: 1_201 }, 'making-time videos'],
    [processes({ apiP95Ms: 200, sqlP95Ms: 50 }), null],
    [processes({ apiP95Ms: 201 }), 'api-latency api'],
    [processes({ sqlP95Ms: 51 }), 'sql-latency postgresql'],
    [processes({ slowestOperation: { name: 'query', seconds: 5 } }), null],
    [processes({ slowestOperation: { name: 'query', seconds: 5.1 } }), 'slow-operation api'],
    [users(100, 79, 63, 50), 'active-users-falling users'],
    [users(900, 100, 79, 63, 50), 'active-users-falling users'],
    [users(100, 80, 63, 50), null],
    [users(100, 79, 80, 50), null],
    [users(79, 63, 50), null],
    [users(9, 7, 5, 3), null],
  ];

  it.each(CASES.map(([reading, expected]) => [JSON.stringify(reading).slice(0, 90), expected, reading] as const))(
    'of %s: %s',
    (_, expected, reading) => expect(firing(reading)).toEqual(expected === null ? [] : [expected]),
  );
});

describe('A service', () => {
  const verdict = (metric: 'errorRate' | 'p90Ms', value: number, warning: number, verdict: 'WARNING' | 'FAIR') =>
    ({ metric, value, target: 1, warning, critical: null, verdict }) as const;

  it('has its own mark for its error rate, where it has one', () => {
    const gemini = (errorRate: number) => ({
      services: [
        provider('stability', { errorRate, calls: 40, verdicts: [verdict('errorRate', errorRate, 15, 'FAIR')] }),
      ],
    });
    expect(firing(gemini(15))).toEqual([]);
    expect(firing(gemini(15.1))).toEqual(['error-rate stability']);
  });

  it('raises P2 where another figure is beyond its mark', () => {
    const slow = { calls: 10, verdicts: [verdict('p90Ms', 40_000, 30_000, 'WARNING')] };
    expect(firing({ services: [provider('stability', slow)] })).toEqual(['service-figures stability']);
    expect(firing({ services: [provider('stability', { ...slow, calls: 9 })] })).toEqual([]);
    const [cause] =
      ALERT_RULES.find(({ name }) => name === 'service-figures')?.causes({ services: [provider('stability', slow)] }) ??
      [];
    expect(cause).toMatchObject({
      message: 'Figures of stability are beyond their marks: p90Ms 40000 (mark 30000).',
      details: { calls: 10, p90Ms: 40_000 },
    });
  });

  it('that does not accept its key is P0 with the code of the service, until a call succeeds', () => {
    const refused = provider('gemini', { consecutiveFailures: 1 }, 'GEMINI_INVALID_API_KEY');
    expect(firing({ services: [refused] })).toEqual(['invalid-api-key gemini']);
    const [cause] = ALERT_RULES[0]?.causes({ services: [refused] }) ?? [];
    expect(cause).toMatchObject({
      errorCode: 'GEMINI_INVALID_API_KEY',
      message: 'gemini does not accept its API key.',
      actionRequired: 'Set a valid key, restart the processes, and run `autovideo providers test gemini`.',
    });
  });

  it('has what is used of its quota in the details', () => {
    const resetAt = new Date('2026-03-02T00:00:00Z');
    const quotas = quota(915).quotas.map((one) => ({ ...one, resetAt }));
    const [cause] = ALERT_RULES.find(({ name }) => name === 'quota-critical')?.causes({ quotas }) ?? [];
    expect(cause?.details).toEqual({
      quota_used: 915,
      quota_remaining: 85,
      quota_total: 1_000,
      quota_percentage: 91.5,
      reset_date: '2026-03-02T00:00:00.000Z',
    });
  });
});

it('Every name is used once, in lower-case words with hyphens', () => {
  const names = ALERT_RULES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});

it('An FFmpeg that fails asks for a restart, because settings are read at the start', () => {
  expect(ALERT_RULES.find(({ name }) => name === 'ffmpeg-failing')?.actionRequired).toMatch(/restart every process\.$/);
});
