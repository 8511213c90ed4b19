import { expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;
const UNREACHABLE_REDIS = 'redis://127.0.0.1:1';

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;

const rowsIn = async (table: 'outbox' | 'videos') =>
  (await installation.db.sql().selectFrom(table).select('id').execute()).length;

it(
  'A server is killed right after it accepted a video, before it notified a worker: the video is made nevertheless',
  async () => {
    // Without Redis it can only write the notification to the outbox.
    const server = await processes.start('serve', { settings: { REDIS_URL: UNREACHABLE_REDIS } });
    const admin = await adminAt(server.url, installation);
    const { id } = await admin.makeVideo({
      script: 'Bees dance.',
      aspectRatio: 'SQUARE_1_1',
      resolution: 'SD_480',
      burnInCaptions: false,
    });
    expect(await server.kill('SIGKILL')).toBe('SIGKILL');
    expect([await rowsIn('videos'), await rowsIn('outbox')]).toEqual([1, 1]);

    await processes.start('worker');
    const video = installation.db
      .sql()
      .selectFrom('videos')
      .select('status')
      .where('id', '=', decodeId('video', id) ?? '');
    await until('it is made', async () => (await video.executeTakeFirst())?.status === 'COMPLETED', 60);
    expect(await rowsIn('outbox')).toBe(0);
  },
  SLOW,
);
