/**
 * Error of the estimated time left: |estimated − real| / real when a video is accepted, and at 10, 30, 50 and 80 %.
 *
 *   node bench/eta/main.ts [--warm 4] [--videos 6] [--concurrency 1]        (Node 24, FFmpeg)
 *
 * A new installation makes its first video ("cold"), then some to learn from, then the measured ones, which differ in
 * length and format and are requested at once, so that all but the first wait. The estimate at a percentage is that of
 * the first event that has reached it; the real time is from its arrival to that of the last event. Prints each video,
 * the medians, and as JSON the durations of the stages, which the unit tests of the forecast use.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RegisterDocument } from '../../src/cli/generated/documents.ts';
import { openDatabase } from '../../src/db/database.ts';
import { RunHistory } from '../../src/services/videos/run-history.ts';
import { Client } from '../../test/helpers/client.ts';
import { OwnStepsDocument } from '../../test/helpers/generated/documents.ts';
import { ensureBuilt, SpawnedApp } from '../../test/helpers/processes.ts';
import { say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl, withResources } from '../shared/servers.ts';
import { type Estimate, measure, report } from './measure.ts';

const { values } = parseArgs({
  options: {
    warm: { type: 'string', default: '4' },
    videos: { type: 'string', default: '6' },
    concurrency: { type: 'string', default: '1' },
  },
});

const SHAPES = [
  { sentences: 4, aspectRatio: 'LANDSCAPE_16_9', resolution: 'HD_720' },
  { sentences: 12, aspectRatio: 'SQUARE_1_1', resolution: 'SD_480' },
  { sentences: 8, aspectRatio: 'PORTRAIT_9_16', resolution: 'HD_720' },
  { sentences: 3, aspectRatio: 'SQUARE_1_1', resolution: 'SD_480' },
  { sentences: 6, aspectRatio: 'LANDSCAPE_16_9', resolution: 'FULL_HD_1080' },
  { sentences: 20, aspectRatio: 'LANDSCAPE_16_9', resolution: 'HD_720' },
] as const;
const [ANIMALS, ACTIONS, PLACES] = [
  ['bees', 'owls', 'otters', 'foxes', 'cranes', 'moths', 'seals'],
  ['gather', 'rest', 'play', 'search for food', 'raise their young'],
  ['by the river', 'in old oaks', 'under the moon', 'near the shore', 'on warm stones', 'beyond the hills'],
] as const;

/** No two videos share a sentence, so that no result comes from a cache. */
function scriptOf(video: number, sentences: number): string {
  return Array.from({ length: sentences }, (_, index) => {
    const nth = 31 * video + index;
    const pick = (words: readonly string[], step: number) => words[Math.floor(nth / step) % words.length];
    return `In the year ${1500 + nth} the ${pick(ANIMALS, 1)} ${pick(ACTIONS, 7)} ${pick(PLACES, 35)}, and people come to watch.`;
  }).join(' ');
}

await withResources(async (resources) => {
  await ensureBuilt();
  const servers = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(servers.databaseUrl, resources);
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-eta-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const db = await openDatabase({ url: databaseUrl, poolMax: 2 });
  resources.defer(() => db.close());
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: `bench-${process.pid}`,
    WORKER_CONCURRENCY: values.concurrency,
    LOG_LEVEL: 'warn',
  };
  const app = await SpawnedApp.start({ settings, dataDir, db, remove: async () => undefined }, 'start');
  resources.defer(() => app.stop());
  const { client, token } = await newClient(app.url);
  const watch = client.watch(OwnStepsDocument, {});
  resources.defer(() => watch.leave());

  let video = 0;
  const make = async (count: number): Promise<Estimate[]> => {
    const inputs = Array.from({ length: count }, () => {
      const { sentences, ...shape } = SHAPES[video % SHAPES.length] ?? SHAPES[0];
      return { ...shape, script: scriptOf(video++, sentences) };
    });
    return await measure({ client, token, watch, inputs });
  };
  report('cold', await make(1));
  report('learning', await make(Number(values.warm)));
  report(`warm, ${values.concurrency} at once`, await make(Number(values.videos)));
  const history = new RunHistory({ db, onFault: (thrown) => say(String(thrown)) });
  say(JSON.stringify((await history.read()).past));
});

async function newClient(url: string) {
  const input = { username: 'bench', email: 'bench@example.org', password: 'a quiet bench in a park' };
  const { register } = await new Client(url, null).ask(RegisterDocument, { input });
  if (!register?.tokens) throw new Error(`The account could not be created: ${JSON.stringify(register?.userErrors)}`);
  const token = register.tokens.accessToken;
  return { token, client: new Client(url, token) };
}
