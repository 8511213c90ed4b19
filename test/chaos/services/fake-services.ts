import type { Database } from '../../../src/db/database.ts';
import { encodeId } from '../../../src/ids.ts';
import type { LostAnswerPolicy } from '../../../src/jobs/worker/leased-ledger.ts';
import { decimalOf, moneyOf } from '../../../src/money.ts';
import type { Random } from '../../../src/providers/local/cards/random.ts';
import type { Writes } from '../../fakes/asked-model.ts';
import { claude } from '../../fakes/claude.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import type { FakeHandler, FakeService } from '../../fakes/fake-service.ts';
import { openaiAudio } from '../../fakes/openai-audio.ts';
import { openaiImages } from '../../fakes/openai-images.ts';
import { openaiText } from '../../fakes/openai-text.ts';
import { stability } from '../../fakes/stability.ts';
import { VideoAttemptsDocument } from '../../helpers/generated/documents.ts';
import type { Settings } from '../../helpers/installation.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';
import type { ContentSource, RequestEvidence, VideoInput, VideoOwner } from '../content-source.ts';
import { differences } from './audit.ts';
import { CallReader } from './bills.ts';
import { analysisOf, scriptAbout, serviceVideo } from './contents.ts';
import { type LedgerAttempt, readAttempts, readLimits, type VideoLimit } from './ledger-rows.ts';
import { replicateTasks } from './replicate-tasks.ts';
import { type CallFaults, UnreliableService } from './unreliable-service.ts';

export interface FakeServicesOptions {
  readonly seed: string;
  /** What happens to requests whose answers were lost. */
  readonly lostAnswers: LostAnswerPolicy;
  readonly faults: CallFaults;
}

/** Lower than the defaults, so that calls have to wait for each other. */
const CONCURRENCY = 2;
const TIMEOUT_MS = 3_000;
/** Of a prediction with all its requests. */
const REPLICATE_TIMEOUT_MS = 8_000;
/** The beginnings of the differences that a report names. */
const SHOWN = 5;

const write: Writes = ({ messages }) => {
  const text = messages[0]?.text ?? '';
  return JSON.stringify(text.includes('"kind":"topic"') ? scriptAbout(text) : analysisOf(text));
};

const openai: FakeHandler = (request) => {
  if (request.path.startsWith('/v1/audio/')) return openaiAudio(request);
  return request.path.startsWith('/v1/images/') ? openaiImages(request) : openaiText(write, TEST_KEY)(request);
};

const handlers = (): Readonly<Record<string, FakeHandler>> => ({
  openai,
  claude: claude(write, TEST_KEY),
  elevenlabs,
  stability,
  replicate: replicateTasks(),
});

/** Fakes of five services in their own wire formats, which the installation calls with its real adapters. */
export class FakeServices implements ContentSource {
  readonly settings: Settings;
  readonly #services: readonly UnreliableService[];
  readonly #servers: readonly FakeService[];
  readonly #lostAnswers: LostAnswerPolicy;

  private constructor(
    services: readonly UnreliableService[],
    servers: readonly FakeService[],
    { lostAnswers }: FakeServicesOptions,
  ) {
    this.#services = services;
    this.#servers = servers;
    this.#lostAnswers = lostAnswers;
    const settings = services.map(({ name }, index) => settingsOf(name, servers[index]?.url ?? ''));
    this.settings = Object.assign({ LOST_ANSWERS: lostAnswers }, ...settings);
  }

  static async start(options: FakeServicesOptions): Promise<FakeServices> {
    const { seed, faults } = options;
    const reader = new CallReader();
    const services = Object.entries(handlers()).map(
      ([name, handler]) => new UnreliableService({ name, handler, seed, faults, reader, stallMs: TIMEOUT_MS + 500 }),
    );
    return new FakeServices(services, await Promise.all(services.map((service) => service.start())), options);
  }

  videoInput(video: number, random: Random): VideoInput {
    return serviceVideo(video, random);
  }

  async requests(db: Database, owners: readonly VideoOwner[]): Promise<RequestEvidence> {
    const [attempts, videos] = [await readAttempts(db), await readLimits(db)];
    const bills = this.#services.flatMap((service) => service.bills);
    const { missing, wrong, twice, overLimit } = differences(bills, attempts, videos, this.#lostAnswers);
    const otherCosts = await videosWithOtherCosts(videos, attempts, owners);
    const beyond = this.#services.filter(({ mostAtOnce }) => mostAtOnce > CONCURRENCY).map(({ name }) => name);
    const problems = this.#services.flatMap((service) => service.problems);
    return {
      lines: [
        ...this.#services.map((service) => [`calls of ${service.name}`, sentenceFor(service)] as const),
        ['billed', dollars(bills)],
        ['in the ledger', dollars(attempts)],
        ...statesOf(attempts),
      ],
      broken: [
        counted(missing, 'billed calls are missing in the ledger'),
        counted(wrong, 'attempts do not cost what was billed'),
        counted(twice, 'contents were paid twice'),
        counted(overLimit, 'videos cost more than their limit'),
        counted(otherCosts, 'videos show another cost than the ledger'),
        counted(beyond, 'services had more calls at once than their limit'),
        counted(problems, 'calls were wrong'),
      ],
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }
}

function settingsOf(name: string, url: string): Settings {
  const service = name.toUpperCase();
  const hasVersion = name !== 'elevenlabs' && name !== 'stability';
  return {
    [`${service}_API_KEY`]: TEST_KEY,
    [`${service}_BASE_URL`]: hasVersion ? `${url}/v1` : url,
    [`${service}_CONCURRENCY`]: String(CONCURRENCY),
    [`${service}_TIMEOUT_MS`]: String(name === 'replicate' ? REPLICATE_TIMEOUT_MS : TIMEOUT_MS),
  };
}

/** With the first few as examples. */
function counted(found: readonly string[], what: string): readonly [number, string] {
  const examples = found.slice(0, SHOWN).join('; ');
  return [found.length, examples === '' ? what : `${what} (${examples})`];
}

function dollars(list: readonly { readonly cost: number }[]): string {
  return `$${decimalOf(list.reduce((sum, { cost }) => sum + cost, 0))}`;
}

function sentenceFor({ bills, injected, mostAtOnce }: UnreliableService): string {
  const faults = Array.from(injected, ([fault, count]) => `${count} ${fault}`).join(', ');
  return `${bills.length} billed, at most ${mostAtOnce} at once; faults: ${faults === '' ? 'none' : faults}`;
}

function statesOf(attempts: readonly LedgerAttempt[]): (readonly [string, string | number])[] {
  const states = Map.groupBy(attempts, ({ state }) => state);
  return Array.from(states, ([state, of]) => [`attempts ${state}`, `${of.length} (${dollars(of)})`] as const);
}

async function videosWithOtherCosts(
  videos: readonly VideoLimit[],
  attempts: readonly LedgerAttempt[],
  owners: readonly VideoOwner[],
): Promise<string[]> {
  const clients = new Map(owners.map(({ ownerId, client }) => [ownerId, client]));
  const found: string[] = [];
  for (const { id, ownerId } of videos) {
    const answer = await clients.get(ownerId)?.ask(VideoAttemptsDocument, { id: encodeId('video', id) });
    const shown = moneyOf(answer?.video?.cost.spent ?? '-1');
    const own = attempts.filter(({ videoId }) => videoId === id).reduce((sum, { cost }) => sum + cost, 0);
    if (shown !== own) found.push(`${id}: ${shown} instead of ${own}`);
  }
  return found;
}
