import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import {
  CancelVideoDocument,
  DeleteVideoDocument,
  HealthChecksDocument,
  RenameAndListDocument,
  StatesOfVideoDocument,
  VideosDocument,
} from '../helpers/generated/documents.ts';
import { until } from '../helpers/until.ts';
import { FILM, useReplicas } from './replicas-setup.ts';

const setup = useReplicas();
const { on, stopReplay } = setup;

describe('An application with DATABASE_REPLICA_URLS', () => {
  const app = useApp(() => ({
    worker: false,
    settings: { DATABASE_URL: setup.primary.url, DATABASE_REPLICA_URLS: `${setup.near.url}, ${setup.far.url}` },
  }));
  let ann: Client;
  let names = 0;
  let video: { readonly id: string; readonly cursor: string };
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
      const operator = await openDatabase({ url: setup.near.url, poolMax: 1 });
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
      await stopReplay(setup.near, setup.far);
      const { updateVideo } = await ann.ask(RenameAndListDocument, { id: video.id, input: { title } });
      expect(updateVideo?.video?.owner?.videos?.nodes).toEqual([{ title }]);
      expect(await titles()).toEqual([title]);
      for (const server of [setup.near, setup.far]) await on(server, 'select pg_wal_replay_resume()');
    }
    await readAtReplica();
    await stopReplay(setup.near, setup.far);
    const second = await ann.makeVideo({ ...FILM, title: 'Second' });
    expect(await titles()).toEqual(['Second', 'Renamed at last']);
    await ann.ask(DeleteVideoDocument, { id: second.id });
    expect(await titles()).toEqual(['Renamed at last']);
  });

  it('shows operators its replicas, and no password', async () => {
    const operator = await app.signedIn('operator', 'ADMIN');
    const replicas = async () => (await operator.ask(HealthChecksDocument, {})).health.checks?.database.replicas ?? [];
    await until('both are used', async () => (await replicas()).every(({ lagSeconds }) => lagSeconds !== null));
    const found = await replicas();
    expect(found.map(({ name }) => name)).toEqual([setup.near, setup.far].map(({ url }) => new URL(url).host));
    expect(found.every(({ pool }) => pool.total > 0)).toBe(true);
  });

  it('logs once when a replica is excluded, without its password, and when it is used again', async () => {
    const of = (message: string) => app.log.filter((line) => line['message'] === message);
    await setup.near.kill();
    await until('it is said', () => of('a replica is excluded; polling it until it is usable again').length > 0);
    expect(await titles()).toEqual(['First']);
    await setup.near.resume();
    await until('it is back', () => of('a replica is used again').length > 0);
    const lines = [
      ...of('a replica is excluded; polling it until it is usable again'),
      ...of('a replica is used again'),
    ];
    expect(lines.map(({ level, replica }) => [level, replica])).toEqual([
      ['WARNING', new URL(setup.near.url).host],
      ['INFO', new URL(setup.near.url).host],
    ]);
    expect(JSON.stringify(app.log)).not.toContain(new URL(setup.near.url).password);
  });

  it('shows subscribers the video as it is at each event, although replay is paused', async () => {
    await stopReplay(setup.near, setup.far);
    const watch = ann.watch(StatesOfVideoDocument, { videoId: video.id, after: video.cursor });
    await ann.ask(CancelVideoDocument, { id: video.id });
    const { videoProgress } = await watch.sees(({ videoProgress: { status } }) => status === 'CANCELED');
    expect(videoProgress.video?.status).toBe('CANCELED');
    await watch.ended();
  });
});
