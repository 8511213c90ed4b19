import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { decodeEventId, encodeEventId } from '../../src/ids.ts';
import { TestApp } from '../helpers/app.ts';
import { AnswerErrors, Client, type Transport } from '../helpers/client.ts';
import {
  DeleteVideoDocument,
  OwnStepsDocument,
  type StepFragment,
  StepsDocument,
} from '../helpers/generated/documents.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { childrenOf } from '../helpers/processes.ts';
import type { Watch } from '../helpers/subscription-watch.ts';
import { until } from '../helpers/until.ts';

const SLOW = 120_000;

/** Small, so that it costs little; two scenes, so that there is something to see. */
const SMALL = {
  scenes: ['One.', 'Two.'].map((narration) => ({ narration })),
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} satisfies CreateVideoMutationVariables['input'];

let app: TestApp;
let ann: Client;
let bob: Client;

beforeAll(async () => {
  app = await TestApp.start({ contentProviders: fakeProviders({ sceneMs: 200 }) });
  [ann, bob] = await Promise.all([app.signedIn('ann'), app.signedIn('bob')]);
});
afterAll(async () => {
  await app?.close();
  expect(await childrenOf(process.pid)).toEqual([]);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function steps(watch: Watch<{ readonly videoProgress: StepFragment }>): Promise<StepFragment[]> {
  return (await watch.whole(90)).map(({ videoProgress }) => videoProgress);
}

const idsOf = (events: readonly StepFragment[]) => events.map(({ id }) => id);

/** The video's state at the time of the read is not part of the event. */
const happened = (events: readonly StepFragment[]) => events.map(({ video: _, ...rest }) => rest);

/** Follows a video over connections that break after every fourth event. */
async function followOverBrokenSockets(client: Client, videoId: string, cursor: string): Promise<StepFragment[]> {
  const all: StepFragment[] = [];
  for (let after = cursor; all.at(-1)?.status !== 'COMPLETED'; after = all.at(-1)?.id ?? after) {
    const watch = client.watch(StepsDocument, { videoId, after });
    await Promise.race([watch.ended(90), watch.sees(() => watch.events.length >= 4, 90).catch(() => undefined)]);
    watch.cut();
    await watch.ended();
    all.push(...watch.events.map(({ videoProgress }) => videoProgress));
  }
  return all;
}

describe('Watching videos being made', () => {
  let first: { id: string; cursor: string };
  let second: { id: string; cursor: string };
  let whole: StepFragment[];

  it(
    'delivers the same events to all: over WebSocket, over server-sent events and over breaking sockets',
    async () => {
      first = await ann.makeVideo(SMALL);
      second = await ann.makeVideo({ ...SMALL, title: 'The second', scenes: SMALL.scenes.slice(0, 1) });
      const from = { videoId: first.id, after: first.cursor };
      const own = ann.watch(OwnStepsDocument, { after: first.cursor });
      const watches = [ann.watch(StepsDocument, from), ann.watch(StepsDocument, from, 'stream')];
      const broken = followOverBrokenSockets(ann, first.id, first.cursor);
      const late = ann
        .watch(StepsDocument, from)
        .sees(({ videoProgress }) => videoProgress.stage === 'VISUALS', 90)
        .then(() => steps(ann.watch(StepsDocument, { videoId: first.id })));
      const [socketSteps = [], streamSteps = []] = await Promise.all(watches.map(steps));
      whole = socketSteps;
      expect(whole.at(0)).toMatchObject({ stage: 'SCRIPT', stageStatus: 'RUNNING', progress: 10 });
      expect(whole.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
      expect(idsOf(whole)).toEqual([...new Set(idsOf(whole))].toSorted());
      expect(happened(streamSteps)).toEqual(happened(whole));
      expect(happened(await broken)).toEqual(happened(whole));

      const lateSteps = await late;
      expect(lateSteps.length).toBeGreaterThan(1);
      expect(happened(lateSteps)).toEqual(happened(whole.slice(-lateSteps.length)));

      const secondSteps = await steps(ann.watch(StepsDocument, { videoId: second.id, after: second.cursor }));
      await own.sees(
        ({ videoEvents }) => videoEvents.id === [...idsOf(whole), ...idsOf(secondSteps)].toSorted().at(-1),
        90,
      );
      const all = own.events.map(({ videoEvents }) => videoEvents);
      expect(own.end).toBeUndefined();
      own.leave();
      expect(idsOf(all)).toEqual([second.cursor, ...idsOf(whole), ...idsOf(secondSteps)].toSorted());
      expect(happened(all.filter(({ videoId }) => videoId === first.id))).toEqual(happened(whole));
    },
    SLOW,
  );

  it.each<Transport>(['socket', 'stream'])(
    'of a finished video delivers one event, then ends (%s)',
    async (transport) => {
      expect(happened(await steps(ann.watch(StepsDocument, { videoId: first.id }, transport)))).toEqual(
        happened(whole.slice(-1)),
      );
    },
  );

  it('resumes after any cursor, also of a finished video', async () => {
    for (const at of [0, Math.floor(whole.length / 2), whole.length - 2]) {
      const after = whole[at]?.id ?? '';
      expect(idsOf(await steps(ann.watch(StepsDocument, { videoId: first.id, after })))).toEqual(
        idsOf(whole.slice(at + 1)),
      );
    }
    expect(await steps(ann.watch(StepsDocument, { videoId: first.id, after: whole.at(-1)?.id ?? '' }))).toEqual([]);
  });

  it('leaves no event source open once all subscribers have left', async () => {
    const subscribe = vi.spyOn(EventBus.prototype, 'subscribe');
    await steps(ann.watch(StepsDocument, { videoId: first.id }));
    const own = ann.watch(OwnStepsDocument, {});
    await own.sees(() => true);
    const [bus] = subscribe.mock.contexts;
    if (!(bus instanceof EventBus)) throw new Error('There are no subscribers.');
    expect(bus.subscribers).toBe(1);
    own.cut();
    await until('the bus has no subscribers', () => bus.subscribers === 0);
  });
});

describe('Permission to watch', () => {
  const codesOf = async (watch: Watch<unknown>) => {
    const end = await watch.ended();
    return end instanceof AnswerErrors ? end.codes : end;
  };
  let video: { id: string; cursor: string };

  beforeAll(async () => {
    video = await ann.makeVideo({ ...SMALL, scenes: SMALL.scenes.slice(0, 1) });
  });

  it.each<Transport>(['socket', 'stream'])(
    'a guest is refused at once, and no event source is opened (%s)',
    async (transport) => {
      const subscribe = vi.spyOn(EventBus.prototype, 'subscribe');
      const guest = new Client(app.url, null);
      expect(await codesOf(guest.watch(StepsDocument, { videoId: video.id }, transport))).toEqual(['UNAUTHENTICATED']);
      expect(await codesOf(guest.watch(OwnStepsDocument, {}, transport))).toEqual(['UNAUTHENTICATED']);
      expect(subscribe).not.toHaveBeenCalled();
    },
  );

  it.each<Transport>(['socket', 'stream'])(
    'another user gets no information, not even that it exists (%s)',
    async (transport) => {
      const subscribe = vi.spyOn(EventBus.prototype, 'subscribe');
      const strange = bob.watch(StepsDocument, { videoId: video.id, after: video.cursor }, transport);
      const nowhere = bob.watch(StepsDocument, { videoId: `${video.id.slice(0, -4)}0000` }, transport);
      const [one, other] = [await strange.ended(), await nowhere.ended()];
      expect(await codesOf(strange)).toEqual(['BAD_USER_INPUT']);
      expect(String(one)).toBe(String(other));
      expect([...strange.events, ...nowhere.events]).toEqual([]);
      expect(subscribe).not.toHaveBeenCalled();
    },
  );

  it(
    'an administrator may watch it',
    async () => {
      const admin = await app.signedIn('root', 'ADMIN');
      expect((await steps(admin.watch(StepsDocument, { videoId: video.id }))).at(-1)?.status).toBe('COMPLETED');
    },
    SLOW,
  );

  it('a cursor of another owner, of no user, or of the future is refused', async () => {
    const cursor = decodeEventId(video.cursor);
    if (!cursor) throw new Error('The cursor cannot be read.');
    for (const after of [video.cursor, 'event_0', 'nonsense', ''])
      expect(await codesOf(bob.watch(OwnStepsDocument, { after }))).toEqual(['BAD_USER_INPUT']);
    const future = encodeEventId({ ...cursor, seq: 1_000_000 });
    expect(await codesOf(ann.watch(OwnStepsDocument, { after: future }))).toEqual(['BAD_USER_INPUT']);
  });

  it(
    'a cursor whose next event is deleted has expired; the one after it has not',
    async () => {
      const cal = await app.signedIn('cal');
      const { cursor } = await cal.makeVideo({ ...SMALL, scenes: SMALL.scenes.slice(0, 1) });
      const position = decodeEventId(cursor);
      if (!position) throw new Error('The cursor cannot be read.');
      const { ownerId, seq } = position;
      const own = cal.watch(OwnStepsDocument, { after: cursor });
      await own.sees(({ videoEvents }) => videoEvents.status === 'COMPLETED');
      own.leave();
      const sql = app.installation.db.sql();
      await sql
        .deleteFrom('video_events')
        .where('owner_id', '=', ownerId)
        .where('seq', '<=', seq + 3)
        .execute();
      await sql
        .updateTable('event_cursors')
        .set({ pruned_through: seq + 3 })
        .where('owner_id', '=', ownerId)
        .execute();
      expect(await codesOf(cal.watch(OwnStepsDocument, { after: encodeEventId({ ownerId, seq: seq + 2 }) }))).toEqual([
        'CURSOR_EXPIRED',
      ]);
      const valid = cal.watch(OwnStepsDocument, { after: encodeEventId({ ownerId, seq: seq + 3 }) });
      await valid.sees(({ videoEvents }) => videoEvents.id === encodeEventId({ ownerId, seq: seq + 4 }));
      valid.leave();
    },
    SLOW,
  );
});

describe('Deleting a video in progress', () => {
  it(
    'ends its stream with CANCELED, without the video, and uses the quota, because its script was written',
    async () => {
      const video = await bob.makeVideo(SMALL);
      const own = bob.watch(OwnStepsDocument, { after: video.cursor });
      const watch = bob.watch(StepsDocument, { videoId: video.id, after: video.cursor });
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'SPEECH');
      const { deleteVideo } = await bob.ask(DeleteVideoDocument, { id: video.id });
      expect(deleteVideo).toEqual({ deletedId: video.id, userErrors: [] });
      const last = (await steps(watch)).at(-1);
      expect(last).toMatchObject({ status: 'CANCELED', stage: null, videoId: video.id, video: null });
      await own.sees(({ videoEvents }) => videoEvents.id === last?.id);
      expect(own.end).toBeUndefined();
      const { db } = app.installation;
      const quotas = await db
        .sql()
        .selectFrom('ai_quotas')
        .select(['used', 'reserved'])
        .where('user_id', '=', decodeEventId(video.cursor)?.ownerId ?? '')
        .execute();
      expect(quotas).toEqual([
        { used: 1, reserved: 0 },
        { used: 1, reserved: 0 },
      ]);
      // The worker discards it, and writes no more events.
      await until('the worker has noticed', () =>
        app.log.some(({ message }) => String(message).includes('discards its work')),
      );
      expect(own.events.at(-1)?.videoEvents.id).toBe(last?.id);
      own.leave();
    },
    SLOW,
  );
});
