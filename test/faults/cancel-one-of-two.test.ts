import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { CancelVideoDocument, QuotasDocument, StepsDocument } from '../helpers/generated/documents.ts';
import { FfmpegGate } from '../helpers/media/ffmpeg-gate.ts';
import { processesNaming, type SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;
let gate: FfmpegGate;
let app: SpawnedApp;
beforeAll(async () => {
  gate = await FfmpegGate.in(installation.dataDir);
  // With its lease alone the worker would notice it only after minutes.
  // Each of two videos has an FFmpeg for its clip and one for its sound.
  const atOnce = { WORKER_CONCURRENCY: '2', PROGRAMS_AT_ONCE: '4' };
  const settings = { FFMPEG_PATH: gate.path, LEASE_SECONDS: '600', ...atOnce };
  app = await processes.start('start', { settings });
}, SLOW);
afterAll(async () => {
  await gate?.open();
  await app?.stop();
}, SLOW);

/** Their arguments: a process that is starting has the command line of its launcher. */
const ffmpegsOf = async (id: string) => {
  const commands = await processesNaming(decodeId('video', id) ?? '');
  return [...new Set(commands.map((command) => command.slice(command.indexOf('-nostdin'))))].toSorted();
};
/** Read again where a folder is removed while it is read. */
const unfinishedWork = async (): Promise<string[]> =>
  await readdir(join(installation.dataDir, 'work'), { recursive: true }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
    return unfinishedWork();
  });

it(
  'One of two videos in assembly on one worker is canceled: its FFmpeg ends within 5 s, the other continues and its film is finished',
  async () => {
    const ann = await adminAt(app.url, installation);
    const film = async (script: string) => {
      const { id, cursor } = await ann.makeVideo({ script, resolution: 'SD_480' });
      return { id, watch: ann.watch(StepsDocument, { videoId: id, after: cursor }) };
    };
    const [canceled, other] = [await film('Bees dance.'), await film('Ants march.')];
    for (const { id, watch } of [canceled, other]) {
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'ASSEMBLY');
      await until('its FFmpeg runs', async () => (await ffmpegsOf(id)).length === 2);
    }
    const others = await ffmpegsOf(other.id);
    const before = await unfinishedWork();

    const { cancelVideo } = await ann.ask(CancelVideoDocument, { id: canceled.id });
    expect(cancelVideo).toMatchObject({ video: { status: 'CANCELED' }, userErrors: [] });
    await until('its FFmpeg is gone', async () => (await ffmpegsOf(canceled.id)).length === 0, 5);
    await until('some unfinished work is gone', async () => (await unfinishedWork()).length < before.length, 5);
    // The clip that waited for the end of the canceled one may have begun by now.
    expect(await ffmpegsOf(other.id)).toEqual(expect.arrayContaining(others));
    const { quotas } = await ann.ask(QuotasDocument, {});
    const ofVideos = quotas?.filter(({ type }) => type === 'VIDEO');
    expect(ofVideos?.map(({ reserved }) => reserved)).toEqual([1, 1]);

    await gate.open();
    expect((await other.watch.whole()).at(-1)?.videoProgress.status).toBe('COMPLETED');
    expect((await canceled.watch.whole()).at(-1)?.videoProgress.status).toBe('CANCELED');
    const work = join(installation.dataDir, 'work');
    const left = await Promise.all((await readdir(work)).map((name) => readdir(join(work, name))));
    expect(left.flat()).toEqual([]);
  },
  SLOW,
);
