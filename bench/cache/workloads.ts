import { z } from 'zod';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Cache } from '../../src/cache/cache.ts';
import type { CacheRegion, RegionSettings } from '../../src/cache/cache-region.ts';
import type { Database } from '../../src/db/database.ts';
import { readerOf } from '../../src/db/prepared.ts';
import { ProviderService } from '../../src/services/providers/provider.service.ts';
import { providerMetrics } from '../../src/services/providers/provider-metrics.ts';
import { SharedProviderStates } from '../../src/services/providers/shared-provider-states.ts';
import { queueFacts, readQueueStats } from '../../src/services/queues/queue-stats-sql.ts';
import { readStagePerformance, stagePerformance } from '../../src/services/queues/stage-performance-sql.ts';
import { VIDEO_CACHE_SETTINGS } from '../../src/services/videos/cached-video-reads.ts';
import { VideoList } from '../../src/services/videos/list/video-list.ts';
import { VIDEO_PARTS, type VideoPart, videoParts } from '../../src/services/videos/video-parts.ts';
import { VideoReads } from '../../src/services/videos/video-reads.ts';
import { userId, videoId } from '../../test/helpers/many-videos.ts';
import { OWNERS, WHOLE } from './dataset.ts';
import type { Side } from './measure.ts';

export interface Workload {
  readonly name: string;
  /** The uncached side is first. */
  readonly sides: readonly Side[];
}

/** The fields that the page of one video in an app requests. */
const PAGE: readonly VideoPart[] = [
  ...(['title', 'status', 'progress', 'durationSeconds', 'thumbnailKey', 'createdAt', 'ownerId'] as const),
  ...(['description', 'tags', 'fileKey', 'completedAt', 'analysis', 'stages'] as const),
];
const EVERYTHING = VIDEO_PARTS.filter((part) => part !== 'ownerName' && part !== 'cursor');
/**
 * Number of objects that are read in rotation: they all fit into memory. There are more of them than concurrent reads,
 * so that none waits for another's answer.
 */
const IN_TURN = { videos: 500, aggregates: 9 } as const;

const AGGREGATE = { allowsStale: true, redisSeconds: 300, isWorthCaching: () => true } as const;

export function candidates(db: Database, cache: Cache): Workload[] {
  const reader = readerOf(db);
  const [reads, list] = [new VideoReads(reader), new VideoList(reader)];
  const providers = new ProviderService({
    db,
    contentProviders: ['local', 'openai', 'gemini'].map((name) => ({
      name,
      capability: 'TEXT',
      models: [],
      priority: 0,
    })),
    services: [],
    states: new SharedProviderStates({ db, onChange: () => undefined }),
    speech: [{ name: 'local', voices: async () => [] }],
  });
  const video = (name: string, wanted: readonly VideoPart[]) => {
    const parts = videoParts(wanted);
    const settings = { ...VIDEO_CACHE_SETTINGS, allowsStale: false, redisSeconds: 1_800 };
    const load = (id: string) => reads.findForAnyone(id, parts);
    return workloadOf(cache, name, settings, IN_TURN.videos, (number) => videoId(1 + number), load);
  };
  const aggregate = <Value>(name: string, schema: z.ZodType<Value>, load: () => Promise<Value>) =>
    workloadOf(cache, name, { ...AGGREGATE, schema }, IN_TURN.aggregates, String, load);
  const admin = viewer('ADMIN');
  return [
    video('a completed video, with the fields of its page', PAGE),
    video('a completed video, all of it', EVERYTHING),
    aggregate('how many of one owner’s videos have a common word', z.number(), () =>
      list.count(viewer('CREATOR'), { filter: { search: 'about' } }),
    ),
    aggregate('how many of all videos have a common word', z.number(), () =>
      list.count(admin, { allOwners: true, filter: { search: 'about' } }),
    ),
    aggregate('the queues', z.array(queueFacts), () => readQueueStats(db.sql(), 30)),
    aggregate('stages of a day', z.array(stagePerformance), () => readStagePerformance(db.sql(), 24)),
    aggregate('providers', z.unknown(), () => providers.list()),
    aggregate('metrics of providers, a week', z.array(providerMetrics), () =>
      providers.metricsOfEach(['local', 'openai', 'gemini'], 10_080),
    ),
  ];
}

type Settings<Value> = Omit<RegionSettings<Value>, 'name' | 'entries' | 'memorySeconds'>;

function workloadOf<Value>(
  cache: Cache,
  name: string,
  settings: Settings<Value>,
  turns: number,
  groupOf: (number: number) => string,
  load: (group: string) => Promise<Value>,
): Workload {
  const region = (place: string, entries: number) =>
    cache.region<Value>({ ...settings, name: `${name} ${place}`, entries, memorySeconds: 300 });
  const [memory, redis, missed] = [region('memory', 2 * turns), region('redis', 1), region('miss', 1)];
  const read = (of: CacheRegion<Value>, group: string, field: string) => of.read(group, field, () => load(group));
  const inTurn = (number: number) => groupOf(number % turns);
  return {
    name,
    sides: [
      { name: 'PostgreSQL', warmUp: 3, read: (number) => load(groupOf(number % WHOLE)) },
      // A field that has not been requested yet, of a group that has few.
      { name: 'a miss', warmUp: 3, read: (number) => read(missed, groupOf(number % WHOLE), String(number)) },
      { name: 'Redis', warmUp: turns, read: (number) => read(redis, inTurn(number), '') },
      { name: 'memory', warmUp: turns, read: (number) => read(memory, inTurn(number), '') },
    ],
  };
}

function viewer(role: 'CREATOR' | 'ADMIN'): Viewer {
  const id = userId(1 + (OWNERS >> 1));
  return {
    userId: id,
    username: 'owner',
    roles: [role],
    permissions: new Set(),
    sessionId: id,
    tokenExpiresAt: new Date(8.64e15),
  };
}
