import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Em } from '../../../src/db/orm.ts';
import { DailyReports } from '../../../src/jobs/tasks/write-daily-report.ts';
import type { Notification } from '../../../src/services/alerts/notification.ts';
import { readMeanMaking, readToday } from '../../../src/services/reports/daily-report-sql.ts';
import { readDailyActiveUsers } from '../../../src/services/reports/daily-report-store.ts';
import { ReportService } from '../../../src/services/reports/report.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { silent } from '../../helpers/job-fixture.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
let reports: ReportService;
let yesterday: string;
beforeAll(async () => {
  db = await createTestDatabase();
  reports = new ReportService(db);
  ({ yesterday } = await readToday(db.sql()));
});
afterAll(() => db.close());
beforeEach(async () => {
  const tables = ['daily_reports', 'daily_latencies', 'availability_days', 'service_quota_usage', 'ai_generations'];
  for (const table of [...tables, 'videos', 'video_events', 'sessions'])
    await sql`delete from ${sql.table(table)}`.execute(db.sql());
  ann = await ownerOn(db);
});

let seq = 0;
/** A time of the day before, in hours. */
const at = (hours: number) =>
  sql<Date>`(${yesterday}::date at time zone 'utc') + make_interval(secs => ${3_600 * hours})`;

/** A video with a run that ended: its stages took some minutes each. */
async function made(status: 'COMPLETED' | 'FAILED', hours: number, minutes: readonly number[], run = 1): Promise<void> {
  const { id } = await videoServicesOn(db).accept(ann);
  await sql`update videos set created_at = ${at(hours)} where id = ${id}`.execute(db.sql());
  await sql`delete from video_events where video_id = ${id}`.execute(db.sql());
  let begun = hours;
  for (const [index, length] of minutes.entries()) {
    const failed = status === 'FAILED' && index === minutes.length - 1;
    await sql`
      insert into video_processing_history (video_id, number, run, stage, attempt, status, error_code, started_at, ended_at)
      values (${id}, ${index + 1}, ${run}, 'SCRIPT', 1, ${failed ? 'FAILED' : 'COMPLETED'}, ${failed ? 'FFMPEG_FAILED' : null},
        ${at(begun)}, ${at(begun + length / 60)})`.execute(db.sql());
    begun += length / 60;
  }
  await sql`
    insert into video_events (owner_id, seq, video_id, run, status, progress, message, at)
    values (${ann.userId}, ${1_000 + ++seq}, ${id}, ${run}, ${status}, 100, '-', ${at(begun)})`.execute(db.sql());
}

async function call(provider: string, state: string, hours: number, error: string | null = null, ownKey = false) {
  const id = randomUUIDv7();
  await sql`
    insert into ai_generations (id, type, provider, status) values (${id}, 'TEXT', ${provider}, 'COMPLETED')`.execute(
    db.sql(),
  );
  await sql`
    insert into generation_attempts (id, generation_id, provider, number, paid, run, state, error_code, own_key, sent_at)
    values (${randomUUIDv7()}, ${id}, ${provider}, 1, true, 1, ${state}, ${error}, ${ownKey}, ${at(hours)})`.execute(
    db.sql(),
  );
}

async function day(): Promise<void> {
  await made('COMPLETED', 0.1, [2, 4]);
  await made('COMPLETED', 10, [6, 6]);
  await made('COMPLETED', 20, [9]);
  await made('FAILED', 12, [1, 3]);
  await made('COMPLETED', 24.1, [60]);
  await call('openai', 'SETTLED', 1);
  await call('openai', 'REFUSED', 2, 'OPENAI_TIMEOUT');
  await call('openai', 'REFUSED', 3, 'OPENAI_TIMEOUT');
  await call('openai', 'REFUSED', 3, 'CANCELED');
  await call('openai', 'SETTLED', 4, null, true);
  await call('openai', 'SETTLED', 24.1);
  await call('local', 'SETTLED', 23.9);
  for (const [hours, used] of [
    [-2, 1],
    [23, 80],
    [24.01, 0],
  ])
    await sql`
      insert into service_quota_usage (service, recorded_at, used, total, reset_at)
      values ('gemini', ${at(hours ?? 0)}, ${used}, 100, ${at(24)})`.execute(db.sql());
  for (const [bound, count] of [
    ['0.1', 90],
    ['0.2', 100],
    ['Infinity', 100],
  ])
    await sql`insert into daily_latencies values (${yesterday}::date, 'api', ${bound}::float8, ${count})`.execute(
      db.sql(),
    );
  await sql`insert into availability_days values (${yesterday}::date, 999, 1, now())`.execute(db.sql());
}

const EXPECTED = {
  totalVideos: 4,
  completedVideos: 3,
  failedVideos: 1,
  successRate: 75,
  averageDurationSeconds: 540,
  activeUsers: 1,
  apiCalls: [
    { service: 'local', total: 1, success: 1, failed: 0, successRate: 100 },
    { service: 'openai', total: 3, success: 1, failed: 2, successRate: expect.closeTo(33.333, 3) },
  ],
  commonErrors: [
    { code: 'OPENAI_TIMEOUT', count: 2 },
    { code: 'FFMPEG_FAILED', count: 1 },
  ],
  performance: {
    apiP50Ms: expect.closeTo(55.56, 1),
    apiP95Ms: expect.closeTo(150),
    apiP99Ms: expect.closeTo(190),
    sqlP95Ms: null,
    makingP50Seconds: 540,
    makingP95Seconds: expect.closeTo(702),
    availability: expect.closeTo(99.9),
  },
};

