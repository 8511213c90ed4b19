import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { readerOf } from '../../src/db/prepared.ts';
import { Replicas } from '../../src/db/replicas.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { LeasedStageStore } from '../../src/jobs/worker/leased-stage-store.ts';
import { VideoList } from '../../src/services/videos/list/video-list.ts';
import { videoParts } from '../../src/services/videos/video-parts.ts';
import { VideoReads } from '../../src/services/videos/video-reads.ts';
import { accountsOn, PASSWORD } from '../helpers/accounts.ts';
import { TestApp } from '../helpers/app.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import type { Client } from '../helpers/client.ts';
import {
  CancelVideoDocument,
  DeleteVideoDocument,
  RenameAndListDocument,
  StatesOfVideoDocument,
  VideosDocument,
} from '../helpers/generated/documents.ts';
import { busWithoutRedis, jobFixtureOn } from '../helpers/job-fixture.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { until } from '../helpers/until.ts';
import { videoServicesOn } from '../helpers/video-services.ts';

const TITLES = videoParts(['title', 'status']);
const WHERE = { name: undefined, text: 'select inet_server_port() as port' };
const FILM = { script: 'Bees dance.', aspectRatio: 'SQUARE_1_1', resolution: 'SD_480' } as const;

let primary: OwnPostgres;
let near: OwnPostgres;
let far: OwnPostgres;
let db: Database;
beforeAll(async () => {
  primary = await OwnPostgres.start(inject('cluster'));
  db = await openDatabase({ url: primary.url, poolMax: 10 });
  await db.migrate();
  near = await primary.replica();
  far = await primary.replica();
});
afterAll(async () => {
  await db?.close();
  await Promise.all([near?.remove(), far?.remove()]);
  await primary?.remove();
});

let cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.reverse()) await clean();
  cleanups = [];
});

/** The reader of one API process, and what it logged about its replicas. */
function processWith(...urls: string[]) {
  const states: string[] = [];
  const causes: unknown[] = [];
  const reader = new Replicas({
    urls,
    primary: readerOf(db),
    onState: (state, replica, cause) => {
      states.push(`${new URL(`http://${replica}`).port} ${state}`);
      if (cause !== undefined) causes.push(cause);
    },
  });
  cleanups.push(async () => {
    const said = [...states];
    await reader.close();
    expect(states).toEqual(said);
  });
  reader.open();
  const list = new VideoList(reader);
  const reads = new VideoReads(reader);
  return {
    reader,
    states,
    causes,
    /** The port of the server that the viewer's next read uses. */
    port: async ({ lastChange }: Viewer) =>
      String((await reader.rows<{ port: number }>(WHERE, [], lastChange))[0]?.port),
    titles: async (viewer: Viewer) => (await list.page(viewer, {}, TITLES))?.rows.map(({ title }) => title),
    count: (viewer: Viewer) => list.count(viewer, {}),
    state: async (viewer: Viewer, videoId: string) => (await reads.find(viewer, videoId, TITLES))?.status ?? null,
  };
}

/** A user with one video, and the viewer for each of their requests. Redis notifies no process. */
let names = 0;
async function createOwner(role: 'CREATOR' | 'ADMIN' = 'CREATOR') {
  const { accounts } = accountsOn(db, { changes: true });
  const username = `user-${++names}`;
  await accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role });
  const { tokens } = await accounts.login({ identifier: username, password: PASSWORD }, NO_DEVICE);
  const request = () => accounts.viewerOf(tokens.accessToken);
  const videoServices = videoServicesOn(db);
  const video = await videoServices.accept(await request(), { title: 'First' });
  return { ...videoServices, request, videoId: video.id };
}
const NO_DEVICE = { ipAddress: null, userAgent: null };
type Owner = Awaited<ReturnType<typeof createOwner>>;

async function storeFact({ videoId }: Owner): Promise<void> {
  const job = await db.sql().selectFrom('jobs').select('id').where('video_id', '=', videoId).executeTakeFirstOrThrow();
  const stageStore = new LeasedStageStore({
    db,
    jobs: new JobStore(db, 30),
    bus: busWithoutRedis(),
    claim: await jobFixtureOn(db).claim(job.id),
    maxAttempts: 1,
  });
  await stageStore.note({ script: 'Bees dance and dance.' });
}

const portOf = ({ url }: { readonly url: string }) => new URL(url).port;

async function on(server: OwnPostgres, text: string): Promise<void> {
  const operator = await openDatabase({ url: server.url, poolMax: 1 });
  await operator
    .em()
    .execute(text)
    .finally(() => operator.close());
}

