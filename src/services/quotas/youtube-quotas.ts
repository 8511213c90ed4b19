import type { Database } from '../../db/database.ts';
import { countedBy, type QuotaRule, type QuotaSource } from './service-quota.service.ts';

/*
 * YouTube counts in two ways: uploads have a limit of their own, and all other calls cost units. Both begin anew at midnight in
 * California. https://developers.google.com/youtube/v3/determine_quota_cost, read on 2026-11-30. A third one, for searches, is not
 * needed here.
 */

export type YoutubeQuota = 'youtube' | 'youtube_uploads';

/** What a project has unless Google has granted it more. */
export const YOUTUBE_QUOTAS: Readonly<Record<YoutubeQuota, QuotaRule>> = {
  youtube: { reset: 'DAILY_PACIFIC', total: 10_000, everyMinutes: 15 },
  youtube_uploads: { reset: 'DAILY_PACIFIC', total: 100, everyMinutes: 15 },
};

/** What one call takes of which quota, whether it succeeds or not. */
export const YOUTUBE_CALLS = {
  'videos.insert': { quota: 'youtube_uploads', units: 1 },
  'videos.list': { quota: 'youtube', units: 1 },
  'videos.update': { quota: 'youtube', units: 50 },
  'thumbnails.set': { quota: 'youtube', units: 50 },
  'captions.insert': { quota: 'youtube', units: 400 },
  'channels.list': { quota: 'youtube', units: 1 },
  'playlistItems.insert': { quota: 'youtube', units: 50 },
} as const satisfies Readonly<Record<string, { readonly quota: YoutubeQuota; readonly units: number }>>;

export type YoutubeCall = keyof typeof YOUTUBE_CALLS;

/** The calls that this installation has made since a time, by their names. */
export type CountYoutubeCalls = (since: Date) => Promise<Readonly<Partial<Record<YoutubeCall, number>>>>;

/** YouTube does not say what is left: what this installation has called is counted. */
export function youtubeQuotas(db: Database, countCalls: CountYoutubeCalls): QuotaSource[] {
  const names: readonly YoutubeQuota[] = ['youtube', 'youtube_uploads'];
  return names.map((name) =>
    countedBy(db, name, YOUTUBE_QUOTAS[name], async (since) => unitsOf(name, await countCalls(since))),
  );
}

/** What the calls have taken of a quota. */
export function unitsOf(quota: YoutubeQuota, calls: Readonly<Partial<Record<YoutubeCall, number>>>): number {
  const counts: Readonly<Partial<Record<string, number>>> = calls;
  return Object.entries(YOUTUBE_CALLS)
    .filter(([, cost]) => cost.quota === quota)
    .reduce((sum, [call, { units }]) => sum + (counts[call] ?? 0) * units, 0);
}
