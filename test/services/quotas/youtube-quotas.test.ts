import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quotaSourcesOf } from '../../../src/composition/service-quotas.ts';
import type { Database } from '../../../src/db/database.ts';
import { ServiceQuotaChecks } from '../../../src/jobs/tasks/check-service-quotas.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { readServiceSettings } from '../../../src/service-settings.ts';
import { ServiceQuotaService } from '../../../src/services/quotas/service-quota.service.ts';
import { unitsOf, type YoutubeCall } from '../../../src/services/quotas/youtube-quotas.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const services = readServiceSettings({}, []);
const logger = createLogger({ level: 'error', destination: { write: () => undefined } });
const { signal } = new AbortController();

let db: Database;
let calls: Partial<Record<YoutubeCall, number>>;
let since: Date[];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  calls = {};
  since = [];
  await db.em().execute('truncate service_quotas, service_quota_usage');
});

const counted = async (from: Date) => {
  since.push(from);
  return calls;
};
const check = (youtube: typeof counted | undefined) =>
  new ServiceQuotaChecks({ db, sources: quotaSourcesOf(services, db, youtube), logger }).check(signal);
const shown = async () =>
  (await new ServiceQuotaService(db).list()).map(({ service, used, total, status }) => [service, used, total, status]);
const age = (minutes: number) =>
  db.em().execute(`update service_quotas set checked_at = checked_at - interval '${minutes} minutes'`);

describe('The quotas of YouTube', () => {
  it('are two, each with its own limit: uploads, and units for all other calls', async () => {
    calls = { 'videos.insert': 80, 'thumbnails.set': 80, 'captions.insert': 10, 'videos.list': 1_000 };
    await check(counted);
    expect(await shown()).toEqual([
      ['youtube', 9_000, 10_000, 'CRITICAL'],
      ['youtube_uploads', 80, 100, 'WARNING'],
    ]);
  });

  it.each([
    [79, 'HEALTHY'],
    [80, 'WARNING'],
    [89, 'WARNING'],
    [90, 'CRITICAL'],
    [100, 'EXCEEDED'],
    [101, 'EXCEEDED'],
  ])('with %d uploads are %s', async (uploads, status) => {
    calls = { 'videos.insert': uploads };
    await check(counted);
    expect((await shown())[1]?.[3]).toBe(status);
  });

  it('are counted since midnight in California, and begin anew at the next', async () => {
    await check(counted);
    const [{ resetAt } = { resetAt: null }] = await new ServiceQuotaService(db).list();
    const timeIn = (date: Date | null | undefined) =>
      date?.toLocaleTimeString('en-GB', { timeZone: 'America/Los_Angeles' });
    expect([timeIn(since[0]), timeIn(resetAt)]).toEqual(['00:00:00', '00:00:00']);
    // A day of 23 to 25 hours, by daylight saving.
    const hours = ((resetAt?.getTime() ?? 0) - (since[0]?.getTime() ?? 0)) / 3_600_000;
    expect([23, 24, 25]).toContain(hours);
  });

  it('are checked every fifteen minutes, each check with a change is in the history', async () => {
    await check(counted);
    await age(9);
    await check(counted);
    expect(since).toHaveLength(2);
    await age(6);
    calls = { 'videos.insert': 1 };
    await check(counted);
    expect(since).toHaveLength(4);
    const history = await db.sql().selectFrom('service_quota_usage').select(['service', 'used']).execute();
    expect(history.map(({ service, used }) => [service, Number(used)]).toSorted()).toEqual([
      ['youtube', 0],
      ['youtube_uploads', 0],
      ['youtube_uploads', 1],
    ]);
  });

  it('are not shown where nothing publishes to YouTube', async () => {
    await check(undefined);
    expect(await shown()).toEqual([]);
  });

  it('are taken by one call as its documentation says', () => {
    const all: Record<YoutubeCall, number> = {
      'videos.insert': 1,
      'videos.list': 1,
      'videos.update': 1,
      'thumbnails.set': 1,
      'captions.insert': 1,
      'channels.list': 1,
      'playlistItems.insert': 1,
    };
    expect([unitsOf('youtube_uploads', all), unitsOf('youtube', all)]).toEqual([1, 552]);
  });
});
