import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegisterDocument } from '../../src/cli/generated/documents.ts';
import { openDatabase } from '../../src/db/database.ts';
import { elevenlabs } from '../../test/fakes/elevenlabs.ts';
import { type FakeHandler, FakeService } from '../../test/fakes/fake-service.ts';
import { stability } from '../../test/fakes/stability.ts';
import { Client } from '../../test/helpers/client.ts';
import { OwnStepsDocument } from '../../test/helpers/generated/documents.ts';
import { ensureBuilt, SpawnedApp } from '../../test/helpers/processes.ts';
import { TEST_KEY } from '../../test/providers/services/adapter-contract.ts';
import { row, say } from '../shared/measure.ts';
import { type BenchServers, freshDatabaseUrl } from '../shared/servers.ts';

const [PICTURE_SECONDS, VOICE_SECONDS] = [8, 3] as const;
const GOAL = 1.25;
const WAIT_TIMEOUT_SECONDS = 1_200;

export interface FilmOptions {
  readonly scenes: number;
  /** The most at once, as the services' settings limit them. */
  readonly pictures: number;
  readonly voices: number;
  /** The program. */
  readonly entry: string;
}

/** Makes one film with fakes of Stability AI for pictures and of ElevenLabs for voices, and prints its time. */
export async function measureFilm(
  servers: BenchServers,
  resources: AsyncDisposableStack,
  { scenes, pictures, voices, entry }: FilmOptions,
): Promise<void> {
  await ensureBuilt();
  const [artist, speaker] = [new SlowService(stability, PICTURE_SECONDS), new SlowService(elevenlabs, VOICE_SECONDS)];
  const [images, speech] = [await artist.start(resources), await speaker.start(resources)];
  const client = await clientOf(servers, resources, entry, {
    STABILITY_API_KEY: TEST_KEY,
    STABILITY_BASE_URL: images,
    STABILITY_CONCURRENCY: String(pictures),
    ELEVENLABS_API_KEY: TEST_KEY,
    ELEVENLABS_BASE_URL: speech,
    ELEVENLABS_CONCURRENCY: String(voices),
  });
  const watch = client.watch(OwnStepsDocument, {});
  const begun = Date.now();
  await client.makeVideo({
    scenes: Array.from({ length: scenes }, (_, index) => ({ narration: narrationOf(index) })),
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'SD_480',
  });
  const { videoEvents: last } = await watch.sees(
    ({ videoEvents }) => ['COMPLETED', 'FAILED'].includes(videoEvents.status),
    WAIT_TIMEOUT_SECONDS,
  );
  if (last.status === 'FAILED') throw new Error(last.message);
  const secondsAt = (at: string) => (Date.parse(at) - begun) / 1_000;
  const endOf = (stage: string) =>
    watch.events.flatMap(({ videoEvents: { stage: of, stageStatus, at } }) =>
      of === stage && stageStatus === 'COMPLETED' ? [secondsAt(at)] : [],
    )[0] ?? Number.NaN;
  watch.leave();

  const chainOf = (seconds: number, atOnce: number) => seconds * Math.ceil(scenes / atOnce);
  const [drawing, speaking] = [chainOf(PICTURE_SECONDS, pictures), chainOf(VOICE_SECONDS, voices)];
  const longest = Math.max(drawing, speaking);
  const wall = secondsAt(last.at);
  const line = (what: string, seconds: number) => row(what, `${seconds.toFixed(1)} s`);
  line(`pictures (${artist.calls}, ${artist.mostAtOnce} at once)`, drawing);
  line(`voices (${speaker.calls}, ${speaker.mostAtOnce} at once)`, speaking);
  line('all voices are there after', endOf('SPEECH'));
  line('all pictures are there after', endOf('VISUALS'));
  line('the film is assembled after', endOf('ASSEMBLY'));
  line('the film is checked after', wall);
  const ratio = wall / longest;
  say(
    `  ${ratio <= GOAL ? 'reached' : 'missed '}  ${ratio.toFixed(2)} × the longest chain (goal ${GOAL}); one after the other would be ${((drawing + speaking) / longest).toFixed(2)} × without the film`,
  );
}

/** A fake that answers as late as a real service, and counts its calls. */
class SlowService {
  readonly #handler: FakeHandler;
  readonly #seconds: number;
  #underWay = 0;
  calls = 0;
  mostAtOnce = 0;

  constructor(handler: FakeHandler, seconds: number) {
    this.#handler = handler;
    this.#seconds = seconds;
  }

  async start(resources: AsyncDisposableStack): Promise<string> {
    const service = await FakeService.start(async (request) => {
      // Lists of voices take no time.
      if (request.method !== 'POST') return await this.#handler(request);
      this.calls++;
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
      const answer = await this.#handler(request);
      await new Promise((resolve) => setTimeout(resolve, 1_000 * this.#seconds));
      this.#underWay--;
      return answer;
    });
    resources.defer(() => service.close());
    return service.url;
  }
}

async function clientOf(
  servers: BenchServers,
  resources: AsyncDisposableStack,
  program: string,
  services: Readonly<Record<string, string>>,
): Promise<Client> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-providers-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const databaseUrl = await freshDatabaseUrl(servers.databaseUrl, resources);
  const db = await openDatabase({ url: databaseUrl, poolMax: 2 });
  resources.defer(() => db.close());
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: `bench-${process.pid}`,
    LOG_LEVEL: 'warn',
    ...services,
  };
  const app = await SpawnedApp.start({ settings, dataDir, db, remove: async () => undefined }, 'start', {
    program,
  });
  resources.defer(() => app.stop());
  const input = { username: 'bench', email: 'bench@example.org', password: 'a quiet bench in a park' };
  const { register } = await new Client(app.url, null).ask(RegisterDocument, { input });
  if (!register?.tokens) throw new Error(`The account could not be created: ${JSON.stringify(register?.userErrors)}`);
  return new Client(app.url, register.tokens.accessToken);
}

/** About eight seconds of speech. */
function narrationOf(index: number): string {
  return `In the year ${1_900 + index} the bees left their old tree by the river, and people came to watch.`;
}
