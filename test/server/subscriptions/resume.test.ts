import { createClient } from 'graphql-sse';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeEventId, decodeId, encodeEventId } from '../../../src/ids.ts';
import { recordVideoEvent } from '../../../src/services/videos/video-events-sql.ts';
import { PASSWORD } from '../../helpers/accounts.ts';
import { Client } from '../../helpers/client.ts';
import { useApp, useEventBus } from '../../helpers/fixtures.ts';
import { until } from '../../helpers/until.ts';

const app = useApp({ worker: false });
const bus = useEventBus(app);
let token: string;
let ann: Client;
let video: { readonly id: string; readonly cursor: string };

beforeAll(async () => {
  ann = await app.signedIn('ann');
  token = await tokenOf('ann');
  video = await ann.makeVideo({ script: 'Bees dance.' });
});

async function tokenOf(identifier: string): Promise<string> {
  const query = 'mutation ($input: LoginInput!) { login(input: $input) { tokens { accessToken } } }';
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { identifier, password: PASSWORD } } }),
  });
  const answer = z.object({ data: z.object({ login: z.object({ tokens: z.object({ accessToken: z.string() }) }) }) });
  return answer.parse(await response.json()).data.login.tokens.accessToken;
}

const partsOf = (id: string) => decodeEventId(id) ?? { ownerId: '', seq: 0 };
const at = (seq: number) => encodeEventId({ ...partsOf(video.cursor), seq });
const seqsOf = (ids: readonly (string | undefined)[]) => ids.map((id) => partsOf(id ?? '').seq);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Writes the next event, as a worker does, and notifies the server. */
async function write(status: 'PROCESSING' | 'COMPLETED' = 'PROCESSING'): Promise<void> {
  const videoId = decodeId('video', video.id) ?? '';
  await app.installation.db.transaction((em) =>
    recordVideoEvent(em, { videoId, status, progress: 1, message: 'A step.' }),
  );
  bus.publish({ ownerId: partsOf(video.cursor).ownerId, videoId });
}

interface Got {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: unknown;
}

const QUERY = 'subscription ($videoId: ID!, $after: ID) { videoProgress(videoId: $videoId, after: $after) { id } }';

/** A client that reads an event stream as EventSource does: it requests the same URL again, with the id of the last event. */
class Stream {
  readonly got: Got[] = [];
  lastEventId: string | undefined;
  ended = false;
  #leaving = new AbortController();

  /** Connects to the same URL as before. */
  async open(after: string | null, query = QUERY): Promise<this> {
    this.#leaving = new AbortController();
    const url = new URL(`${app.url}/graphql/stream`);
    url.searchParams.set('query', query);
    url.searchParams.set('variables', JSON.stringify({ videoId: video.id, after }));
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'text/event-stream',
        ...(this.lastEventId !== undefined && { 'last-event-id': this.lastEventId }),
      },
      signal: this.#leaving.signal,
    });
    if (!response.body || response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    void this.#read(response.body).catch(() => {});
    return this;
  }

  /** As when the network fails. */
  cut(): void {
    this.#leaving.abort();
  }

  get ids(): (string | undefined)[] {
    return this.got.filter(({ event }) => event === 'next').map(({ id }) => id);
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    const { signal } = this.#leaving;
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      if (signal.aborted) return;
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.#take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
    this.ended = true;
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
    const id = field('id');
    if (id !== undefined) this.lastEventId = id;
    const data = field('data');
    if (data !== undefined) this.got.push({ event: field('event'), id, data: data === '' ? null : JSON.parse(data) });
  }
}

const stepSchema = z.object({ data: z.object({ videoProgress: z.object({ id: z.string() }) }) });