/** The server follows the primary, and replays nothing new until the test ends. */
async function stopReplay(...servers: OwnPostgres[]): Promise<void> {
  for (const server of servers) {
    cleanups.push(() => on(server, 'select pg_wal_replay_resume()'));
    await on(server, 'select pg_wal_replay_pause()');
    await until('replay is paused', async () => {
      const operator = await openDatabase({ url: server.url, poolMax: 1 });
      const [row] = await operator
        .em()
        .execute<{ state: string }[]>('select pg_get_wal_replay_pause_state() as state')
        .finally(() => operator.close());
      return row?.state === 'paused';
    });
  }
}

describe('Reading from replicas', () => {
  it('lists, videos and counts come from a replica once it includes all changes of their owner', async () => {
    const ann = await createOwner();
    const api = processWith(near.url);
    const before = await ann.request();
    await until('the replica is read', async () => (await api.port(before)) === portOf(near));
    await stopReplay(near);
    await ann.videos.remove(before, ann.videoId);

    // As if the request had come earlier: only the replica still has the video.
    expect(await api.titles(before)).toEqual(['First']);
    expect(await api.count(before)).toBe(1);
    expect(await api.state(before, ann.videoId)).toBe('PENDING');
  });

  it('a user sees their own change at once, in every process, although replay is paused', async () => {
    const ann = await createOwner();
    const apis = [processWith(near.url, far.url), processWith(near.url)];
    const seen = async () => {
      const viewer = await ann.request();
      return await Promise.all(apis.map((api) => api.titles(viewer)));
    };
    for (const api of apis)
      await until('a replica is read', async () => (await api.port(await ann.request())) !== portOf(primary));
    await stopReplay(near, far);

    const second = await ann.accept(await ann.request(), { title: 'Second' });
    expect(await seen()).toEqual([
      ['Second', 'First'],
      ['Second', 'First'],
    ]);
    await ann.videos.update(await ann.request(), second.id, { title: 'Another' });
    expect(await seen()).toEqual([
      ['Another', 'First'],
      ['Another', 'First'],
    ]);
    await ann.runs.cancel(await ann.request(), ann.videoId);
    for (const api of apis) expect(await api.state(await ann.request(), ann.videoId)).toBe('CANCELED');
    await ann.videos.remove(await ann.request(), ann.videoId);
    expect(await seen()).toEqual([['Another'], ['Another']]);
  });

  const nothing = async () => undefined;
  const rename = (ann: Owner, viewer: Viewer) => ann.videos.update(viewer, ann.videoId, { title: 'New' });
  const cancel = (ann: Owner, viewer: Viewer) => ann.runs.cancel(viewer, ann.videoId);
  const remove = (ann: Owner, viewer: Viewer) => ann.videos.remove(viewer, ann.videoId);

  it.each([
    ['a new name', nothing, rename],
    ['an end', nothing, cancel],
    ['the deletion of a video that has ended', cancel, remove],
    ['a fact stored by a worker without an event', nothing, storeFact],
  ])('%s sends only its owner to the primary, and only until it is replayed', async (_, prepare, change) => {
    const [ann, bob] = [await createOwner(), await createOwner()];
    await prepare(ann, await ann.request());
    const api = processWith(near.url);
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(near));
    await until('it is read for all', async () => (await api.port(await bob.request())) === portOf(near));
    await stopReplay(near);
    await change(ann, await ann.request());
    expect(await api.port(await ann.request())).toBe(portOf(primary));
    expect(await api.port(await bob.request())).toBe(portOf(near));
    await on(near, 'select pg_wal_replay_resume()');
    await until('the replica is read again', async () => (await api.port(await ann.request())) === portOf(near));
  });

  it('a viewer who sees the videos of all users reads from the primary', async () => {
    const [ann, admin] = [await createOwner(), await createOwner('ADMIN')];
    const api = processWith(near.url);
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(near));
    await until(
      'it includes the change of the administrator',
      async () => (await api.port(await admin.request())) === portOf(near),
    );
    await stopReplay(near);
    await ann.videos.remove(await admin.request(), ann.videoId);
    expect(await api.state(await admin.request(), ann.videoId)).toBeNull();
  });

  it('a running transaction delays only users who changed something after it began', async () => {
    const ann = await createOwner();
    const api = processWith(near.url);
    const end = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = db.transaction(async (em) => {
      await em.execute('select pg_current_xact_id()');
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    const bob = await createOwner();
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(near));
    await sleep(500);
    expect(await api.port(await bob.request())).toBe(portOf(primary));
    end.resolve();
    await long;
    await until('the replica shows it all', async () => (await api.port(await bob.request())) === portOf(near));
  });

  it('transaction numbers wrap around: one before the wrap is an old one', async () => {
    const ann = await (await createOwner()).request();
    const api = processWith(near.url);
    await until('the replica is read', async () => (await api.port(ann)) === portOf(near));
    expect(await api.port({ ...ann, lastChange: 2 ** 32 - 10 })).toBe(portOf(near));
    expect(await api.port({ ...ann, lastChange: 2 ** 31 - 10 })).toBe(portOf(primary));
  });

  it('reads are shared by all replicas', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(near.url, far.url);
    const ports = () => Promise.all(Array.from({ length: 10 }, () => api.port(viewer)));
    await until(
      'both are read',
      async () => new Set(await ports()).size === 2 && !(await ports()).includes(portOf(primary)),
    );
    expect((await ports()).sort()).toEqual([...Array(5).fill(portOf(near)), ...Array(5).fill(portOf(far))].sort());
  });

  it('a read that fails on a replica is repeated on the primary', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(near.url);
    await until('the replica is read', async () => (await api.port(viewer)) === portOf(near));
    const onlyThere = { name: undefined, text: 'select pg_current_wal_lsn() is not null as done' };
    expect(await api.reader.rows(onlyThere, [], viewer.lastChange)).toEqual([{ done: true }]);
    expect(await api.port(viewer)).toBe(portOf(near));
    expect(api.states).toEqual([]);
  });
});

