import { z } from 'zod';
import { readWav } from '../../src/media/sound/wav.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import type { FakeHandler, FakeReply, ReceivedRequest } from './fake-service.ts';
import { multipartOf } from './multipart.ts';
import { talkingHead } from './talking-head.ts';

/** What https://docs.d-id.com/reference/talks-overview takes, as far as we send it. */
const creation = z.strictObject({
  source_url: z.url({ protocol: /^https$/ }),
  script: z.strictObject({
    type: z.literal('audio'),
    audio_url: z.templateLiteral(['s3://d-id-audios-prod/', z.string()]),
  }),
  config: z.strictObject({ result_format: z.literal('mp4'), fluent: z.literal(true), stitch: z.literal(true) }),
});

export interface FakeTalk {
  readonly id: string;
  readonly sourceUrl: string;
  /** Of the sound that it speaks. */
  readonly seconds: number;
}

/** A talk in a state: https://docs.d-id.com/reference/gettalk, shortened. */
export function talkOf(id: string, status: string, more: object = {}) {
  return {
    id,
    object: 'talk',
    user_id: 'google-oauth2|12345678',
    created_by: 'google-oauth2|12345678',
    created_at: '2026-11-30T12:00:00.000Z',
    modified_at: '2026-11-30T12:00:26.000Z',
    started_at: '2026-11-30T12:00:01.000Z',
    status,
    driver_url: 'bank://lively/',
    ...more,
  };
}

/** D-ID, whose files are beside its API. A new one has no talks. */
export class FakeDId {
  /** In the order in which they were started. */
  readonly talks: FakeTalk[] = [];
  readonly #sounds = new Map<string, number>();

  /** What it bills: credits of 15 seconds at the price of the list, in ten-thousandths of a dollar. */
  bill(pricePerSecond: number): number {
    return this.talks.reduce(
      (sum, { seconds }) => sum + Math.ceil(15 * Math.ceil(seconds / 15) * pricePerSecond * 10_000 - 1e-6),
      0,
    );
  }

  readonly handler: FakeHandler = async (request) => {
    const { method, path, headers } = request;
    const file = /^\/files\/(tlk_\d+)\.mp4$/.exec(path)?.[1];
    if (method === 'GET' && file !== undefined) {
      if (headers['authorization'] !== undefined) throw new Error('a key for a file');
      return { headers: { 'content-type': 'binary/octet-stream' }, body: await talkingHead(this.#talk(file).seconds) };
    }
    if (headers['authorization'] !== `Basic ${TEST_KEY}`) return { status: 401, body: { kind: 'AuthorizationError' } };
    return this.#api(request);
  };

  #api(request: ReceivedRequest): FakeReply {
    const { method, path, headers } = request;
    if (method === 'POST' && path === '/audios') return this.#upload(request);
    if (method === 'POST' && path === '/talks') return this.#create(request);
    const id = /^\/talks\/(tlk_\d+)$/.exec(path)?.[1];
    if (method !== 'GET' || id === undefined) throw new Error(`no endpoint: ${method} ${path}`);
    const { seconds } = this.#talk(id);
    return { body: talkOf(id, 'done', { duration: seconds, result_url: `http://${headers['host']}/files/${id}.mp4` }) };
  }

  /** https://docs.d-id.com/reference/audios-1: a form with the file `audio`. */
  #upload(request: ReceivedRequest): FakeReply {
    const { files, fields } = multipartOf(request);
    const { audio } = z.strictObject({ audio: z.instanceof(Buffer) }).parse(files);
    if (Object.keys(fields).length > 0) throw new Error('an unknown field');
    const { samples, sampleRate } = readWav(audio);
    const url = `s3://d-id-audios-prod/${this.#sounds.size}.wav`;
    this.#sounds.set(url, samples.length / sampleRate);
    return { status: 201, body: { url, id: `audio${this.#sounds.size}`, duration: samples.length / sampleRate } };
  }

  #create(request: ReceivedRequest): FakeReply {
    const { source_url: sourceUrl, script } = creation.parse(request.json());
    const seconds = this.#sounds.get(script.audio_url);
    if (seconds === undefined) return { status: 400, body: { kind: 'BadRequestError', description: 'no such sound' } };
    const id = `tlk_${this.talks.length}`;
    this.talks.push({ id, sourceUrl, seconds });
    return { status: 201, body: talkOf(id, 'created') };
  }

  #talk(id: string): FakeTalk {
    const found = this.talks.find((talk) => talk.id === id);
    if (!found) throw new Error(`no talk ${id}`);
    return found;
  }
}