describe('An event stream over HTTP', () => {
  it('sends each event with its id, while it catches up and live', async () => {
    const { seq: first } = partsOf(video.cursor);
    for (let count = 0; count < 3; count++) await write();
    const stream = await new Stream().open(video.cursor);
    await until('it has caught up', () => stream.got.length === 3);
    await write();
    await until('the new event has arrived', () => stream.got.length === 4);
    stream.cut();
    expect(seqsOf(stream.ids)).toEqual(numbers(first + 1, first + 4));
    for (const { id, data } of stream.got) expect(stepSchema.parse(data).data.videoProgress.id).toBe(id);
  });

  it('resumes after the last event over any number of broken connections, without loss or repetition', async () => {
    const newest = await newestSeq();
    const streams = await Promise.all(Array.from({ length: 4 }, () => new Stream().open(at(newest))));
    const total = 40;
    let isWritten = false;
    const writing = (async () => {
      for (let count = 0; count < total; count++) await write();
      isWritten = true;
    })();
    await Promise.all(
      streams.map(async (stream, index) => {
        while (!isWritten || stream.ids.length < total) {
          const { length } = stream.got;
          await until(
            'there are more events',
            () => stream.got.length > length + index || stream.ids.length >= total || isWritten,
          );
          stream.cut();
          // The URL is unchanged and contains the first cursor.
          await stream.open(at(newest));
          if (isWritten) await until('it has everything', () => stream.ids.length >= total);
        }
        stream.cut();
      }),
    );
    await writing;
    for (const stream of streams) expect(seqsOf(stream.ids)).toEqual(numbers(newest + 1, newest + total));
  });

  it.each([
    ['Last-Event-ID', -4, -2, -1],
    ['after', -2, -4, -1],
  ])('resumes after the newer of the two: %s', async (_what, after, last, expected) => {
    const newest = await newestSeq();
    const stream = new Stream();
    stream.lastEventId = at(newest + last);
    await stream.open(at(newest + after));
    await until('it has caught up', () => stream.ids.length === 2);
    stream.cut();
    expect(seqsOf(stream.ids)[0]).toBe(newest + expected);
  });

  it('accepts Last-Event-ID alone, by POST too, and for all videos of an owner', async () => {
    const newest = await newestSeq();
    const query = 'subscription ($after: ID) { videoEvents(after: $after) { id } }';
    const stream = new Stream();
    stream.lastEventId = at(newest - 1);
    await stream.open(null, query);
    await until('it has caught up', () => stream.ids.length === 1);
    stream.cut();
    const leaving = new AbortController();
    const response = await post(query, { 'last-event-id': at(newest - 1) }, leaving.signal);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n\n', 10)) text += (await reader?.read())?.value ?? '';
    leaving.abort();
    expect([seqsOf(stream.ids), text.includes(`id: ${at(newest)}\n`)]).toEqual([[newest], true]);
  });

  it.each([
    ['nonsense', 'Last-Event-ID'],
    ['x'.repeat(65), 'Last-Event-ID'],
    [encodeEventId({ ownerId: '00000000-0000-7000-8000-000000000000', seq: 1 }), 'not a cursor of this stream'],
  ])('refuses a Last-Event-ID that is not of this subscription: %s', async (id, message) => {
    const query = 'subscription { videoEvents { id } }';
    const text = await (await post(query, { 'last-event-id': id })).text();
    expect(text).toContain(message);
    expect(text).toContain('BAD_USER_INPUT');
    expect(text).not.toContain('id: ');
  });

  it('ignores an empty Last-Event-ID, and sends no ids if nothing can be resumed', async () => {
    const leaving = new AbortController();
    const query = 'subscription { videoEvents { id } }';
    const response = await post(query, { 'last-event-id': '' }, leaving.signal);
    expect(response.status).toBe(200);
    leaving.abort();
    for (const asked of ['{ health { status } }', 'subscription { wrong }'])
      expect(await (await post(asked, {})).text()).not.toContain('\nid:');
  });

  it('serves the client of graphql-sse, also if events have ids', async () => {
    const newest = await newestSeq();
    const client = createClient({
      url: `${app.url}/graphql/stream`,
      headers: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
    });
    const seen: unknown[] = [];
    const variables = { videoId: video.id, after: at(newest - 3) };
    for await (const { data } of client.iterate({ query: QUERY, variables })) if (seen.push(data) === 3) break;
    expect(seen).toEqual(numbers(newest - 2, newest).map((seq) => ({ videoProgress: { id: at(seq) } })));
    client.dispose();
  });

  it('ends with the video, also for a client that reconnects after its last event', async () => {
    const stream = await new Stream().open(null);
    await until('it has begun', () => stream.ids.length === 1);
    await write('COMPLETED');
    await until('it has ended', () => stream.ended);
    const before = stream.ids.length;
    await stream.open(null);
    await until('it has ended again', () => stream.got.filter(({ event }) => event === 'complete').length === 2);
    expect(stream.ids.length).toBe(before);
  });
});

async function newestSeq(): Promise<number> {
  const { ownerId } = partsOf(video.cursor);
  const { last_seq } = await app.installation.db
    .sql()
    .selectFrom('event_cursors')
    .select('last_seq')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  return Number(last_seq);
}

async function post(query: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  return await fetch(`${app.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
}
