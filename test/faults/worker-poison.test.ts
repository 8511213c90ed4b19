import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { FailureDocument, RetryVideoDocument, StepsDocument } from '../helpers/generated/documents.ts';
import { ffmpegAfter } from '../helpers/media/ffmpeg-gate.ts';
import type { SpawnedApp } from '../helpers/processes.ts';

const SLOW = 180_000;
const VIDEO = {
  script: 'Bees.',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} as const;

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;
let server: SpawnedApp;
beforeAll(async () => {
  server = await processes.start('serve');
}, SLOW);
afterAll(async () => {
  await server?.stop();
}, SLOW);

it(
  'A video that crashes its worker is quarantined after the second crash with its last progress message, others are made, and a retry completes it when the cause is removed',
  async () => {
    const { dataDir } = installation;
    const poison = join(dataDir, 'poison');
    // A small process of the worker starts FFmpeg. Only the assembly reads voices: a crash before the stage in which it crashes again would not count.
    const killing = `poison=$(cat '${poison}' 2>/dev/null)\ncase "$*" in *"\${poison:-nothing}/voice"*) kill -9 $(ps -o ppid= -p $PPID); sleep 1;; esac`;
    const settings = { FFMPEG_PATH: await ffmpegAfter(dataDir, killing), WORKER_CONCURRENCY: '1' };
    const ann = await adminAt(server.url, installation);
    const { id, cursor } = await ann.makeVideo(VIDEO);
    await writeFile(poison, decodeId('video', id) ?? '');
    const other = await ann.makeVideo({ ...VIDEO, script: 'Ants.' });

    for (const crash of [1, 2]) {
      const doomed = await processes.start('worker', { settings });
      expect([crash, await doomed.ended()]).toEqual([crash, 'SIGKILL']);
    }
    const worker = await processes.start('worker', { settings });
    const steps = (await ann.watch(StepsDocument, { videoId: id, after: cursor }).whole()).map(
      ({ videoProgress }) => videoProgress,
    );
    expect(steps.at(-1)?.status).toBe('FAILED');
    const { video } = await ann.ask(FailureDocument, { id });
    expect(video?.error).toMatchObject({ code: 'WORKER_DOWN', retriable: true });
    expect(video?.error?.message).toMatch(/automatically\. Last progress: “Assembling the film.*”/);
    const watch = ann.watch(StepsDocument, { videoId: other.id, after: other.cursor });
    expect((await watch.whole()).at(-1)?.videoProgress.status).toBe('COMPLETED');
    expect(worker.hasEnded).toBe(false);

    await rm(poison);
    const { retryVideo } = await ann.ask(RetryVideoDocument, { id });
    const again = ann.watch(StepsDocument, { videoId: id, after: retryVideo?.video?.lastEventId ?? '' });
    expect((await again.whole()).at(-1)?.videoProgress.status).toBe('COMPLETED');
  },
  SLOW,
);