describe('A faulty replica', () => {
  /** Reads without a pause until it is stopped; returns the number of reads, and the longest in milliseconds. */
  function reading(api: ReturnType<typeof processWith>, viewer: Viewer) {
    let goOn = true;
    const begin = async () => {
      let longest = 0;
      for (let reads = 1; ; reads++) {
        const begun = performance.now();
        expect(await api.titles(viewer)).toEqual(['First']);
        longest = Math.max(longest, performance.now() - begun);
        if (!goOn) return { reads, longest };
        await sleep(1);
      }
    };
    const readers = Promise.all(Array.from({ length: 4 }, begin));
    return async () => {
      goOn = false;
      return await readers;
    };
  }

  it('is excluded when it crashes, without a failing read, and used again when it is reachable', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(near.url, far.url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(near));
    const stop = reading(api, viewer);
    await near.kill();
    await until('it is left out', () => api.states.length > 0);
    await sleep(300);
    await near.resume();
    await until('it is back', () => api.states.length > 1);
    await until('it is read again', async () => (await api.port(viewer)) === portOf(near));
    for (const { reads, longest } of await stop()) {
      expect(reads).toBeGreaterThan(10);
      expect(longest).toBeLessThan(2_000);
    }
    expect(api.states).toEqual([`${portOf(near)} left out`, `${portOf(near)} back`]);
  });

  it.each([
    ['it stops responding', () => near.freeze()],
    ['a firewall drops its connections', () => undefined],
  ])('is excluded when %s, and its readers wait some seconds at most', async (_, befall) => {
    const proxy = await BreakableProxy.to(near.url);
    cleanups.push(() => proxy.close());
    cleanups.push(async () => near.thaw());
    const url = proxy.inFrontOf(near.url);
    const viewer = await (await createOwner()).request();
    const api = processWith(url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(near));
    const many = () => Promise.all(Array.from({ length: 10 }, () => api.port(viewer)));
    await many();
    const stop = reading(api, viewer);
    await sleep(100);
    befall();
    // More connections than are currently in use for reads.
    expect(proxy.freeze()).toBeGreaterThan(8);
    await until('it is left out', () => api.states.length > 0, 5);
    const longest = Math.max(...(await stop()).map((reader) => reader.longest));
    expect(longest).toBeLessThan(4_000);
    near.thaw();
    await until('it is back', () => api.states.length > 1, 5);
    const begun = performance.now();
    expect(new Set(await many())).toEqual(new Set([portOf(near)]));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(api.states).toEqual([`${portOf({ url })} left out`, `${portOf({ url })} back`]);
  });

  it('is excluded when it lags, and used again when it has caught up', async () => {
    const ann = await createOwner();
    const viewer = await ann.request();
    const api = processWith(near.url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(near));
    await stopReplay(near);
    await ann.accept(viewer, { title: 'Second' });
    await until('it is left out', () => api.states.length > 0, 10);
    expect(String(api.causes[0])).toContain('5 s behind');
    expect(await api.port(viewer)).toBe(portOf(primary));
    await on(near, 'select pg_wal_replay_resume()');
    await until('it is back', async () => (await api.port(await ann.request())) === portOf(near));
    expect(api.states).toEqual([`${portOf(near)} left out`, `${portOf(near)} back`]);
  });

  it('does not prevent the start and is never read: without a server at its address, or with one that is not a standby', async () => {
    const viewer = await (await createOwner()).request();
    const nowhere = 'postgresql://unknown:secret@127.0.0.1:1/nothing';
    const api = processWith(nowhere, primary.url, near.url);
    await until('the good one is read', async () => (await api.port(viewer)) === portOf(near));
    await until('both are left out', () => api.states.length === 2);
    expect(api.states.toSorted()).toEqual(['1 left out', `${portOf(primary)} left out`].toSorted());
    expect(api.causes.map(String).join()).toContain('It follows no primary.');
    for (let read = 0; read < 5; read++) expect(await api.port(viewer)).toBe(portOf(near));
  });
});

