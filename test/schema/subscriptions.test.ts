import { type ExecutionResult, parse, subscribe } from 'graphql';
import { expect, it } from 'vitest';
import type { VideoEvent } from '../../src/entities/video-event.ts';
import { AppError } from '../../src/errors.ts';
import { encodeEventId, encodeId } from '../../src/ids.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { event, events, ME, VIDEO, viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';

const schema = buildAppSchema();
const videoId = encodeId('video', VIDEO);
const after = encodeEventId({ ownerId: ME, seq: 4 });

async function watch(source: string, replaced: Partial<Services> = {}) {
  const { services, calls } = recorded(fakeServices(replaced));
  const contextValue = contextFor(services, viewerWith('CREATOR'));
  const stream = await subscribe({ schema, document: parse(source), contextValue });
  return { stream, calls, names: () => calls.map((call) => call.name) };
}

async function collect(stream: AsyncIterable<ExecutionResult> | ExecutionResult): Promise<unknown[]> {
  if (!(Symbol.asyncIterator in stream)) return [stream];
  return JSON.parse(JSON.stringify(await Array.fromAsync(stream)));
}

it('each event has all its fields', async () => {
  const error = {
    code: 'FFMPEG_FAILED',
    message: 'x',
    stage: 'ASSEMBLY',
    retriable: true,
    at: '2026-01-31T09:30:00Z',
    traceId: null,
  } as const;
  const feed = {
    ...fakeServices().feed,
    watchVideo: async () => events(event(), event({ seq: 6, status: 'FAILED', error })),
  };
  const { stream, calls } = await watch(
    `subscription { videoProgress(videoId: "${videoId}", after: "${after}") { id videoId run status stage stageStatus progress message sceneIndex sceneCount etaSeconds costSpent error { code at } at } }`,
    { feed },
  );
  const step = {
    id: encodeEventId({ ownerId: ME, seq: 5 }),
    videoId,
    run: 1,
    status: 'PROCESSING',
    stage: 'SPEECH',
    stageStatus: 'RUNNING',
    progress: 34,
    message: 'Speaking scene 2 of 5.',
    sceneIndex: 1,
    sceneCount: 5,
    etaSeconds: 12,
    costSpent: '0.0000',
    error: null,
    at: '2026-01-31T09:30:00.000Z',
  };
  const stop = { code: 'FFMPEG_FAILED', at: '2026-01-31T09:30:00.000Z' };
  expect(await collect(stream)).toEqual([
    { data: { videoProgress: step } },
    { data: { videoProgress: { ...step, id: encodeEventId({ ownerId: ME, seq: 6 }), status: 'FAILED', error: stop } } },
  ]);
  expect(calls[0]?.args.slice(1)).toEqual([VIDEO, after]);
});

it('an event of a deleted video has no video', async () => {
  const videos = {
    ...fakeServices().videos,
    findMany: async (_viewer: unknown, ids: readonly string[]) => ids.map(() => null),
  };
  const { stream } = await watch('subscription { videoEvents { videoId video { id } } }', { videos });
  expect(await collect(stream)).toEqual([{ data: { videoEvents: { videoId, video: null } } }]);
});

it('without a cursor none is passed on', async () => {
  const { stream, calls } = await watch(`subscription { videoProgress(videoId: "${videoId}", after: null) { id } }`);
  await collect(stream);
  expect(calls[0]?.args.slice(1)).toEqual([VIDEO, undefined]);
});

it.each(['', 'bees', VIDEO, encodeId('user', VIDEO)])(
  'the id "%s" is an error at once, and no feed is opened',
  async (wrong) => {
    const { stream, names } = await watch(`subscription { videoProgress(videoId: "${wrong}") { id } }`);
    expect(Symbol.asyncIterator in stream).toBe(false);
    expect(JSON.stringify(await collect(stream))).toContain('There is no such video.');
    expect(names()).toEqual([]);
  },
);

it('a refusal of the feed is an error at once, not an event', async () => {
  const watchOwner = async () => {
    throw new AppError('CURSOR_EXPIRED', 'Too old.');
  };
  const { stream } = await watch(`subscription { videoEvents(after: "${after}") { id } }`, {
    feed: { ...fakeServices().feed, watchOwner },
  });
  expect(Symbol.asyncIterator in stream).toBe(false);
  expect(JSON.stringify(await collect(stream))).toContain('Too old.');
});

it('an unsubscription reaches the feed, also while it waits for an event', async () => {
  let left = 0;
  const wake = Promise.withResolvers<IteratorResult<VideoEvent, void>>();
  const waiting: AsyncGenerator<VideoEvent, void, undefined> = Object.assign(events(), {
    next: () => wake.promise,
    return: async () => {
      left += 1;
      wake.resolve({ done: true, value: undefined });
      return { done: true as const, value: undefined };
    },
  });
  const { stream } = await watch('subscription { videoEvents { id } }', {
    feed: { ...fakeServices().feed, watchOwner: async () => waiting },
  });
  if (!(Symbol.asyncIterator in stream)) return expect.fail('The stream was refused.');
  const next = stream.next();
  await stream.return(undefined);
  expect([left, await next]).toEqual([1, { done: true, value: undefined }]);
});
