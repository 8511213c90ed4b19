import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { hashOf } from '../../src/content-hash.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { analysisOf, colouredPicture, SPEECH_SECONDS, scriptOf, tone } from '../helpers/media/fake-content.ts';

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
export class FakeProviderServer {
  /** How many times each request was accepted, by its hash in the ledger. */
  readonly accepted = new Map<string, number>();
  refused = 0;
  hungUp = 0;
  readonly #random: Random;
  readonly #server: Server;

  private constructor(seed: string) {
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

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
    return `http://127.0.0.1:${address.port}`;
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
      this.refused++;
      response.writeHead(429).end();
      return;
    }
    // A voice's recordings are its own.
    const owner = asked.kind === 'speech' ? { provider: FAKE_PROVIDER.name } : {};
    const hash = hashOf({ stage: STAGES[asked.kind], request: asked.request, ...owner });
    this.accepted.set(hash, (this.accepted.get(hash) ?? 0) + 1);
    await sleep(this.#random.between(10, 150));
    if (this.#random.chance(0.01)) {
      this.hungUp++;
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
