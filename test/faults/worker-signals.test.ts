import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeId, encodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { FilmDocument, StepsDocument } from '../helpers/generated/documents.ts';
import type { Settings } from '../helpers/installation.ts';
import { FfmpegGate } from '../helpers/media/ffmpeg-gate.ts';
import { processesNaming, type SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;
const SMALL = { aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', burnInCaptions: false } as const;
const QUESTION = JSON.stringify({ query: '{ __typename }' });

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;
let gate: FfmpegGate;
beforeAll(async () => {
  gate = await FfmpegGate.in(installation.dataDir);
});

const start = (settings: Settings = {}): Promise<SpawnedApp> =>
  processes.start('start', { settings: { FFMPEG_PATH: gate.path, ...settings } });

const job = () => installation.db.sql().selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
const stageIs = async (stage: 'ASSEMBLY' | 'ANALYSIS', status: string) =>
  (await installation.db.sql().selectFrom('video_stages').select('status').where('stage', '=', stage).execute())[0]
    ?.status === status;

/** A request that the server has begun to read; its sender has to complete it. */
async function halfARequest(url: string): Promise<ClientRequest> {
  const headers = { 'content-type': 'application/json', 'content-length': QUESTION.length, expect: '100-continue' };
  const asking = request(`${url}/graphql`, { method: 'POST', headers, agent: false });
  asking.flushHeaders();
  // The server has begun to answer.
  await once(asking, 'continue');
  asking.write(QUESTION.slice(0, 5));
  return asking;
}

async function answerOf(asking: ClientRequest): Promise<string> {
  const answering = once(asking, 'response');
  asking.end(QUESTION.slice(5));
  const [response]: IncomingMessage[] = await answering;
  const chunks = await response?.toArray();
  return `${response?.statusCode} ${Buffer.concat(chunks ?? []).toString()}`;
}

/** Whether a load balancer would still send requests there. */
const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('Server and worker in one process', () => {
  it(
    'on SIGTERM report that they are not ready, accept videos during the drain time but make none, finish requests, disconnect subscribers, finish the stage, release the video and exit with 0',
    async () => {
      // No other worker can take the video because this lease expires.
      const app = await start({ LEASE_SECONDS: '600', STOP_DELAY_SECONDS: '2' });
      const admin = await adminAt(app.url, installation);
      const { id, cursor } = await admin.makeVideo({ ...SMALL, script: 'Bees dance.' });
      const watch = admin.watch(StepsDocument, { videoId: id, after: cursor });
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'ASSEMBLY');
      const asking = await halfARequest(app.url);
      expect(await isReady(app.url)).toBe(true);

      app.signal('SIGTERM');
      await until('it is not ready', async () => !(await isReady(app.url)));
      const late = decodeId('video', (await admin.makeVideo({ ...SMALL, script: 'Bees sing.' })).id);
      expect(await watch.ended()).toMatchObject({ message: expect.stringContaining('1012') });
      expect(await answerOf(asking)).toBe('200 {"data":{"__typename":"Query"}}\n');
      expect([app.hasEnded, await isReady(app.url)]).toEqual([false, false]);

      await gate.open();
      expect(await app.ended()).toBe(0);
      const begun = installation.db.sql().selectFrom('video_stages').select('stage').where('video_id', '=', late);
      expect(await begun.where('started_at', 'is not', null).execute()).toEqual([]);
      await installation.db.sql().deleteFrom('videos').where('id', '=', late).execute();
      expect(await stageIs('ASSEMBLY', 'COMPLETED')).toBe(true);
      expect(await job()).toMatchObject({ status: 'WAITING', attempt: 0, worker_id: null, lease_expires_at: null });
    },
    SLOW,
  );

  it(
    'on a second SIGTERM exit at once with 143 in the middle of a stage, with their FFmpeg, and others finish the video',
    async () => {
      await gate.shut();
      // Nor does it continue to wait for load balancers.
      const app = await start({ STOP_DELAY_SECONDS: '600' });
      await until('it is at the last stage', () => stageIs('ANALYSIS', 'RUNNING'));
      await until('its FFmpeg runs', async () => (await processesNaming(gate.path)).length > 0);
      app.signal('SIGTERM');
      // Time itself is tested: two signals at once are one press of Ctrl-C, which the terminal sends to all processes.
      await sleep(1_200);
      expect(app.hasEnded).toBe(false);
      const begun = performance.now();
      app.signal('SIGTERM');
      expect(await app.ended()).toBe(143);
      expect(performance.now() - begun).toBeLessThan(2_000);
      await until('its FFmpeg is gone', async () => (await processesNaming(gate.path)).length === 0, 2);

      await gate.open();
      const next = await start();
      await until('the video is made', async () => (await job()).status === 'DONE', 60);
      const admin = await adminAt(next.url, installation);
      const { video } = await admin.ask(FilmDocument, { id: encodeId('video', (await job()).video_id ?? '') });
      expect(video?.stages.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1]);
      const metrics = await (await fetch(`${next.url}/metrics`)).text();
      const counted = [...metrics.matchAll(/^video_processing_duration_seconds_count{(.+)} (\d+)$/gm)];
      expect(counted.map(([, labels, count]) => [labels, count])).toEqual([['stage="analysis",status="success"', '1']]);
      await next.stop();
    },
    SLOW,
  );
});
