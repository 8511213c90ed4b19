import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LoginDocument } from '../../src/cli/generated/documents.ts';
import type { VideoStatus } from '../../src/entities/enums.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { Plan } from '../../src/execution/plan.ts';
import { decodeEventId, decodeId, encodeEventId } from '../../src/ids.ts';
import { recordVideoEvent } from '../../src/services/videos/video-events-sql.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { Client } from '../helpers/client.ts';
import { useApp, useEventBus } from '../helpers/fixtures.ts';
import { StepsDocument } from '../helpers/generated/documents.ts';
import { until } from '../helpers/until.ts';
import { type Message, SocketClient } from '../server/socket-client.ts';

const STEPS = `subscription Steps($videoId: ID!, $after: ID) {
  videoProgress(videoId: $videoId, after: $after) { id status progress message video { title } } }`;
const OTHER = 'subscription ($videoId: ID!) { videoProgress(videoId: $videoId) { id message } }';
const TITLED = `subscription ($videoId: ID!, $after: ID, $titled: Boolean!) {
  videoProgress(videoId: $videoId, after: $after) { id video @include(if: $titled) { title } } }`;

const app = useApp({ worker: false });
const bus = useEventBus(app);
let ann: Client;
/** The bus of the app. */
let watched: EventBus;

