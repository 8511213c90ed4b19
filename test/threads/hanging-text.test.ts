import { afterEach, describe, expect, it } from 'vitest';
import { LocalAnalysisProvider } from '../../src/providers/local/analysis/local-analysis-provider.ts';
import { LocalImageProvider } from '../../src/providers/local/cards/local-image-provider.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { ThreadPool } from '../../src/threads/thread-pool.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { CancelVideoDocument, FailureDocument } from '../helpers/generated/documents.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { until } from '../helpers/until.ts';
import { testActivities, type testTasks } from './test-tasks.ts';

const SLOW = 120_000;

/** Writes any script, except for one with the word "hang", for which its thread is blocked for ever. */
function providersThatMayHang(taskSeconds: number) {
  const entry = new URL('test-tasks.ts', import.meta.url);
  const options = { entry, activities: testActivities, taskSeconds, idleSeconds: 60 };
  const pool = new ThreadPool<typeof testTasks>({ ...options, threads: 2 });
  const [textProvider, voice, begun] = [new LocalTextProvider(), new LocalSpeechProvider(), new SharedArrayBuffer(4)];
  const contentProviders: Providers = {
    text: [
      testProvider({
        call: async (request, signal) => {
          const hangs = request.source.kind === 'script' && request.source.text.includes('hang');
          if (hangs) await pool.run('block', begun, signal);
          return await textProvider.writeScript(request, signal);
        },
      }),
    ],
    speech: [
      {
        ...testProvider({ call: (request, signal) => voice.speak(request, signal) }),
        voices: async (language) => voice.voices(language),
      },
    ],
    image: [testProvider({ call: (request, signal) => new LocalImageProvider().draw(request, signal) })],
    analysis: [testProvider({ call: (request, signal) => new LocalAnalysisProvider().analyse(request, signal) })],
  };
  const close = async () => {
    await Promise.all([pool.close(), voice.close()]);
  };
  return { contentProviders, pool, hangs: () => Atomics.load(new Int32Array(begun), 0), close };
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
}, SLOW);

async function start(taskSeconds: number, settings: Record<string, string> = {}) {
  const hanging = providersThatMayHang(taskSeconds);
  opened.push(hanging);
  const test = await TestApp.start({ contentProviders: hanging.contentProviders, settings });
  opened.push(test);
  const client = await test.signedIn('mia');
  return { ...hanging, test, client };
}

const make = async (client: Client, script: string) =>
  (await client.makeVideo({ script, aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', burnInCaptions: false })).id;
const filmOf = async (client: Client, id: string) => (await client.ask(FailureDocument, { id })).video;

describe('A text that the text provider never finishes', () => {
  it(
    'fails its video with the reason after the timeout, without a retry',
    async () => {
      // Long enough that the thread has begun the task on a busy machine.
      const { client, hangs } = await start(4, { JOB_RETRIES: '3', JOB_RETRY_SECONDS: '0' });
      const id = await make(client, 'These words hang.');
      await until('the video has failed', async () => (await filmOf(client, id))?.status === 'FAILED', 60);
      expect((await filmOf(client, id))?.error).toMatchObject({
        code: 'LOCAL_TIMEOUT',
        message: 'Blocking did not finish within 4 s and was stopped: shorten or simplify the text.',
        retriable: false,
      });
      expect(hangs()).toBe(1);
    },
    SLOW,
  );

  it(
    'blocks no request, no heartbeat and no other video, and ends when its video is canceled',
    async () => {
      const { client, hangs, test, pool } = await start(600, { LEASE_SECONDS: '2', STOP_GRACE_SECONDS: '0' });
      const stuck = await make(client, 'These words hang.');
      await until('the text hangs', () => hangs() === 1);
      const other = await make(client, 'These words end.');
      await until('the other video is made', async () => (await filmOf(client, other))?.status === 'COMPLETED', 100);
      expect((await fetch(`${test.url}/livez`)).status).toBe(200);
      // Still by the same worker, at the first attempt: without heartbeats its lease would have expired long ago.
      expect(await filmOf(client, stuck)).toMatchObject({ status: 'PROCESSING', stages: { 0: { attempt: 1 } } });
      await client.ask(CancelVideoDocument, { id: stuck });
      await until('it is canceled', async () => (await filmOf(client, stuck))?.status === 'CANCELED');
      expect(hangs()).toBe(1);
      expect(await pool.run('double', 2, new AbortController().signal)).toBe(4);
    },
    SLOW,
  );

  it(
    'prevents no process from stopping, which releases the video',
    async () => {
      const { client, hangs, test } = await start(600, { STOP_GRACE_SECONDS: '0' });
      await make(client, 'These words hang.');
      await until('the text hangs', () => hangs() === 1);
      await test.app.close();
      const job = await test.installation.db.sql().selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
      expect(job).toMatchObject({ status: 'WAITING', worker_id: null, lease_expires_at: null });
    },
    SLOW,
  );
});
