import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import type { VideoEvent } from '../../src/entities/video-event.ts';
import { EventLog } from '../../src/events/event-log.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { VideoFeed } from '../../src/events/video-feed.ts';
import { recordVideoEvent } from '../../src/services/videos/video-events-sql.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
});
afterAll(() => db.close());

const pubSubs: RedisPubSub[] = [];
afterEach(() => {
  for (const pubSub of pubSubs.splice(0)) pubSub.close();
});

/** A separate process as far as events are concerned. */
function processOn(redisUrl: string, prefix: string) {
  const pubSub = new RedisPubSub({ redisUrl, prefix });
  pubSubs.push(pubSub);
  pubSub.open();
  const bus = new EventBus(pubSub);
  return { pubSub, bus, feed: new VideoFeed(new EventLog(db), bus) };
}

const newVideo = async () => (await jobFixtureOn(db).order(ann)).video.id;

async function write(
  videoId: string,
  progress: number,
  status: 'PROCESSING' | 'COMPLETED' = 'PROCESSING',
): Promise<void> {
  await db.transaction((em) => recordVideoEvent(em, { videoId, status, progress, message: 'A step.' }));
}

/** Collects the events of a feed. */
function read(events: AsyncGenerator<VideoEvent, void, undefined>) {
  const seen: number[] = [];
  const end = (async () => {
    for await (const { progress } of events) seen.push(progress);
  })();
  return { seen, end };
}

describe('A feed', () => {
  it('receives at once an event of another process', async () => {
    const prefix = `t-${randomUUID()}`;
    const [here, there] = [processOn(inject('redisUrl'), prefix), processOn(inject('redisUrl'), prefix)];
    await until('both are connected', () => here.pubSub.connected && there.pubSub.connected);
    const videoId = await newVideo();
    const { seen, end } = read(here.feed.open({ ownerId: ann.userId, videoId, signal: new AbortController().signal }));
    await until('the present state was read', () => seen.length === 1);
    for (const progress of [10, 20]) {
      await write(videoId, progress);
      there.bus.publish({ ownerId: ann.userId, videoId });
      // Without the bus it would take 15 s.
      await until('it has arrived', () => seen.at(-1) === progress, 5);
    }
    await write(videoId, 100, 'COMPLETED');
    there.bus.publish({ ownerId: ann.userId, videoId });
    await end;
    expect(seen).toEqual([0, 10, 20, 100]);
    expect(here.bus.subscribers).toBe(0);
  });

  it('continues without Redis, from the log alone', async () => {
    const here = processOn('redis://127.0.0.1:1', 'p');
    expect(here.bus.connected).toBe(false);
    const videoId = await newVideo();
    const { seen, end } = read(here.feed.open({ ownerId: ann.userId, videoId, signal: new AbortController().signal }));
    await until('the present state was read', () => seen.length === 1);
    await write(videoId, 10);
    await until('it was found', () => seen.at(-1) === 10, 5);
    await write(videoId, 100, 'COMPLETED');
    await end;
    expect(seen).toEqual([0, 10, 100]);
  });

  it('finds events that were written while Redis was disconnected, as soon as it is connected again', async () => {
    const redis = await OwnRedis.create();
    await redis.start();
    try {
      const [here, there] = [processOn(redis.url, 'p'), processOn(redis.url, 'p')];
      await until('both are connected', () => here.pubSub.connected && there.pubSub.connected);
      const videoId = await newVideo();
      const { seen, end } = read(
        here.feed.open({ ownerId: ann.userId, videoId, signal: new AbortController().signal }),
      );
      await until('the present state was read', () => seen.length === 1);
      await redis.stop();
      await until('the loss was noticed', () => !here.pubSub.connected);
      await write(videoId, 10);
      there.bus.publish({ ownerId: ann.userId, videoId });
      await redis.start();
      await until('both are back', () => here.pubSub.connected && there.pubSub.connected);
      await until('it was found', () => seen.at(-1) === 10);
      await write(videoId, 100, 'COMPLETED');
      there.bus.publish({ ownerId: ann.userId, videoId });
      await until('the end has arrived', () => seen.at(-1) === 100, 10);
      await end;
      expect(seen).toEqual([0, 10, 100]);
    } finally {
      await redis.stop();
    }
  });

  it('misses no event that is written while it opens', async () => {
    const here = processOn(inject('redisUrl'), `t-${randomUUID()}`);
    await until('it is connected', () => here.pubSub.connected);
    for (let round = 0; round < 20; round++) {
      const videoId = await newVideo();
      const { seen, end } = read(
        here.feed.open({ ownerId: ann.userId, videoId, signal: new AbortController().signal }),
      );
      await write(videoId, 50);
      here.bus.publish({ ownerId: ann.userId, videoId });
      await write(videoId, 100, 'COMPLETED');
      here.bus.publish({ ownerId: ann.userId, videoId });
      await end;
      expect([0, 50, 100].slice(-seen.length)).toEqual(seen);
    }
  });

  it('ends when its reader leaves, without delaying it', async () => {
    const here = processOn(inject('redisUrl'), `t-${randomUUID()}`);
    const leaving = new AbortController();
    const { seen, end } = read(here.feed.open({ ownerId: ann.userId, signal: leaving.signal }));
    await until('it waits', () => seen.length === 1 && here.bus.subscribers === 1);
    leaving.abort();
    await end;
    expect(here.bus.subscribers).toBe(0);
  });

  it('opens nothing before its first event is requested', () => {
    const here = processOn('redis://127.0.0.1:1', 'p');
    here.feed.open({ ownerId: ann.userId, signal: new AbortController().signal });
    expect(here.bus.subscribers).toBe(0);
  });

  it('is woken only by its topic: one video, or all of an owner', async () => {
    const { bus } = processOn('redis://127.0.0.1:1', 'p');
    const [videoId, ownerId, another] = [randomUUID(), randomUUID(), randomUUID()];
    let [ofVideo, ofOwner] = [0, 0];
    const stop = bus.subscribe({ ownerId, videoId }, () => void ofVideo++);
    bus.subscribe({ ownerId }, () => void ofOwner++);
    bus.publish({ ownerId: another, videoId: another });
    bus.publish({ ownerId, videoId: another });
    bus.publish({ ownerId, videoId });
    expect([ofVideo, ofOwner]).toEqual([1, 2]);
    stop();
    bus.publish({ ownerId, videoId });
    expect([ofVideo, ofOwner]).toEqual([1, 3]);
  });
});
