import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Viewer } from '../../src/auth/viewer.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { readerOf } from '../../src/db/prepared.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import type { VideoClaim } from '../../src/jobs/queue/lease.ts';
import { LeasedStageStore } from '../../src/jobs/worker/leased-stage-store.ts';
import { VideoList, type VideoListQuery } from '../../src/services/videos/list/video-list.ts';
import { encodeCursor, NEWEST_FIRST } from '../../src/services/videos/list/video-order.ts';
import { VIDEO_PARTS, videoParts } from '../../src/services/videos/video-parts.ts';
import { VideoReads } from '../../src/services/videos/video-reads.ts';
import { userId, videoId } from '../../test/helpers/many-videos.ts';
import { videoServicesOn } from '../../test/helpers/video-services.ts';
import { median, percentile, row, say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl } from '../shared/servers.ts';
import { createDataset, growDataset, OWNERS } from './dataset.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** Until Node has compiled the functions, whose compilation would otherwise count for the first size. */
const WARM_UP = 4;
const ROUNDS = 5;
const CALLS = 40;
/** Longer than the bench, so that no job is considered lost. */
const LEASE_SECONDS = 3_600;
const CARD = videoParts(['title', 'status', 'createdAt', 'ownerName', 'cursor']);
const EVERYTHING = videoParts(VIDEO_PARTS);

type Call = (nth: number) => Promise<unknown>;

/** Cost of one call. */
interface Cost {
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** CPU time of this process, median of the rounds. */
  readonly cpuMicroseconds: number;
}

/** The most frequent operations, in one database that grows; one call at a time. */
export async function measureVideos(resources: AsyncDisposableStack): Promise<void> {
  const { databaseUrl } = await benchServers(resources);
  const url = await freshDatabaseUrl(databaseUrl, resources);
  const db = await openDatabase({ url, poolMax: 4, statementSeconds: 600 });
  resources.defer(() => db.close());
  await db.migrate();
  await createDataset(db);
  const curves = new Map<string, Cost[]>();
  let size = 0;
  for (const next of SIZES) {
    await growDataset(db, size + 1, next);
    size = next;
    for (const [name, call] of Object.entries(await callsOn(db, size)))
      curves.set(name, [...(curves.get(name) ?? []), await costOf(call)]);
    // Jobs created during the measurement must not affect the next size.
    await sql`update jobs set status = 'DONE', finished_at = now() where status <> 'DONE'`.execute(db.sql());
  }
  print(curves);
}

/** In the order of measurement: claimed videos were created before, one here and the rest by the measured calls. */
async function callsOn(db: Database, size: number): Promise<Readonly<Record<string, Call>>> {
  const list = new VideoList(readerOf(db));
  const reads = new VideoReads(readerOf(db));
  const { videos } = videoServicesOn(db);
  const [owner, admin] = [viewer('CREATOR'), viewer('ADMIN')];
  const page = (who: Viewer, query: VideoListQuery) => () => list.page(who, { first: 20, ...query }, CARD);
  const allVideos = { allOwners: true };
  const input = { script: 'Bees dance.', title: 'A video of bees', language: 'en', burnInCaptions: true } as const;
  const format = { aspectRatio: 'LANDSCAPE_16_9', resolution: 'SD_480' } as const;
  const jobs = new JobStore(db, LEASE_SECONDS);
  const claim = () => claimed(jobs);
  const create = () => videos.create(owner, { ...input, ...format });
  await create();
  let stageStore: LeasedStageStore | undefined;
  return {
    'newest 20 of an owner': page(owner, {}),
    'newest 20 of all owners': page(admin, allVideos),
    'a page in the middle': page(admin, { ...allVideos, after: cursorOf(size / 2) }),
    'details of a video': (nth) => reads.find(owner, videoId(1 + (nth % (size / OWNERS)) * OWNERS), EVERYTHING),
    'totalCount of an owner': () => list.count(owner, {}),
    'totalCount of all owners': () => list.count(admin, allVideos),
    'search, a common word': page(admin, { ...allVideos, filter: { search: 'video' } }),
    'search, a word without matches': page(admin, { ...allVideos, filter: { search: 'xylophone' } }),
    createVideo: create,
    'claim a job': claim,
    'a step of progress': async (nth) => {
      stageStore ??= new LeasedStageStore({ db, jobs, bus: deafBus(), claim: await claim(), maxAttempts: 4 });
      await stageStore.report({ ...STEP, message: `Speaking scene ${nth}.` }, {});
    },
  };
}

const STEP = { stage: 'SPEECH', stageStatus: 'RUNNING', progress: 31, stageProgress: 10, sceneCount: 5 } as const;

async function claimed(jobs: JobStore): Promise<VideoClaim> {
  const claim = await jobs.claimNext('VIDEO', ['URGENT', 'NORMAL', 'LOW'], randomUUIDv7());
  if (!claim) throw new Error('There was nothing to claim.');
  return claim;
}

/** Cursor of the video with this number in the list of all owners. */
function cursorOf(number: number): string {
  const createdAt = new Date(Date.UTC(2026, 0, 1) + 1_000 * number);
  return encodeCursor(NEWEST_FIRST, { id: videoId(number), createdAt });
}

/** Redis is left out: its cost does not depend on the number of videos. */
function deafBus(): EventBus {
  return new EventBus(new RedisPubSub({ redisUrl: 'redis://127.0.0.1:1', prefix: 'unused' }));
}

function viewer(role: 'CREATOR' | 'ADMIN'): Viewer {
  const [id, tokenExpiresAt] = [userId(1), new Date(8.64e15)];
  return { userId: id, username: 'owner-1', roles: [role], permissions: new Set(), sessionId: id, tokenExpiresAt };
}

async function costOf(call: Call): Promise<Cost> {
  const times: number[] = [];
  const cpus: number[] = [];
  let nth = 0;
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const cpu = process.cpuUsage();
    for (let turn = 0; turn < CALLS; turn++) {
      const begun = performance.now();
      await call(nth++);
      if (round >= 0) times.push(performance.now() - begun);
    }
    const { user, system } = process.cpuUsage(cpu);
    if (round >= 0) cpus.push((user + system) / CALLS);
  }
  return { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), cpuMicroseconds: median(cpus) };
}

const TITLES: Readonly<Record<keyof Cost, string>> = {
  p50Ms: 'p50 ms by number of videos',
  p95Ms: 'p95 ms',
  cpuMicroseconds: 'CPU µs of Node',
};

function print(curves: ReadonlyMap<string, readonly Cost[]>): void {
  for (const key of ['p50Ms', 'p95Ms', 'cpuMicroseconds'] as const) {
    say();
    row(TITLES[key], ...SIZES.map((size) => size.toLocaleString('en')), 'last relative to first');
    for (const [name, costs] of curves) {
      const values = costs.map((cost) => cost[key]);
      const cells = values.map((value) => value.toFixed(key === 'cpuMicroseconds' ? 0 : 2));
      row(name, ...cells, ((values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN)).toFixed(2));
    }
  }
}
