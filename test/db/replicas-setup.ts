import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
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
import { busWithoutRedis, jobFixtureOn } from '../helpers/job-fixture.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { until } from '../helpers/until.ts';
import { videoServicesOn } from '../helpers/video-services.ts';

export const TITLES = videoParts(['title', 'status']);

export const WHERE = { name: undefined, text: 'select inet_server_port() as port' };

export const FILM = { script: 'Bees dance.', aspectRatio: 'SQUARE_1_1', resolution: 'SD_480' } as const;

export const NO_DEVICE = { ipAddress: null, userAgent: null };

export type Owner = Awaited<ReturnType<ReturnType<typeof useReplicas>['createOwner']>>;

export const portOf = ({ url }: { readonly url: string }) => new URL(url).port;

/** A primary and two replicas for the tests of a file, and processes that read from them. */
export function useReplicas() {
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

  async function storeFact({ videoId }: { readonly videoId: string }): Promise<void> {
    const job = await db
      .sql()
      .selectFrom('jobs')
      .select('id')
      .where('video_id', '=', videoId)
      .executeTakeFirstOrThrow();
    const stageStore = new LeasedStageStore({
      db,
      jobs: new JobStore(db, 30),
      bus: busWithoutRedis(),
      claim: await jobFixtureOn(db).claim(job.id),
      maxAttempts: 1,
    });
    await stageStore.note({ script: 'Bees dance and dance.' });
  }

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

  return {
    get primary() {
      return primary;
    },
    get near() {
      return near;
    },
    get far() {
      return far;
    },
    get db() {
      return db;
    },
    get cleanups() {
      return cleanups;
    },
    processWith,
    createOwner,
    storeFact,
    on,
    stopReplay,
  };
}