beforeAll(async () => {
  ann = await app.signedIn('ann');
  const subscribe = vi.spyOn(EventBus.prototype, 'subscribe');
  const { id } = await newVideo();
  const watch = ann.watch(StepsDocument, { videoId: id });
  await watch.sees(() => true);
  const [used] = subscribe.mock.contexts;
  if (!(used instanceof EventBus)) throw new Error('There are no subscribers.');
  watched = used;
  watch.leave();
  // From their second use on documents are cached, and clients that send them share answers.
  for (const query of [STEPS, OTHER, TITLED]) {
    const client = await connect('ann');
    client.subscribe('1', query, { videoId: id, titled: true });
    client.subscribe('2', query, { videoId: id, titled: true });
    await client.gets('next', '2');
    await client.leave();
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await until('nothing is left open', () => watched.subscribers === 0);
});

async function newVideo() {
  const { id, cursor } = await ann.makeVideo({ script: 'Bees dance.', title: 'Bees' });
  const videoId = decodeId('video', id);
  const position = decodeEventId(cursor);
  if (!videoId || !position) throw new Error('The video has no id.');
  const write = async (message: string, status: VideoStatus = 'PROCESSING') => {
    await app.installation.db.transaction((em) => recordVideoEvent(em, { videoId, status, progress: 10, message }));
    bus.publish({ ownerId: position.ownerId, videoId });
  };
  return { id, cursor, write, cursorAt: (seq: number) => encodeEventId({ ...position, seq: position.seq + seq }) };
}

/** Signed in once: passwords are slow to check. */
const tokens = new Map<string, Promise<string>>();

async function tokenOf(identifier: string): Promise<string> {
  const { login } = await new Client(app.url, null).ask(LoginDocument, { input: { identifier, password: PASSWORD } });
  return login?.tokens?.accessToken ?? '';
}

async function connect(username: string): Promise<SocketClient> {
  const token = tokens.get(username) ?? tokenOf(username);
  tokens.set(username, token);
  const url = `${app.url.replace('http', 'ws')}/graphql`;
  return await SocketClient.connect(url, { authorization: `Bearer ${await token}` });
}

interface Step {
  readonly id: string;
  readonly message?: string;
  readonly video?: { readonly title: string };
}

function stepIn({ payload }: Message): Step {
  const { data } = JSON.parse(JSON.stringify(payload));
  return data.videoProgress;
}
const given = (client: SocketClient, id: string) => client.of('next', id).map(stepIn);

/** The messages of the events that are answered from now on, once for each answer. */
function answers(): () => string[] {
  const execute = vi.spyOn(Plan.prototype, 'execute');
  return () =>
    execute.mock.calls.flatMap(([{ rootValue: event }]) =>
      typeof event === 'object' && event !== null && 'message' in event ? [String(event.message)] : [],
    );
}

const streamsOpen = (count: number) => until('all subscribers share one stream', () => watched.subscribers === count);

describe('Thirty sockets of one user that watch one video', () => {
  it('receive every event once and in order, wherever they began, and each is executed once', async () => {
    const video = await newVideo();
    for (let step = 1; step <= 10; step++) await video.write(`before ${step}`);
    const clients = await Promise.all(Array.from({ length: 10 }, () => connect('ann')));
    // Three operations on each, with unique ids and cursors of ten kinds.
    const watches = Array.from({ length: 30 }, (_, index) => {
      const [client, begin] = [clients[Math.floor(index / 3)], index % 10];
      if (!client) throw new Error('There are ten of them.');
      return { client, id: `operation "${index}"`, begin };
    });
    for (const { client, id, begin } of watches)
      client.subscribe(id, STEPS, { videoId: video.id, after: video.cursorAt(begin) });
    await until('all have caught up', () =>
      watches.every(({ client, id, begin }) => client.of('next', id).length === 10 - begin),
    );
    await streamsOpen(1);
    const answered = answers();
    const live = Array.from({ length: 20 }, (_, step) => `live ${step}`);
    for (const message of live) await video.write(message);
    await video.write('The end.', 'COMPLETED');
    await Promise.all(watches.map(({ client, id }) => client.gets('complete', id)));
    const before = Array.from({ length: 10 }, (_, step) => `before ${step + 1}`);
    for (const { client, id, begin } of watches) {
      const steps = given(client, id);
      expect(steps.map(({ message }) => message)).toEqual([...before.slice(begin), ...live, 'The end.']);
      expect(steps[0]?.id).toBe(video.cursorAt(begin + 1));
    }
    expect(answered()).toEqual([...live, 'The end.']);
    await Promise.all(clients.map((client) => client.leave()));
  });
});

describe('Answers', () => {
  it('are shared over WebSocket and server-sent events', async () => {
    const video = await newVideo();
    const socket = ann.watch(StepsDocument, { videoId: video.id });
    const streams = [1, 2].map(() => ann.watch(StepsDocument, { videoId: video.id, after: null }, 'stream'));
    const watches = [socket, ...streams];
    await Promise.all(watches.map((watch) => watch.sees(() => true)));
    await streamsOpen(1);
    const answered = answers();
    for (const message of ['one', 'two', 'three']) await video.write(message);
    await video.write('The end.', 'CANCELED');
    const [first, ...others] = await Promise.all(watches.map((watch) => watch.whole()));
    expect(first).toHaveLength(5);
    for (const other of others) expect(other).toEqual(first);
    expect(answered()).toEqual(['one', 'two', 'three', 'The end.']);
  });

  it('are never those of another selection, another variable or another user', async () => {
    const video = await newVideo();
    await app.signedIn('root', 'ADMIN');
    const [own, admins] = await Promise.all([connect('ann'), connect('root')]);
    for (const client of [own, admins]) {
      client.subscribe('steps', STEPS, { videoId: video.id });
      client.subscribe('other', OTHER, { videoId: video.id });
      client.subscribe('titled', TITLED, { videoId: video.id, titled: true });
      client.subscribe('bare', TITLED, { videoId: video.id, titled: false });
      client.subscribe('later', TITLED, { videoId: video.id, titled: false, after: video.cursorAt(0) });
    }
    await until('all have begun', () => [own, admins].every((client) => client.of('next').length === 4));
    await streamsOpen(8);
    const answered = answers();
    await video.write('one');
    await until('all have it', () => [own, admins].every((client) => client.of('next').length === 9));
    const id = video.cursorAt(1);
    for (const client of [own, admins]) {
      const last = (operation: string) => given(client, operation).at(-1);
      expect(last('steps')).toEqual({
        id,
        status: 'PROCESSING',
        progress: 10,
        message: 'one',
        video: { title: 'Bees' },
      });
      expect(last('other')).toEqual({ id, message: 'one' });
      expect(last('titled')).toEqual({ id, video: { title: 'Bees' } });
      expect(last('bare')).toEqual({ id });
      expect(last('later')).toEqual({ id });
    }
    // Four kinds of answers for each of the two.
    expect(answered()).toHaveLength(8);
    await Promise.all([own.leave(), admins.leave()]);
  });
});

describe('The very first subscription of a process', () => {
  it('receives at once an event that is written while it opens, although Redis was not yet subscribed to', async () => {
    const { REDIS_URL: redisUrl = '' } = app.installation.settings;
    const [here, there] = [1, 2].map(() => new RedisPubSub({ redisUrl, prefix: 'first' }));
    if (!here || !there) throw new Error('There are two.');
    for (const each of [here, there]) each.open();
    await until('both are connected', () => here.connected && there.connected);
    let wakes = 0;
    const topic = { ownerId: randomUUID() };
    new EventBus(there).publish({ ...topic, videoId: randomUUID() });
    new EventBus(here).subscribe(topic, () => wakes++);
    await until('it was woken', () => wakes > 0, 5);
    expect(wakes).toBeGreaterThan(0);
    for (const each of [here, there]) each.close();
  });
});
