import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegisterDocument } from '../../src/cli/generated/documents.ts';
import type { Database } from '../../src/db/database.ts';
import { Client } from '../../test/helpers/client.ts';
import { DeleteVideoDocument, OwnStepsDocument } from '../../test/helpers/generated/documents.ts';
import { ensureBuilt, SpawnedApp } from '../../test/helpers/processes.ts';

export interface FirstEventContext {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** Milliseconds since the mutation was sent. */
export interface FirstEventTimes {
  readonly answered: number;
  readonly firstEvent: number;
}

const VIDEO = { script: 'Bees dance.', aspectRatio: 'SQUARE_1_1', resolution: 'SD_480' } as const;
const WARM_UP = 10;
/** Until the worker has released the last video. */
const PAUSE_MS = 150;

/**
 * From sending createVideo over HTTP to its answer, and to the first event of the worker at a subscriber over a
 * WebSocket, for each of the given number of videos. Client, API and worker are three processes; one video at a time,
 * deleted once it has begun.
 */
export async function firstEventLatencies(context: FirstEventContext, videos: number): Promise<FirstEventTimes[]> {
  await ensureBuilt();
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-queue-'));
  const { db, databaseUrl, redisUrl } = context;
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: `bench-${process.pid}`,
    WORKER_CONCURRENCY: '10',
    LOG_LEVEL: 'warn',
  };
  const place = { settings, dataDir, db, remove: () => rm(dataDir, { recursive: true, force: true }) };
  const apps: SpawnedApp[] = [];
  try {
    apps.push(await SpawnedApp.start(place, 'serve'));
    apps.push(await SpawnedApp.start(place, 'worker'));
    return await measure(apps[0]?.url ?? '', videos);
  } finally {
    for (const app of apps.reverse()) await app.stop();
    await place.remove();
  }
}

async function measure(url: string, videos: number): Promise<FirstEventTimes[]> {
  const client = await newClient(url);
  const watch = client.watch(OwnStepsDocument, {});
  const firstEventTimes: FirstEventTimes[] = [];
  for (let turn = 0; turn < WARM_UP + videos; turn++) {
    const sent = performance.now();
    // Only the answer has the video's id, so an event that arrives before the answer counts as arriving with it.
    const { id } = await client.makeVideo(VIDEO);
    const answered = performance.now() - sent;
    await watch.sees(({ videoEvents }) => videoEvents.videoId === id && videoEvents.status === 'PROCESSING');
    if (turn >= WARM_UP) firstEventTimes.push({ answered, firstEvent: performance.now() - sent });
    await client.ask(DeleteVideoDocument, { id });
    await sleep(PAUSE_MS);
  }
  watch.leave();
  return firstEventTimes;
}

async function newClient(url: string): Promise<Client> {
  const input = { username: 'bench', email: 'bench@example.org', password: 'a quiet bench in a park' };
  const { register } = await new Client(url, null).ask(RegisterDocument, { input });
  if (!register?.tokens) throw new Error(`The account could not be created: ${JSON.stringify(register?.userErrors)}`);
  return new Client(url, register.tokens.accessToken);
}
