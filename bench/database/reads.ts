/**
 * The cost of reading lists relative to one handwritten prepared join over the same pool.
 *
 *   DATABASE_URL=postgresql://… node bench/database/reads.ts [rows] [rounds]        (Node 24; an empty database for this bench)
 *
 * Our side is the service that the resolvers call, without HTTP and GraphQL. Rounds are interleaved, medians are
 * printed: CPU µs of this process for each page, with eight concurrent pages; and the time of a single page, by p50 and
 * p99. Before the measurement both sides must return the same rows.
 */
import type { Viewer } from '../../src/auth/viewer.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { PooledReader, type QueryPool } from '../../src/db/prepared.ts';
import { VideoList, type VideoListQuery } from '../../src/services/videos/list/video-list.ts';
import { type VideoPart, videoParts } from '../../src/services/videos/video-parts.ts';
import { fillLibrary, userId } from '../../test/helpers/many-videos.ts';

const OWNERS = 50;
const AT_ONCE = 8;
const PAGES = 400;

interface RawPool extends Pick<QueryPool, 'connect'> {
  query<Row extends object>(query: {
    name?: string;
    text: string;
    values: readonly unknown[];
  }): Promise<{ rows: Row[] }>;
}

type Read = () => Promise<readonly object[]>;

interface Workload {
  readonly name: string;
  readonly raw: Read;
  readonly ours: Read;
}

interface Sample {
  readonly cpuMicroseconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function main(): Promise<void> {
  const [rows, rounds] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 7)];
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('Set DATABASE_URL to an empty database for this bench.');
  const db = await openDatabase({ url, poolMax: AT_ONCE, statementSeconds: 600 });
  try {
    await db.migrate();
    await fillLibrary(db, { owners: OWNERS, videos: rows });
    await db.em().execute('vacuum videos');
    const pool = await rawPool(db);
    const workloads = workloadsOn(pool, new VideoList(new PooledReader(pool)));
    for (const work of workloads) await checkSame(work);
    console.log(`${rows.toLocaleString('en')} videos of ${OWNERS} owners, ${rounds} rounds; medians\n`);
    for (const work of workloads) await measure(work, rounds);
  } finally {
    await db.close();
  }
}

async function rawPool(db: Database): Promise<RawPool> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new Error('The driver has no pool.');
  return pool;
}

function isPool(value: unknown): value is RawPool {
  return typeof value === 'object' && value !== null && 'query' in value;
}

function workloadsOn(pool: RawPool, list: VideoList): Workload[] {
  const owner = viewer('CREATOR');
  const raw = (name: string, text: string, values: readonly unknown[]) => async () =>
    (await pool.query({ name, text, values })).rows;
  const ours = (who: Viewer, query: VideoListQuery, parts: readonly VideoPart[]) => {
    const wanted = videoParts(parts);
    return async () => (await list.page(who, query, wanted))?.rows ?? [];
  };
  return [
    {
      name: '20 videos of one owner, with owners',
      raw: raw('raw-owner', `${JOIN} where v.owner_id = $1 and v.deleted_at is null ${NEWEST}`, [owner.userId]),
      ours: ours(owner, { first: 20 }, LIST),
    },
    {
      name: '20 videos of all owners, with owners',
      raw: raw('raw-all', `${JOIN} where v.deleted_at is null ${NEWEST}`, []),
      ours: ours(viewer('ADMIN'), { first: 20, allOwners: true }, LIST),
    },
    {
      name: 'the same with progress and status',
      raw: raw(
        'raw-state',
        `${JOIN.replace('v.title,', 'v.title, v.progress, v.current_stage, v.updated_at,')} where v.owner_id = $1 and v.deleted_at is null ${NEWEST}`,
        [owner.userId],
      ),
      ours: ours(owner, { first: 20 }, [...LIST, 'progress', 'currentStage', 'updatedAt']),
    },
  ];
}

const JOIN = 'select v.id, v.title, v.status, v.created_at, o.username from videos v join users o on o.id = v.owner_id';
const LIST: readonly VideoPart[] = ['title', 'status', 'createdAt', 'ownerName'];
const NEWEST = 'order by v.created_at desc, v.id desc limit 21';

function viewer(role: 'CREATOR' | 'ADMIN'): Viewer {
  const tokenExpiresAt = new Date(8.64e15);
  return {
    userId: userId(1),
    username: 'owner-1',
    roles: [role],
    permissions: new Set(),
    sessionId: userId(1),
    tokenExpiresAt,
  };
}

async function checkSame({ name, raw, ours }: Workload): Promise<void> {
  const [theirs, own] = [await raw(), await ours()];
  const ids = (rows: readonly object[]) => JSON.stringify(rows.slice(0, 20).map((row) => Reflect.get(row, 'id')));
  if (own.length !== 20 || ids(theirs) !== ids(own)) throw new Error(`Both sides must give the same: ${name}`);
}

async function measure({ name, raw, ours }: Workload, rounds: number): Promise<void> {
  const sides = { raw: [] as Sample[], ours: [] as Sample[] };
  for (const side of [raw, ours, raw, ours]) await cpuOf(side);
  for (let round = 0; round < rounds; round++) {
    sides.raw.push(await sample(raw));
    sides.ours.push(await sample(ours));
  }
  console.log(name);
  const cpu = { raw: median(sides.raw, 'cpuMicroseconds'), ours: median(sides.ours, 'cpuMicroseconds') };
  for (const side of ['raw', 'ours'] as const) {
    const [p50, p99] = [median(sides[side], 'p50Ms'), median(sides[side], 'p99Ms')];
    const ratio = (cpu.raw / cpu[side]).toFixed(2);
    console.log(
      `  ${side.padEnd(5)} ${cpu[side].toFixed(0).padStart(5)} CPU µs  ${ratio} of raw  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`,
    );
  }
}

async function sample(read: Read): Promise<Sample> {
  const cpuMicroseconds = await cpuOf(read);
  const times: number[] = [];
  for (let page = 0; page < PAGES; page++) {
    const begun = performance.now();
    await read();
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  return { cpuMicroseconds, p50Ms: times[PAGES / 2] ?? 0, p99Ms: times[Math.floor(PAGES * 0.99)] ?? 0 };
}

/** CPU µs of this process for each page. */
async function cpuOf(read: Read): Promise<number> {
  const before = process.cpuUsage();
  const one = async () => {
    for (let page = 0; page < PAGES; page++) await read();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (PAGES * AT_ONCE);
}

function median(samples: readonly Sample[], key: keyof Sample): number {
  const sorted = samples.map((sample) => sample[key]).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

await main();
