import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Video } from '../../src/entities/video.ts';
import { EventLog } from '../../src/events/event-log.ts';
import { recordVideoEvent } from '../../src/services/videos/video-events-sql.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let log: EventLog;
let ann: Viewer;
beforeAll(async () => {
  db = await createTestDatabase({ poolMax: 25 });
  log = new EventLog(db);
  ann = await ownerOn(db);
});
afterAll(() => db.close());

const newVideo = async (viewer = ann) => (await jobFixtureOn(db).order(viewer)).video.id;
const write = (videoId: string, progress: number, message = 'A step.') =>
  db.transaction((em) => recordVideoEvent(em, { videoId, status: 'PROCESSING', stage: 'SCRIPT', progress, message }));

describe('The log', () => {
  it('numbers the events of 20 concurrent writers without a gap, and a concurrent reader never sees a later one first', async () => {
    const owner = await ownerOn(db);
    const videos = await Promise.all(Array.from({ length: 4 }, () => newVideo(owner)));
    let writing = true;
    const seen: number[] = [];
    const reading = (async () => {
      // Reads as a subscriber does: the events after the last one received.
      for (let last = 0, more = true; more; ) {
        // Checked before the read: the last write may commit while an empty answer is on its way.
        const mayCome = writing;
        const events = await log.after({ ownerId: owner.userId, seq: last }, undefined, 50);
        seen.push(...events.map(({ seq }) => seq));
        last = seen.at(-1) ?? 0;
        more = mayCome || events.length > 0;
      }
    })();
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let step = 0; step < 10; step++) await write(videos[writer % 4] ?? '', step, `${writer}`);
    });
    await Promise.all(writers);
    writing = false;
    await reading;
    expect(seen).toEqual(Array.from({ length: 204 }, (_, at) => at + 1));
  });

  it('leaves no gap where a transaction is rolled back', async () => {
    const owner = await ownerOn(db);
    const videoId = await newVideo(owner);
    const failing = db.transaction(async (em) => {
      await recordVideoEvent(em, { videoId, status: 'PROCESSING', progress: 50, message: 'Never happened.' });
      throw new Error('It failed.');
    });
    await expect(failing).rejects.toThrow('It failed.');
    await write(videoId, 10);
    const events = await log.after({ ownerId: owner.userId, seq: 0 }, videoId, 10);
    expect(events.map(({ seq, message }) => [seq, message])).toEqual([
      [1, 'Accepted; waiting for a worker.'],
      [2, 'A step.'],
    ]);
  });

  it('never decreases progress, in the event and in the video', async () => {
    const videoId = await newVideo();
    for (const progress of [30, 10, 31]) await write(videoId, progress);
    const events = await log.after({ ownerId: ann.userId, seq: 0 }, videoId, 10);
    expect(events.map(({ progress }) => progress)).toEqual([0, 30, 30, 31]);
    expect(await db.em().findOneOrFail(Video, videoId)).toMatchObject({
      progress: 31,
      lastEventSeq: events.at(-1)?.seq,
      status: 'PROCESSING',
    });
  });

  it('returns events of one video, in pages, in order', async () => {
    const [one, other] = [await newVideo(), await newVideo()];
    for (let step = 1; step <= 5; step++) {
      await write(one, step);
      await write(other, step);
    }
    const first = await log.after({ ownerId: ann.userId, seq: 0 }, one, 4);
    const rest = await log.after({ ownerId: ann.userId, seq: first.at(-1)?.seq ?? 0 }, one, 4);
    expect([...first, ...rest].map(({ progress }) => progress)).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await log.newest(ann.userId, one))?.seq).toBe(rest.at(-1)?.seq);
    expect((await log.newest(ann.userId))?.videoId).toBe(other);
  });

  it('writes no event for a deleted video', async () => {
    expect(await write(crypto.randomUUID(), 10)).toBeNull();
    expect(await log.newest(crypto.randomUUID())).toBeNull();
    expect(await log.bounds(crypto.randomUUID())).toEqual({ lastSeq: 0, prunedThrough: 0 });
  });
});