describe('An application with DATABASE_REPLICA_URLS', () => {
  let app: TestApp;
  let ann: Client;
  let video: { readonly id: string; readonly cursor: string };
  beforeAll(async () => {
    const settings = { DATABASE_URL: primary.url, DATABASE_REPLICA_URLS: `${near.url}, ${far.url}` };
    app = await TestApp.start({ worker: false, settings });
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    ann = await app.signedIn(`client-${++names}`);
    video = await ann.makeVideo({ ...FILM, title: 'First' });
    await readAtReplica();
  });

  const titles = async () => (await ann.ask(VideosDocument, {})).videos?.edges.map(({ node }) => node.title);

  /** Lists the videos until a replica serves the list. */
  async function readAtReplica(): Promise<void> {
    const begun = Date.now();
    await until('a list is read at a replica', async () => {
      await titles();
      const operator = await openDatabase({ url: near.url, poolMax: 1 });
      const rows = await operator
        .em()
        .execute(
          "select from pg_stat_activity where query like '%from videos v%' and pid <> pg_backend_pid() and query_start > to_timestamp(?)",
          [begun / 1_000],
        )
        .finally(() => operator.close());
      return rows.length > 0;
    });
  }

  it('shows a client its own changes, in the answer itself and later, although replay is paused', async () => {
    // The first two requests of a document are served by Apollo, later ones by the fast path.
    for (const title of ['Renamed', 'Renamed again', 'Renamed at last']) {
      await readAtReplica();
      await stopReplay(near, far);
      const { updateVideo } = await ann.ask(RenameAndListDocument, { id: video.id, input: { title } });
      expect(updateVideo?.video?.owner?.videos?.nodes).toEqual([{ title }]);
      expect(await titles()).toEqual([title]);
      for (const server of [near, far]) await on(server, 'select pg_wal_replay_resume()');
    }
    await readAtReplica();
    await stopReplay(near, far);
    const second = await ann.makeVideo({ ...FILM, title: 'Second' });
    expect(await titles()).toEqual(['Second', 'Renamed at last']);
    await ann.ask(DeleteVideoDocument, { id: second.id });
    expect(await titles()).toEqual(['Renamed at last']);
  });

  it('logs once when a replica is excluded, without its password, and when it is used again', async () => {
    const of = (message: string) => app.log.filter((line) => line['message'] === message);
    await near.kill();
    await until('it is said', () => of('a replica is excluded; polling it until it is usable again').length > 0);
    expect(await titles()).toEqual(['First']);
    await near.resume();
    await until('it is back', () => of('a replica is used again').length > 0);
    const lines = [
      ...of('a replica is excluded; polling it until it is usable again'),
      ...of('a replica is used again'),
    ];
    expect(lines.map(({ level, replica }) => [level, replica])).toEqual([
      ['WARNING', new URL(near.url).host],
      ['INFO', new URL(near.url).host],
    ]);
    expect(JSON.stringify(app.log)).not.toContain(new URL(near.url).password);
  });

  it('shows subscribers the video as it is at each event, although replay is paused', async () => {
    await stopReplay(near, far);
    const watch = ann.watch(StatesOfVideoDocument, { videoId: video.id, after: video.cursor });
    await ann.ask(CancelVideoDocument, { id: video.id });
    const { videoProgress } = await watch.sees(({ videoProgress: { status } }) => status === 'CANCELED');
    expect(videoProgress.video?.status).toBe('CANCELED');
    await watch.ended();
  });
});

it('A replica that was promoted to a primary is excluded', async () => {
  const ann = await createOwner();
  const api = processWith(far.url);
  await until('it is read', async () => (await api.port(await ann.request())) === portOf(far));
  await on(far, 'select pg_promote()');
  await until('it is left out', () => api.states.length > 0);
  expect(api.causes.map(String)).toEqual([expect.stringContaining('It follows no primary.')]);
  await sleep(500);
  expect(await api.port(await ann.request())).toBe(portOf(primary));
});
