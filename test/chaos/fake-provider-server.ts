import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { hashOf } from '../../src/content-hash.ts';
import type { Database } from '../../src/db/database.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import type { Settings } from '../helpers/installation.ts';
import { analysisOf, colouredPicture, SPEECH_SECONDS, scriptOf, tone } from '../helpers/media/fake-content.ts';
import type { ContentSource, RequestEvidence, VideoInput } from './content-source.ts';

const STAGES = { text: 'SCRIPT', speech: 'SPEECH', image: 'VISUALS', analysis: 'ANALYSIS' } as const;

/** What the fake provider says of itself. */
export const FAKE_PROVIDER = { name: 'stand-in', models: ['s1'], paid: true } as const;

const question = z.object({
  kind: z.enum(['text', 'speech', 'image', 'analysis']),
  request: z.record(z.string(), z.unknown()),
});
type Question = z.infer<typeof question>;

const scriptRequest = z.object({ source: z.object({ kind: z.literal('script'), text: z.string() }) });
const imageRequest = z.object({ width: z.int(), height: z.int() });
const analysisRequest = z.object({ title: z.string() });

/**
 * A provider of text, voices, pictures and analyses that costs money: it counts every request that it accepts. Sometimes
 * it is slow, refuses (429, nothing accepted), or accepts and then closes the connection without an answer.
 */
export class FakeProviderServer implements ContentSource {
  /** How many times each request was accepted, by its hash in the ledger. */
  readonly accepted = new Map<string, number>();
  #refused = 0;
  #hungUp = 0;
  readonly #seed: string;
  readonly #random: Random;
  readonly #server: Server;

  private constructor(seed: string) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#server = createServer((request, response) => {
      // The client may have been killed meanwhile; then there is no one to answer.
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(seed: string): Promise<FakeProviderServer> {
    const fakeProvider = new FakeProviderServer(seed);
    fakeProvider.#server.listen(0, '127.0.0.1');
    await once(fakeProvider.#server, 'listening');
    return fakeProvider;
  }

  get settings(): Settings {
    return { CHAOS_PROVIDER: this.#url, LOST_ANSWERS: 'resend' };
  }

  get #url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** One scene, or sometimes two, that no other video has. */
  videoInput(video: number, random: Random): VideoInput {
    const name = `video ${video}, seed ${this.#seed}`;
    const scenes = Array.from({ length: random.chance(0.2) ? 2 : 1 }, (_, scene) => `Scene ${scene} of ${name}.`);
    return {
      script: scenes.join('\n\n'),
      language: 'en',
      aspectRatio: 'SQUARE_1_1',
      resolution: 'SD_480',
      burnInCaptions: false,
    };
  }

  /** Compares its count with the ledger, request by request. */
  async requests(db: Database): Promise<RequestEvidence> {
    const rows = await db
      .sql()
      .selectFrom('generation_attempts as attempt')
      .innerJoin('ai_generations as generation', 'generation.id', 'attempt.generation_id')
      .select(['generation.input_hash as hash', 'attempt.state'])
      .execute();
    const attempts = Map.groupBy(rows, ({ hash }) => hash);
    let [total, uncertain, unexplained] = [0, 0, 0];
    for (const [hash, accepted] of this.accepted) {
      const states = (attempts.get(hash) ?? []).map(({ state }) => state);
      const surplus = accepted - states.filter((state) => state === 'SETTLED').length;
      // A request that is still SENT was not repeated: its video has failed meanwhile.
      const lost = states.filter((state) => state === 'UNCERTAIN' || state === 'SENT').length;
      const explained = Math.min(surplus, lost);
      total += accepted;
      uncertain += explained;
      unexplained += surplus - explained;
    }
    return {
      lines: [
        ['provider', `refused ${this.#refused}, hung up after accepting ${this.#hungUp}`],
        ['requests accepted by the provider', total],
        ['answers kept', rows.filter(({ state }) => state === 'SETTLED').length],
        ['of the difference, UNCERTAIN in the ledger', uncertain],
        ['of the difference, unexplained', unexplained],
      ],
      broken: [[unexplained, 'requests were accepted that nothing explains']],
    };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const asked = question.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (this.#random.chance(0.02)) {
      this.#refused++;
      response.writeHead(429).end();
      return;
    }
    // A voice's recordings are its own.
    const owner = asked.kind === 'speech' ? { provider: FAKE_PROVIDER.name } : {};
    const hash = hashOf({ stage: STAGES[asked.kind], request: asked.request, ...owner });
    this.accepted.set(hash, (this.accepted.get(hash) ?? 0) + 1);
    await sleep(this.#random.between(10, 150));
    if (this.#random.chance(0.01)) {
      this.#hungUp++;
      response.destroy();
      return;
    }
    response.end(JSON.stringify(await this.#make(asked)));
  }

  /** Never the same twice, like the real services. */
  async #make({ kind, request }: Question): Promise<object> {
    switch (kind) {
      case 'text':
        return scriptOf(scriptRequest.parse(request).source);
      case 'speech':
        return { wav: tone(this.#random.between(200, 400)).toString('base64'), durationSeconds: SPEECH_SECONDS };
      case 'image':
        return {
          png: (await colouredPicture(imageRequest.parse(request), this.#random.below(360))).toString('base64'),
        };
      case 'analysis':
        return analysisOf(analysisRequest.parse(request).title);
    }
  }
}
