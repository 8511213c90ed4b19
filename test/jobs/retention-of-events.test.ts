import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/events/event-log.ts';
import type { LiveSource } from '../../src/events/live-source.ts';
import { VideoFeed } from '../../src/events/video-feed.ts';
import { encodeEventId } from '../../src/ids.ts';
import { FeedService } from '../../src/services/videos/feed.service.ts';
import { busWithoutRedis } from '../helpers/job-fixture.ts';
import { useRetention } from './retention-setup.ts';

const setup = useRetention();
const { clear, ended, event, lastSeq, seqsOf } = setup;

describe('Progress events', () => {
  it('are deleted seven days after the end of their video, and not before; the last one stays with the video', async () => {
    const [old, young] = [await ended(7.01), await ended(6.99)];
    expect(await clear()).toMatchObject({ events: 4 });
    expect(await seqsOf(old.id)).toEqual([old.last]);
    expect(await seqsOf(young.id)).toHaveLength(5);
    expect(await clear()).toMatchObject({ events: 0 });
  });

  it('are kept while their video is not finished, and for seven days from its newest end', async () => {
    const { video } = await setup.fixture.order(setup.ann);
    await sql`update video_events set at = now() - interval '99 days' where video_id = ${video.id}`.execute(
      setup.db.sql(),
    );
    const again = await ended(20, 'FAILED');
    await event(again.id, 'PENDING');
    const [one, two] = [await seqsOf(video.id), await seqsOf(again.id)];
    await ended(6);
    await clear();
    expect([await seqsOf(video.id), await seqsOf(again.id)]).toEqual([one, two]);
  });

  it('of a removed video are all deleted, except the newest of its owner', async () => {
    const [first, second] = [await ended(8), await ended(8)];
    await setup.db.em().execute('delete from videos');
    await clear();
    expect(await seqsOf(first.id)).toEqual([]);
    expect(await seqsOf(second.id)).toEqual([second.last]);
  });

  it('of many videos are deleted in several batches', async () => {
    // Videos that ended at the same time must not hide each other.
    await sql`
      with video as (
        select n, gen_random_uuid() as id from generate_series(1, 620) as n
      )
      insert into video_events (owner_id, seq, video_id, run, status, progress, message, at)
      select ${setup.ann.userId}, 2 * n + step, id, 1, case step when 0 then 'PENDING' else 'FAILED' end, 0, '-',
        date_trunc('day', now()) - interval '8 days'
      from video cross join generate_series(0, 1) as step`.execute(setup.db.sql());
    expect(await clear()).toMatchObject({ events: 1_240 });
  });
});

describe('A cursor', () => {
  const feeds = () => {
    const log = new EventLog(setup.db);
    return new FeedService(setup.db, log, new VideoFeed(log, busWithoutRedis()));
  };
  const at = (seq: number) => encodeEventId({ ownerId: setup.ann.userId, seq });

  async function received(opening: Promise<LiveSource>, count: number): Promise<number[]> {
    const events = (await opening)[Symbol.asyncIterator]();
    const seqs: number[] = [];
    for (let each = 0; each < count; each++) seqs.push((await events.next()).value?.seq ?? -1);
    await events.return(undefined);
    return seqs;
  }
  const expired = expect.objectContaining({ code: 'CURSOR_EXPIRED' });

  it('before the deleted events is refused instead of leaving a gap; one after them continues', async () => {
    const old = await ended(8);
    const young = await ended(1);
    await clear();
    const gone = old.last - 1;
    await expect(feeds().watchOwner(setup.ann, at(gone - 1))).rejects.toEqual(expired);
    expect(await received(feeds().watchOwner(setup.ann, at(gone)), 2)).toEqual([old.last, old.last + 1]);
    await expect(feeds().watchVideo(setup.ann, old.id, at(gone - 1))).rejects.toEqual(expired);
    const [first = 0] = await seqsOf(young.id);
    expect(await received(feeds().watchVideo(setup.ann, young.id, at(gone)), 1)).toEqual([first]);
  });

  it('of a finished video returns its last event, as does a subscription without a cursor', async () => {
    const old = await ended(8);
    await ended(1);
    await clear();
    expect(await received(feeds().watchVideo(setup.ann, old.id), 2)).toEqual([old.last, -1]);
    expect(await received(feeds().watchVideo(setup.ann, old.id, at(old.last)), 1)).toEqual([-1]);
  });

  it('of a video in progress stays valid, although newer events of others were deleted', async () => {
    const { video } = await setup.fixture.order(setup.ann);
    const begun = await lastSeq(setup.ann);
    await event(video.id, 'PROCESSING');
    await ended(8);
    await ended(1);
    await clear();
    expect(await received(feeds().watchVideo(setup.ann, video.id, at(begun)), 1)).toEqual([begun + 1]);
    await expect(feeds().watchOwner(setup.ann, at(begun))).rejects.toEqual(expired);
  });

  it('that a new stream returned is never expired', async () => {
    await ended(8);
    const { last } = await ended(8);
    await setup.db.em().execute('delete from videos');
    await clear();
    expect(await received(feeds().watchOwner(setup.ann), 1)).toEqual([last]);
    expect(await feeds().watchOwner(setup.ann, at(last))).toMatchObject({ after: last });
  });
});
