import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { newPlace, type Place } from '../helpers/place.ts';
import { ensureBuilt, SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;
const NOBODY_THERE = 'redis://127.0.0.1:1';

let place: Place;
const apps: SpawnedApp[] = [];
beforeAll(async () => {
  await ensureBuilt();
  place = await newPlace();
}, SLOW);
afterAll(async () => {
  await Promise.all(apps.map((app) => app.kill('SIGKILL')));
  await place?.remove();
}, SLOW);

const rowsIn = async (table: 'outbox' | 'videos') =>
  (await place.db.sql().selectFrom(table).select('id').execute()).length;

it(
  'A server that is killed right after it accepted a video, before it could tell any worker: the video is made all the same',
  async () => {
    // Without Redis it can only write down that somebody should be told.
    const server = await SpawnedApp.start(place, 'serve', { settings: { REDIS_URL: NOBODY_THERE } });
    apps.push(server);
    const admin = await adminAt(server.url, place);
    const { id } = await admin.makeVideo({ script: 'Bees dance.', resolution: 'SD_480' });
    expect(await server.kill('SIGKILL')).toBe('SIGKILL');
    expect([await rowsIn('videos'), await rowsIn('outbox')]).toEqual([1, 1]);

    apps.push(await SpawnedApp.start(place, 'worker'));
    const video = place.db
      .sql()
      .selectFrom('videos')
      .select('status')
      .where('id', '=', decodeId('video', id) ?? '');
    await until('it is made', async () => (await video.executeTakeFirst())?.status === 'COMPLETED', 60);
    expect(await rowsIn('outbox')).toBe(0);
  },
  SLOW,
);
