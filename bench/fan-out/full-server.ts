import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { TokenSigner } from '../../src/auth/tokens.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { encodeId } from '../../src/ids.ts';
import { fillLibrary, userId, videoId } from '../../test/helpers/many-videos.ts';
import { BENCH_SECRET, serveProduction } from '../shared/production.ts';
import { benchServers, freshDatabaseUrl } from '../shared/servers.ts';
import { type ExpectedFields, stepOf } from './event.ts';
import type { Target } from './subscribers.ts';

export interface FullServerOptions {
  readonly videos: number;
  /** Number of sockets, each with a session of the owner of its video. */
  readonly sockets: number;
  /** Node's options for the server. */
  readonly flags: readonly string[];
}

const ROOT = join(import.meta.dirname, '..', '..');
/** The number of owners is the distance between two videos of one owner. */
export const VIDEOS_OF_AN_OWNER = 10;
const WRITERS = 16;

/**
 * `autovideo serve` in production, with PostgreSQL and Redis. The load writes events, and announces them over Redis
 * after their commit, as a worker does.
 */
export async function openFullServer(options: FullServerOptions, resources: AsyncDisposableStack): Promise<Target> {
  execFileSync(process.execPath, ['scripts/bootstrap.mjs', '--only', 'build'], { cwd: ROOT, stdio: 'inherit' });
  const { dataDir, databaseUrl: server, redisUrl } = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(server, resources);
  const db = await openDatabase({ url: databaseUrl, poolMax: WRITERS });
  resources.defer(() => db.close());
  await db.migrate();
  const owners = Math.ceil(options.videos / VIDEOS_OF_AN_OWNER);
  await fill(db, owners, options);
  const prefix = `bench-${process.pid}`;
  const { port, child } = await serveProduction(
    { dataDir, databaseUrl, redisUrl, prefix, flags: options.flags },
    resources,
  );
  const bus = await openBus(redisUrl, prefix, resources);
  const signer = new TokenSigner(BENCH_SECRET);
  const ownerOf = (video: number) => 1 + (video % owners);
  return {
    name: 'Auto Video, complete API',
    port,
    pid: child.pid ?? -1,
    sendsCurrentState: true,
    numbers: new Int32Array(options.videos),
    videoIdOf: (video) => encodeId('video', videoId(video + 1)),
    tokenOf: (socket) => {
      const owner = ownerOf(socket % options.videos);
      const roles = ['CREATOR'] as const;
      return signer.access({ userId: userId(owner), sessionId: sessionId(socket), username: `owner-${owner}`, roles });
    },
    prepare: (videos, number) => {
      const ids = videos.map((video) => videoId(video + 1));
      return write(db, userId(ownerOf(videos[0] ?? 0)), ids, number);
    },
    publish: (video) => bus.publish({ ownerId: userId(ownerOf(video)), videoId: videoId(video + 1) }),
    expected: (video, number) => expected(video, number),
    subscribed: async () => 0,
  };
}

/** Without the fields that the log sets: the cursor and the time. */
function expected(video: number, number: number): ExpectedFields {
  const fixed = { videoId: encodeId('video', videoId(video + 1)), run: 1, costSpent: '0.0000', error: null };
  return { ...stepOf(number), ...fixed };
}

/**
 * Does what `recordVideoEvent` does for one video, for all the given videos of one owner at once: writing a thousand
 * events a second one by one would occupy both cores, and writing is not what this bench measures.
 */
async function write(db: Database, owner: string, videos: readonly string[], number: number): Promise<void> {
  const { status, stage, stageStatus, progress, message, sceneIndex, sceneCount, etaSeconds } = stepOf(number);
  const { rows } = await sql`
    with cursor as (
      insert into event_cursors (owner_id, last_seq) values (${owner}, ${videos.length}::int)
      on conflict (owner_id) do update set last_seq = event_cursors.last_seq + excluded.last_seq
      returning last_seq
    ), changed as (
      update videos set status = ${status}, progress = greatest(progress, ${progress}), current_stage = ${stage},
        eta_seconds = ${etaSeconds}, last_event_seq = cursor.last_seq - ${videos.length}::int + one.place, updated_at = now()
      from cursor, unnest(${videos}::uuid[]) with ordinality as one (id, place) where videos.id = one.id
      returning videos.id, videos.owner_id, videos.run, videos.progress, videos.last_event_seq as seq
    )
    insert into video_events (owner_id, seq, video_id, run, status, stage, stage_status, progress, message,
      scene_index, scene_count, eta_seconds)
    select owner_id, seq, id, run, ${status}, ${stage}, ${stageStatus}, progress, ${message},
      ${sceneIndex}::int, ${sceneCount}::int, ${etaSeconds}::int
    from changed returning seq`.execute(db.sql());
  if (rows.length !== videos.length) throw new Error('Videos are missing.');
}

const sessionId = (number: number) => `00000000-0000-7000-8000-c${number.toString(16).padStart(11, '0')}`;

async function fill(db: Database, owners: number, { videos, sockets }: FullServerOptions): Promise<void> {
  await fillLibrary(db, { owners, videos });
  await sql`update videos set status = 'PROCESSING'`.execute(db.sql());
  await sql`insert into user_roles (user_id, role) select id, 'CREATOR' from users`.execute(db.sql());
  await sql`
    insert into sessions (id, user_id, refresh_jti, expires_at)
    select ('00000000-0000-7000-8000-c' || lpad(to_hex(i), 11, '0'))::uuid,
      ('00000000-0000-7000-8000-a' || lpad(to_hex(1 + i % ${videos}::int % ${owners}::int), 11, '0'))::uuid,
      gen_random_uuid(), now() + interval '1 day'
    from generate_series(0, ${sockets}::int - 1) as i`.execute(db.sql());
  for (let owner = 1; owner <= owners; owner++) {
    const own = Array.from({ length: videos }, (_, video) => video).filter((video) => 1 + (video % owners) === owner);
    await write(
      db,
      userId(owner),
      own.map((video) => videoId(video + 1)),
      0,
    );
  }
  await sql`analyze`.execute(db.sql());
}

async function openBus(redisUrl: string, prefix: string, resources: AsyncDisposableStack): Promise<EventBus> {
  const pubSub = new RedisPubSub({ redisUrl, prefix });
  resources.defer(() => pubSub.close());
  pubSub.open();
  while (!pubSub.connected) await sleep(10);
  return new EventBus(pubSub);
}