describe('The report of a day', () => {
  it('counts what happened on it, and nothing before or after it', async () => {
    await day();
    const report = await reports.daily(yesterday);
    expect(report).toMatchObject({ date: yesterday, ...EXPECTED });
    expect(report?.quotaUsage).toMatchObject([
      { service: 'gemini', used: 80, total: 100, percentage: 80, status: 'WARNING' },
    ]);
  });

  it('has no rates where nothing happened', async () => {
    const report = await reports.daily('2020-02-29');
    expect(report).toMatchObject({ totalVideos: 0, successRate: null, averageDurationSeconds: null, activeUsers: 0 });
    expect(report).toMatchObject({ apiCalls: [], quotaUsage: [], commonErrors: [] });
  });

  it('is that of today so far where no day is given, and null for a day to come', async () => {
    const { today } = await readToday(db.sql());
    await videoServicesOn(db).accept(ann);
    expect(await reports.daily()).toMatchObject({ date: today, totalVideos: 1, completedVideos: 0 });
    expect(await reports.daily('2999-01-01')).toBeNull();
  });

  it('counts a user once: by a session, a key or an order', async () => {
    const bob = await ownerOn(db);
    for (const userId of [ann.userId, ann.userId, bob.userId])
      await sql`
        insert into sessions (id, user_id, refresh_jti, created_at, last_used_at, expires_at)
        values (${randomUUID()}, ${userId}, ${randomUUID()}, ${at(-100)}, ${at(23)}, now() + interval '1 day')`.execute(
        db.sql(),
      );
    expect(await reports.daily(yesterday)).toMatchObject({ activeUsers: 2 });
    await sql`update sessions set last_used_at = ${at(-1)}`.execute(db.sql());
    expect(await reports.daily(yesterday)).toMatchObject({ activeUsers: 0 });
  });
});

describe('Just after midnight', () => {
  interface Line {
    readonly fields: unknown;
    readonly message: string;
  }
  const written = (notify?: (em: Em, notice: Notification) => Promise<void>) => {
    const lines: Line[] = [];
    const info = (fields: unknown, message: string) => void lines.push({ fields, message });
    const logger = Object.assign(silent.child({}), { info });
    return { lines, task: new DailyReports({ db, logger, ...(notify && { notify }) }) };
  };

  it('the report of the day before is stored, and logged in the fields of the standard', async () => {
    await day();
    const { lines, task } = written();
    await task.write();
    expect(lines).toEqual([
      {
        message: 'daily report',
        fields: {
          report_type: 'daily_summary',
          date: yesterday,
          statistics: {
            total_projects: 4,
            successful_projects: 3,
            failed_projects: 1,
            success_rate: 75,
            average_duration_minutes: 9,
            api_calls: {
              local: { total: 1, success: 1, failed: 0, success_rate: 100 },
              openai: { total: 3, success: 1, failed: 2, success_rate: 33.33 },
            },
            quota_usage: { gemini: { used: 80, total: 100, percentage: 80 } },
          },
        },
      },
    ]);
    // What is deleted later is still in the report.
    await sql`delete from videos`.execute(db.sql());
    await sql`delete from video_events`.execute(db.sql());
    expect(await reports.daily(yesterday)).toMatchObject(EXPECTED);
  });

  it('it is sent once, together with being stored', async () => {
    await day();
    const notices: Notification[] = [];
    let fails = true;
    const { lines, task } = written(async (_em, notice) => {
      if (fails) throw new Error('The database was lost.');
      notices.push(notice);
    });
    await expect(task.write()).rejects.toThrow('The database was lost.');
    expect(lines).toEqual([]);
    fails = false;
    await task.write();
    await task.write();
    expect([notices.length, lines.length]).toEqual([1, 1]);
    const [notice] = notices;
    expect(notice).toMatchObject({ kind: 'report', priority: 'P2', alerts: [] });
    expect(notice?.title).toBe(`Daily report of ${yesterday}: 3 videos made, 1 failed`);
    expect(notice?.text?.split('\n')).toEqual([
      'New videos: 4',
      'Active users: 1',
      'Success rate: 75 %',
      'Mean making time: 9 min',
      '95 % of API operations within: 150 ms',
      'Availability: 99.9 %',
      'Calls of local: 1, 0 failed',
      'Calls of openai: 3, 2 failed',
      'Quota of gemini used: 80 %',
      'OPENAI_TIMEOUT: 2 times',
      'FFMPEG_FAILED: 1 times',
    ]);
  });

  it('the active users of the last days can be compared, without a gap', async () => {
    const store = (ago: number, users: number) =>
      sql`insert into daily_reports (day, report)
        values ((now() at time zone 'utc')::date - ${ago}::int, ${JSON.stringify({ activeUsers: users })}::jsonb)`.execute(
        db.sql(),
      );
    expect(await readDailyActiveUsers(db.sql(), 7)).toEqual([]);
    for (const [ago, users] of [
      [1, 50],
      [2, 70],
      [3, 90],
      [5, 100],
    ] as const)
      await store(ago, users);
    expect(await readDailyActiveUsers(db.sql(), 7)).toEqual([90, 70, 50]);
    expect(await readDailyActiveUsers(db.sql(), 2)).toEqual([70, 50]);
  });
});

it('The mean making time is that of the runs that were completed in the last hours', async () => {
  expect(await readMeanMaking(db.sql(), 24)).toBeNull();
  await made('COMPLETED', 0, [10]);
  await made('COMPLETED', 1, [20]);
  await sql`update video_events set at = now() - interval '1 hour'`.execute(db.sql());
  expect(await readMeanMaking(db.sql(), 24)).toBe(900);
  await sql`update video_events set at = now() - interval '25 hours'`.execute(db.sql());
  expect(await readMeanMaking(db.sql(), 24)).toBeNull();
});
